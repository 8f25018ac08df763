import type { Query } from "@daybook/query";
import type { Sql } from "postgres";
import { predicate } from "./compile-query.ts";
import type { Fragment } from "./compile-query.ts";
import { instant } from "./instants.ts";
import { rollUpPredicate, withoutTime } from "./roll-up-query.ts";
import type { Timed } from "./roll-up-query.ts";

const grainMs = { day: 86_400_000, hour: 3_600_000 } as const;

/** A day or an hour, and at most so many events of it. */
interface Span {
  start: number;
  rows: number;
  /** As far as the roll-up can tell matches apart. */
  matches: number;
}

/** Newest first: whole days or hours, and with what was purged, so never fewer events than there are. */
export async function countedSpans(sql: Sql, organizationId: string, { grain, from, to, rest }: Timed & { grain: keyof typeof grainMs }): Promise<Span[]> {
  const spans = await sql<{ start: Date; rows: string; matches: string | null }[]>`
    select start::timestamptz, sum(events) as rows, sum(events) filter (where operation = '' or (${rollUpPredicate(sql, withoutTime(rest))})) as matches
    from activity_shapes
    where organization_id = ${organizationId} and grain = ${grain}
      and start >= ${instant(sql, Math.floor(from / grainMs[grain]) * grainMs[grain])} and start < ${instant(sql, to)}
    group by activity_shapes.start
    order by activity_shapes.start desc`;
  return spans.map(({ start, rows, matches }) => ({ start: start.getTime(), rows: Number(rows), matches: Number(matches ?? 0) }));
}

/** How many of a span's events match, of which usually a share does. */
export const matching = ({ rows, matches }: Span, share: number): number => Math.min(matches, share * rows);

/** The span, looking back, with which so many matches are exceeded, and how many of them are left for it. */
export function spanOf(spans: readonly Span[], { share, left }: { share: number; left: number }): { span: Span; left: number } | null {
  let rest = Math.max(0, left);
  for (const span of spans) {
    const own = matching(span, share);
    if (own > rest) return { span, left: rest };
    rest -= own;
  }
  return null;
}

/** Rows are probed at so many places, spread over the range: of one place alone the next may be unlike. */
const placesProbed = 4;

interface Probing {
  /** Organization and time. */
  scope: Fragment;
  query: Query;
  to: number;
  days: readonly Span[];
  rowsMax: number;
}

/**
 * Which share of a range's events matches, as some of them show, and up to when events occurred. The share is never nothing: what is not among these may
 * be elsewhere.
 */
export async function probe(sql: Sql, { scope, query, to, days, rowsMax }: Probing): Promise<{ share: number; last: number }> {
  const rows = days.reduce((sum, day) => sum + day.rows, 0);
  const ends = [to];
  let passed = 0;
  for (const day of days) {
    passed += day.rows;
    if (ends.length < placesProbed && passed >= (rows * ends.length) / placesProbed) ends.push(day.start);
  }
  const places = ends.map(
    (end) =>
      sql`(select * from organization_events where ${scope} and occurred_at < ${instant(sql, end)} order by occurred_at desc, id desc limit ${rowsMax / placesProbed})`,
  );
  const [found] = await sql<{ looked_at: string; matches: string; last: Date | null }[]>`
    select count(*) as looked_at, count(*) filter (where ${predicate(sql, query)}) as matches, max(occurred_at) as last
    from (${places.reduce((joined, place) => sql`${joined} union all ${place}`)}) probed`;
  const share = Math.min(1, (Number(found?.matches ?? 0) + 1) / Math.max(1, Number(found?.looked_at ?? 0)));
  return { share, last: (found?.last?.getTime() ?? 0) + 1 };
}
