import { Refusal } from "@daybook/event";
import type { Sql } from "postgres";
import type { Fragment } from "./compile-query.ts";

/** Newest first, by when events occurred or by when they were written down. */
export const searchOrders = ["time", "seq"] as const;
export type SearchOrder = (typeof searchOrders)[number];

/** A place between two events of a list: everything before it has been looked at. */
export interface Place {
  occurredAt: Date;
  id: string;
  seq: number;
}

/** How one order is walked, so that the walk itself does not know which it is. */
export interface Walk {
  newestFirst: Fragment;
  oldestFirst: Fragment;
  /** Events behind the place. */
  behind(place: Place): Fragment;
  /** Events not further back than the start of a window. */
  since(start: Place): Fragment;
  /** Where the next window starts. The first is a few times as wide as what the first step looked at. */
  windowBefore(place: Place, window: number, stepMs: number): Place;
  /** Whether nothing lies behind the start of a window. */
  reaches(start: Place, oldest: Place): boolean;
  writeCursor(place: Place): string;
  readCursor(cursor: string): Place;
}

const lowestId = "00000000-0000-0000-0000-000000000000";

/** The first window is so many times as wide as the first step: enough for what is not rare, and few enough to be fetched soon. */
const firstWindowSteps = 16;
/** Months of the windows behind it, newest first: few and wide ones cost less than many. */
const windowMonths = [1, 3, 12, 48, 192];
const windowMonthsMax = 1_200;
/** Events of each window in the order of their numbers, times four each. */
const windowEventsFirst = 16_384;
const windowGrowth = 4;

export const walks: Record<SearchOrder, (sql: Sql) => Walk> = {
  time: (sql) => ({
    newestFirst: sql`occurred_at desc, id desc`,
    oldestFirst: sql`occurred_at, id`,
    behind: ({ occurredAt, id }) =>
      id === lowestId
        ? sql`occurred_at < ${occurredAt.toISOString()}::text::timestamptz`
        : sql`occurred_at <= ${occurredAt.toISOString()}::text::timestamptz and (occurred_at, id) < (${occurredAt.toISOString()}::text::timestamptz, ${id}::uuid)`,
    since: ({ occurredAt }) => sql`occurred_at >= ${occurredAt.toISOString()}::text::timestamptz`,
    windowBefore({ occurredAt }, window, stepMs) {
      const months = monthsBefore(occurredAt, windowMonths[Math.max(0, window - 1)] ?? windowMonthsMax);
      const steps = new Date(occurredAt.getTime() - firstWindowSteps * stepMs);
      return { occurredAt: window === 0 && steps > months ? steps : months, id: lowestId, seq: 0 };
    },
    reaches: (start, oldest) => start.occurredAt <= oldest.occurredAt,
    writeCursor: ({ occurredAt, id }) => base64(`${occurredAt.toISOString()} ${id}`),
    readCursor(cursor) {
      const [occurredAt, id] = read(cursor).split(" ");
      const at = Date.parse(occurredAt ?? "");
      const isOne =
        occurredAt && id && at >= 0 && at < Date.UTC(10_000, 0, 1) && /^\d{4}-/.test(occurredAt) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
      if (!isOne) throw notOurs();
      return { occurredAt: new Date(at), id, seq: 0 };
    },
  }),
  seq: (sql) => ({
    newestFirst: sql`seq desc`,
    oldestFirst: sql`seq`,
    behind: ({ seq }) => sql`seq < ${seq}::bigint`,
    since: ({ seq }) => sql`seq >= ${seq}::bigint`,
    windowBefore: ({ occurredAt, seq }, window) => ({ occurredAt, id: lowestId, seq: Math.max(0, seq - windowEventsFirst * windowGrowth ** window) }),
    reaches: (start, oldest) => start.seq <= oldest.seq,
    writeCursor: ({ occurredAt, seq }) => base64(`seq ${seq} ${occurredAt.toISOString()}`),
    readCursor(cursor) {
      const [, seq, at] = /^seq (\d{1,15}) (\d{4}-[\dT:.-]{1,20}Z)$/.exec(read(cursor)) ?? [];
      if (seq === undefined || at === undefined || Number.isNaN(Date.parse(at))) throw notOurs();
      return { occurredAt: new Date(at), id: lowestId, seq: Number(seq) };
    },
  }),
};

const monthsBefore = (at: Date, months: number): Date => {
  const first = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - (months - 1), 1));
  return first < at ? first : new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - months, 1));
};

const cursorLengthMax = 200;
const base64 = (text: string): string => Buffer.from(text).toString("base64url");
const read = (cursor: string): string => Buffer.from(cursor.slice(0, cursorLengthMax), "base64url").toString("utf8");

/** Cursors come back from outside: what does not read as one is refused with words. */
const notOurs = (): Refusal => new Refusal("invalid", "The cursor is not one that Daybook gave out. Start again without it.", "cursor");
