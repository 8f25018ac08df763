import type { Query } from "@daybook/query";
import type { Sql } from "postgres";
import { rollUpConsumer } from "../consumers.ts";
import { predicate } from "./compile-query.ts";
import type { Fragment } from "./compile-query.ts";
import { uncountedEventsMax } from "./counted-events.ts";
import { indexCondition } from "./index-condition.ts";
import { instant } from "./instants.ts";
import { costOf, costOfMatch } from "./query-cost.ts";
import { rollUpPredicate, timed } from "./roll-up-query.ts";
import type { Timed } from "./roll-up-query.ts";

const dayMs = 86_400_000;

/** So many of the newest rows are read and compared while somebody waits, if comparing one costs next to nothing, and never fewer than the second. */
const rowsReadMax = 50_000;
const rowsReadMin = 10_000;
/** Comparing costs as much as reading does where it costs so much. */
const costOfReading = 1.5;
/** A row that the index finds lies anywhere in its month: to fetch it costs as much as comparing so often. */
const costOfFetching = 10;

/** Among so many rows, of so many places spread over the range, it shows how rare a match is. */
const rowsProbed = 2_000;
const placesProbed = 4;

/** Which events can be looked at within bounds to find those that match. */
export interface Reach {
  /** Every match is among them; else only those that occurred at `since` or later. */
  whole: boolean;
  since: string | null;
  /** Organization, time and, where it tells matches apart, the index: stands before the exact predicate. */
  scope: Fragment;
}

/** How far the roll-up is behind the log, in events. */
export async function uncounted(sql: Sql, organizationId: string): Promise<number> {
  const [row] = await sql<{ events: string }[]>`
    select next_seq - 1 - coalesce((select max(cursor_seq) from consumers where organization_id = ${organizationId} and name = ${rollUpConsumer}), 0) as events
    from organization_heads
    where organization_id = ${organizationId}`;
  return Number(row?.events ?? 0);
}

export interface ReachBounds {
  /** So many events are fetched by the index, which finds all of them before the first can be told. Fewer where comparing is costly. */
  matchesMax: number;
  /** Default: `rowsReadMax`. */
  rowsMax?: number | undefined;
}

export async function reachOf(sql: Sql, organizationId: string, query: Query, bounds: ReachBounds): Promise<Reach> {
  const { from, to, rest } = timed(query);
  const scope = sql`organization_id = ${organizationId}
    ${from === -Infinity ? sql`` : sql`and occurred_at >= ${instant(sql, from)}`}
    ${to === Infinity ? sql`` : sql`and occurred_at < ${instant(sql, to)}`}`;
  const whole = (found: Fragment | null): Reach => ({ whole: true, since: null, scope: found ? sql`${scope} and ${found}` : scope });
  const { rowsMax, matchesMax } = affordable(rest, bounds);
  const index = indexCondition(sql, organizationId, query);
  // A plan for any values takes three times as long for some as one for theirs; and beside it run the statements that the same screen sent.
  await sql`select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('max_parallel_workers_per_gather', '0', true)`;
  const behind = await uncounted(sql, organizationId);
  const days = await countedDays(sql, organizationId, { from, to, rest });
  const rows = days.reduce((sum, day) => sum + day.rows, behind);
  const known = days.reduce((sum, day) => sum + day.matches, behind);
  if (rows <= rowsMax) return whole(rows <= rowsProbed ? null : index);
  if (index === null) return newest(sql, scope, rowsMax);
  if (known <= matchesMax) return whole(index);
  // Of what the roll-up has not counted nobody knows how much matches, or when it occurred.
  if (behind > uncountedEventsMax) return newest(sql, scope, rowsMax);
  const share = await shareOf(sql, { scope, query, to, days });
  const matching = (day: Day): number => Math.min(day.matches, share * day.rows);
  if (days.reduce((sum, day) => sum + matching(day), behind * share) <= matchesMax) return whole(index);
  // Where nearly every row matches, reading them one after the other finds as many, and sooner.
  if (rowsMax * share >= matchesMax) return newest(sql, scope, rowsMax);
  let left = matchesMax - behind * share;
  for (const day of days) {
    if (matching(day) >= left) {
      const end = Math.min(to, day.start + dayMs);
      const since = new Date(Math.max(from, end - Math.max(0.01, left / matching(day)) * (end - day.start))).toISOString();
      return { whole: false, since, scope: sql`${scope} and occurred_at >= ${since}::text::timestamptz and ${index}` };
    }
    left -= matching(day);
  }
  return whole(index);
}

