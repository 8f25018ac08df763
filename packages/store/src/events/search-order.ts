import { Refusal } from "@daybook/event";
import type { Sql } from "postgres";
import type { Fragment } from "./compile-query.ts";
import { skippedTo } from "./possible-months.ts";

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
  /** The next place behind which something may match, if that is known by the month; null where nothing may. */
  skipTo(place: Place, months: readonly Date[] | null): Place | null;
  /** Where the next window starts. The first is a few times as wide as what the first step looked at. */
  windowBefore(place: Place, window: number, stepMs: number): Place;
  /**
   * Where a page whose time ran out goes on. The walk came to an event that the viewer may not see, of which they must learn neither the id nor the instant:
   * so it goes on a little before, and leaves out what it would then find again.
   */
  cut(end: Place, newest: Date): { place: Place; keeps: (found: { occurred_at: Date }) => boolean };
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
    skipTo(place, months) {
      if (months === null) return place;
      const to = skippedTo(months, place.occurredAt);
      if (to === null) return null;
      return to < place.occurredAt ? { occurredAt: to, id: lowestId, seq: place.seq } : place;
    },
    windowBefore({ occurredAt }, window, stepMs) {
      const months = monthsBefore(occurredAt, windowMonths[Math.max(0, window - 1)] ?? windowMonthsMax);
      const steps = new Date(occurredAt.getTime() - firstWindowSteps * stepMs);
      return { occurredAt: window === 0 && steps > months ? steps : months, id: lowestId, seq: 0 };
    },
    cut(end, newest) {
      const whole = roundingsMs.map((unit) => roundedUp(end, unit)).find((at) => at <= newest);
      // More events of one millisecond than a page looks at: nothing but the place among them is left to tell.
      const place = whole ? { occurredAt: whole, id: lowestId, seq: 0 } : end;
      return { place, keeps: (found) => found.occurred_at >= place.occurredAt };
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
    // Numbers of one month may lie anywhere.
    skipTo: (place) => place,
    windowBefore: ({ occurredAt, seq }, window) => ({ occurredAt, id: lowestId, seq: Math.max(0, seq - windowEventsFirst * windowGrowth ** window) }),
    // A number is followed by the next, whosever event has it.
    cut: (end) => ({ place: { ...end, occurredAt: roundedUp(end, roundingsMs[0]) }, keeps: () => true }),
    reaches: (start, oldest) => start.seq <= oldest.seq,
    writeCursor: ({ occurredAt, seq }) => base64(`seq ${seq} ${occurredAt.toISOString()}`),
    readCursor(cursor) {
      const [, seq, at] = /^seq (\d{1,15}) (\d{4}-[\dT:.-]{1,20}Z)$/.exec(read(cursor)) ?? [];
      if (seq === undefined || at === undefined || Number.isNaN(Date.parse(at))) throw notOurs();
      return { occurredAt: new Date(at), id: lowestId, seq: Number(seq) };
    },
  }),
};

/** A page goes on at a whole minute, or, where so many events lie in one that it would not get on, at a second or a millisecond. */
const roundingsMs = [60_000, 1_000, 1] as const;

/** The first whole unit behind which everything lies that lies behind the place. */
function roundedUp({ occurredAt, id }: Place, unit: number): Date {
  const at = occurredAt.getTime();
  return new Date(id === lowestId ? Math.ceil(at / unit) * unit : Math.floor(at / unit) * unit + unit);
}

const monthsBefore = (at: Date, months: number): Date => {
  const first = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - (months - 1), 1));
  return first < at ? first : new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - months, 1));
};

const cursorLengthMax = 200;
const base64 = (text: string): string => Buffer.from(text).toString("base64url");
const read = (cursor: string): string => Buffer.from(cursor.slice(0, cursorLengthMax), "base64url").toString("utf8");

/** Cursors come back from outside: what does not read as one is refused with words. */
const notOurs = (): Refusal => new Refusal("invalid", "The cursor is not one that Daybook gave out. Start again without it.", "cursor");
