import type { Query } from "@daybook/query";
import type { Sql } from "postgres";
import { predicate } from "./compile-query.ts";
import type { Fragment } from "./compile-query.ts";
import { countedEvents, splitHours, uncountedEventsMax } from "./counted-events.ts";
import { instants } from "./instants.ts";
import { countableBy } from "./others-counted.ts";
import { reachOf, uncounted } from "./reach.ts";
import { isRolledUp, timed } from "./roll-up-query.ts";
import type { Timed } from "./roll-up-query.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** One bar: how many events of each value of what the bars are split by. */
export interface Bucket {
  start: string;
  counts: Record<string, number>;
}

export const histogramSplits = ["status", "actor_type", "operation"] as const;
export type HistogramSplit = (typeof histogramSplits)[number];

export interface HistogramRequest {
  query: Query;
  by: HistogramSplit;
  /**
   * Where the bars begin, in epoch milliseconds, ascending; the last one has no end, and the first takes what lies before it too. Several such lists, the
   * finest first: the first that can be counted in time is taken.
   */
  grids: readonly (readonly number[])[];
  /** For tests: how many rows are read where neither the roll-up nor the index can answer, and how many the index may find. */
  rowsMax?: number;
  matchesMax?: number;
}

export interface Histogram {
  /** Which of the grids was taken. */
  grid: number;
  /** Every bar of the grid, also those without events. */
  buckets: Bucket[];
  /** The sum of the bars, always. */
  total: number;
  /** False when only the events since `countedFrom` were counted. */
  exact: boolean;
  countedFrom: string | null;
}

/** Events that are read one by one because a bar begins or ends within their hour. */
const splitEventsMax = 50_000;

/** Events that the index may find, to be counted one by one. */
const foundEventsMax = 10_000;

/** Counts per bar and value: from the roll-up where it can say exactly this, else from the events, all of them or as far back as a bounded number of them goes. */
export async function histogram(
  sql: Sql,
  organizationId: string,
  { query, by, grids, rowsMax, matchesMax = foundEventsMax }: HistogramRequest,
): Promise<Histogram> {
  const of = timed(query);
  const isKnown = isRolledUp(of.rest) && (await uncounted(sql, organizationId)) <= uncountedEventsMax;
  if (isKnown && (await countableBy(sql, organizationId, { query: of, columns: [by] })).length > 0) {
    for (const [grid, starts] of grids.entries()) {
      const cuts = starts.slice(1);
      if (!(await isFewSplit(sql, organizationId, of, cuts))) continue;
      const days = cuts.every((at) => at % dayMs === 0);
      const source = countedEvents(sql, organizationId, { query: of, columns: [by], cuts, days });
      return { ...(await bars(sql, { source, by, starts })), grid, exact: true, countedFrom: null };
    }
  }
  const { whole, since, scope, rest } = await reachOf(sql, organizationId, query, { matchesMax, rowsMax });
  const source = sql`select occurred_at as at, ${sql.unsafe(by)}, 1 as events from organization_events where ${scope} and (${predicate(sql, rest)})`;
  return { ...(await bars(sql, { source, by, starts: grids[0] ?? [] })), grid: 0, exact: whole, countedFrom: since };
}

async function isFewSplit(sql: Sql, organizationId: string, of: Timed, cuts: readonly number[]): Promise<boolean> {
  const hours = splitHours(of, cuts);
  if (hours.length === 0) return true;
  const [row] = await sql<{ events: string | null }[]>`
    select sum(events) as events from activity_shapes
    where organization_id = ${organizationId} and grain = 'hour' and start = any (${instants(sql, hours)})`;
  return Number(row?.events ?? 0) <= splitEventsMax;
}

async function bars(
  sql: Sql,
  { source, by, starts }: { source: Fragment; by: HistogramSplit; starts: readonly number[] },
): Promise<{ buckets: Bucket[]; total: number }> {
  const rows = await sql<{ bar: number; value: string; events: string }[]>`
    select greatest(1, width_bucket(at, ${instants(sql, starts)})) as bar, ${sql.unsafe(by)} as value, sum(events) as events
    from (${source}) counted
    group by 1, 2`;
  const buckets: Bucket[] = starts.map((start) => ({ start: new Date(start).toISOString(), counts: {} }));
  let total = 0;
  for (const { bar, value, events } of rows) {
    const bucket = buckets[bar - 1];
    if (!bucket) throw new Error("an event lies in a bar");
    bucket.counts[value] = Number(events);
    total += Number(events);
  }
  return { buckets, total };
}

/** How many events match, all in one bar. */
export async function countEvents(sql: Sql, organizationId: string, query: Query): Promise<Pick<Histogram, "total" | "exact" | "countedFrom">> {
  const { total, exact, countedFrom } = await histogram(sql, organizationId, { query, by: "status", grids: [[0]] });
  return { total, exact, countedFrom };
}
