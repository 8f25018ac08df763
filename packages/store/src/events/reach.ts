import type { Query } from "@daybook/query";
import type { Sql } from "postgres";
import { rollUpConsumer } from "../consumers.ts";
import type { Fragment } from "./compile-query.ts";
import { uncountedEventsMax } from "./counted-events.ts";
import { askedOfIndex, besideIndex, indexCondition } from "./index-condition.ts";
import { countedSpans, matching, probe, spanOf } from "./estimate.ts";
import { instant } from "./instants.ts";
import { withPossibleValues } from "./possible-values.ts";
import { costOf, costOfMatch } from "./query-cost.ts";
import { timed } from "./roll-up-query.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** So many of the newest rows are read and compared while somebody waits, if comparing one costs next to nothing, and never fewer than the second. */
const rowsReadMax = 50_000;
const rowsReadMin = 10_000;
/** Comparing costs as much as reading does where it costs so much. */
const costOfReading = 1.5;
/** A row that the index finds lies anywhere in its month: to fetch it costs as much as comparing so often. */
const costOfFetching = 10;

/** Among so many rows it shows how rare a match is. */
const rowsProbed = 2_000;

/** Which events can be looked at within bounds to find those that match. */
export interface Reach {
  /** Every match is among them; else only those that occurred at `since` or later. */
  whole: boolean;
  since: string | null;
  /** Organization, time and, where it tells matches apart, the index. */
  scope: Fragment;
  /** What is left to compare of those. */
  rest: Query;
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
  const whole = (found: Fragment | null): Reach =>
    found ? { whole: true, since: null, scope: sql`${scope} and ${found}`, rest: besideIndex(query) } : { whole: true, since: null, scope, rest: query };
  const { rowsMax, matchesMax } = affordable(rest, bounds);
  // A plan for any values takes three times as long for some as one for theirs; and beside it run the statements that the same screen sent.
  await sql`select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('max_parallel_workers_per_gather', '0', true)`;
  const behind = await uncounted(sql, organizationId);
  const asked = await withPossibleValues(sql, organizationId, { query, uncountedMax: rowsProbed });
  const index = indexCondition(sql, organizationId, asked);
  // The index finds more than match where it knows only a part of the question, and all of that is fetched.
  const fetched = askedOfIndex(sql, organizationId, timed(asked).rest);
  const days = await countedSpans(sql, organizationId, { grain: "day", from, to, rest: fetched });
  const rows = days.reduce((sum, day) => sum + day.rows, behind);
  const known = days.reduce((sum, day) => sum + day.matches, behind);
  if (rows <= rowsMax) return whole(rows <= rowsProbed ? null : index);
  if (index === null) return newest(sql, { scope, query, rowsMax });
  if (known <= matchesMax) return whole(index);
  // Of what the roll-up has not counted nobody knows how much matches, or when it occurred.
  if (behind > uncountedEventsMax) return newest(sql, { scope, query, rowsMax });
  const { share, last } = await probe(sql, { scope, query: fetched, to, days, rowsMax: rowsProbed });
  if (days.reduce((sum, day) => sum + matching(day, share), behind * share) <= matchesMax) return whole(index);
  const scanned = await newest(sql, { scope, query, rowsMax });
  // Where nearly every row matches, reading them one after the other finds as many, and sooner.
  if (scanned.since === null || rowsMax * share >= matchesMax) return scanned;
  const day = spanOf(days, { share, left: matchesMax - behind * share });
  if (day === null) return whole(index);
  const [dayStart, dayEnd] = [day.span.start, Math.min(last, day.span.start + dayMs)];
  const hours = await countedSpans(sql, organizationId, { grain: "hour", from: dayStart, to: dayEnd, rest: fetched });
  const hour = spanOf(hours, { share, left: day.left });
  const hourEnd = hour && Math.min(last, hour.span.start + hourMs);
  const edge = hour && hourEnd ? hourEnd - (hour.left / matching(hour.span, share)) * (hourEnd - hour.span.start) : dayStart;
  // What one reads anyway is the least, whatever the counts have promised.
  const since = new Date(Math.min(Date.parse(scanned.since), Math.max(from, wholeAfter(edge, last)))).toISOString();
  return { whole: false, since, scope: sql`${scope} and occurred_at >= ${since}::text::timestamptz and ${index}`, rest: besideIndex(query) };
}

/** Bounds of what is looked at, for a query of which comparing one event costs so much. */
function affordable(query: Query, { matchesMax, rowsMax = rowsReadMax }: ReachBounds): { matchesMax: number; rowsMax: number } {
  return {
    rowsMax: Math.round(Math.max(Math.min(rowsMax, rowsReadMin), (rowsMax * costOfReading) / Math.max(costOfReading, costOf(query)))),
    matchesMax: Math.round((matchesMax * costOfFetching) / (costOfFetching + costOfMatch(besideIndex(query)))),
  };
}

/** As many of the newest events as may be read. */
async function newest(sql: Sql, { scope, query, rowsMax }: { scope: Fragment; query: Query; rowsMax: number }): Promise<Reach> {
  const [edge] = await sql<{ occurred_at: Date; last: Date }[]>`
    select occurred_at, (select occurred_at from organization_events where ${scope} order by occurred_at desc, id desc limit 1) as last
    from organization_events where ${scope} order by occurred_at desc, id desc offset ${rowsMax} limit 1`;
  if (!edge) return { whole: true, since: null, scope, rest: query };
  // Behind the edge: of what occurred in its very millisecond some may lie beyond it.
  const since = new Date(wholeAfter(edge.occurred_at.getTime() + 1, edge.last.getTime())).toISOString();
  return { whole: false, since, scope: sql`${scope} and occurred_at >= ${since}::text::timestamptz`, rest: query };
}

const unitsToldMs = [hourMs, 60_000, 1_000];
const unitsCountedMin = 100;

/**
 * The edge of what is counted is where some event lies, whoever may see that: what is said of it is the next whole hour, minute or second, whichever is at
 * most a hundredth of what is counted.
 */
function wholeAfter(edge: number, last: number): number {
  const unit = unitsToldMs.find((each) => last - edge >= unitsCountedMin * each) ?? 1;
  return Number.isFinite(edge) ? Math.ceil(edge / unit) * unit : edge;
}