/** Bounds of what is looked at, for a query of which comparing one event costs so much. */
function affordable(query: Query, { matchesMax, rowsMax = rowsReadMax }: ReachBounds): { matchesMax: number; rowsMax: number } {
  return {
    rowsMax: Math.round(Math.max(Math.min(rowsMax, rowsReadMin), (rowsMax * costOfReading) / Math.max(costOfReading, costOf(query)))),
    matchesMax: Math.round((matchesMax * costOfFetching) / (costOfFetching + costOfMatch(query))),
  };
}

/** One of the days of a range, and at most so many events of it. */
interface Day {
  start: number;
  rows: number;
  matches: number;
}

/** Newest first: by whole days, and with what was purged, so never fewer than there are. */
async function countedDays(sql: Sql, organizationId: string, { from, to, rest }: Timed): Promise<Day[]> {
  const days = await sql<{ start: Date; rows: string; matches: string | null }[]>`
    select start::timestamptz, sum(events) as rows, sum(events) filter (where ${rollUpPredicate(sql, withoutTime(rest))}) as matches
    from activity_shapes
    where organization_id = ${organizationId} and grain = 'day'
      and start >= ${instant(sql, Math.floor(from / dayMs) * dayMs)} and start < ${instant(sql, to)}
    group by activity_shapes.start
    order by activity_shapes.start desc`;
  return days.map(({ start, rows, matches }) => ({ start: start.getTime(), rows: Number(rows), matches: Number(matches ?? 0) }));
}

/** How many of a range's events match, as some of them show. Never none: what is not among these may be elsewhere. */
async function shareOf(sql: Sql, { scope, query, to, days }: { scope: Fragment; query: Query; to: number; days: readonly Day[] }): Promise<number> {
  const perPlace = rowsProbed / placesProbed;
  const rows = days.reduce((sum, day) => sum + day.rows, 0);
  const ends: number[] = [to];
  let passed = 0;
  for (const day of days) {
    passed += day.rows;
    if (ends.length < placesProbed && passed >= (rows * ends.length) / placesProbed) ends.push(day.start);
  }
  const places = ends.map(
    (end) =>
      sql`(select * from organization_events where ${scope} and occurred_at < ${instant(sql, end)} order by occurred_at desc, id desc limit ${perPlace})`,
  );
  const [probe] = await sql<{ looked_at: string; matches: string }[]>`
    select count(*) as looked_at, count(*) filter (where ${predicate(sql, query)}) as matches
    from (${places.reduce((joined, place) => sql`${joined} union all ${place}`)}) probed`;
  return Math.min(1, (Number(probe?.matches ?? 0) + 1) / Math.max(1, Number(probe?.looked_at ?? 0)));
}

/** As many of the newest events as may be read. */
async function newest(sql: Sql, scope: Fragment, rowsMax: number): Promise<Reach> {
  const [edge] = await sql<{ occurred_at: Date }[]>`
    select occurred_at from organization_events where ${scope} order by occurred_at desc, id desc offset ${rowsMax} limit 1`;
  if (!edge) return { whole: true, since: null, scope };
  // Behind the edge: of what occurred in its very millisecond some may lie beyond it.
  const since = new Date(edge.occurred_at.getTime() + 1).toISOString();
  return { whole: false, since, scope: sql`${scope} and occurred_at >= ${since}::text::timestamptz` };
}

/** By the day, times within alternatives say nothing; words, which the roll-up does not know either, stand for whatever it cannot tell. */
function withoutTime(query: Query): Query {
  if (query.is === "occurred") return { is: "text", words: [] };
  if (query.is === "all" || query.is === "any") return { ...query, of: query.of.map(withoutTime) };
  return query.is === "not" ? { ...query, of: withoutTime(query.of) } : query;
}
