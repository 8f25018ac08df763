import type { Sql } from "postgres";
import { rollUpConsumer } from "../consumers.ts";
import { predicate } from "./compile-query.ts";
import type { Fragment } from "./compile-query.ts";
import { instant, instants } from "./instants.ts";
import { hasInnerTime, rollUpPredicate } from "./roll-up-query.ts";
import type { Timed } from "./roll-up-query.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Events that the roll-up has not counted yet are counted from the log, if they are no more than these. */
export const uncountedEventsMax = 100_000;

/** Columns that the roll-up and the events share. */
export const shapeColumns = ["action", "operation", "namespace", "actor_type", "resource_type", "status"] as const;
export type ShapeColumn = (typeof shapeColumns)[number];

export interface CountedRequest {
  query: Timed;
  columns: readonly ShapeColumn[];
  /** Instants at which an hour of the roll-up is to be told apart. */
  cuts?: readonly number[];
  /** Whether a whole day of UTC may be counted as one. */
  days: boolean;
}

/**
 * Rows `(at, columns, events)` that together count each match once, whatever the roll-up has not seen yet and whatever was purged. In one statement, so of
 * one moment: whole days and hours from the roll-up; from the log what is newer than its cursor, the hours that the range or a cut goes through, and all
 * that occurred before the last purge's horizon, because the roll-up remembers what was purged.
 */
export function countedEvents(sql: Sql, organizationId: string, { query, columns, cuts = [], days }: CountedRequest): Fragment {
  const { from, to, rest } = query;
  const split = splitHours(query, cuts);
  const [firstHour, endHour] = [ceil(from, hourMs), floor(to, hourMs)];
  const [firstDay, endDay] = days && !hasInnerTime(rest) ? [ceil(from, dayMs), floor(to, dayMs)] : [Infinity, Infinity];
  const names = sql.unsafe(columns.map((column) => `, ${column}`).join(""));
  // What is absent is an empty text in the roll-up.
  const ofEvent = sql.unsafe(columns.map((column) => (column === "resource_type" ? ", coalesce(resource_type, '') as resource_type" : `, ${column}`)).join(""));
  const condition = predicate(sql, rest);
  const ofShapes = rollUpPredicate(sql, rest);
  const kept = sql`(select hour from kept)`;
  const keptDay = sql`(select day from kept)`;
  const notSplit = split.length === 0 ? sql`` : sql`and start <> all (${instants(sql, split)})`;
  const inWholeHours = (column: string) => sql`${sql.unsafe(column)} >= ${instant(sql, firstHour)} and ${sql.unsafe(column)} < ${instant(sql, endHour)}`;
  const hours = (between: Fragment) => sql`
    select start::timestamptz as at ${names}, events
    from activity_shapes
    where organization_id = ${organizationId} and grain = 'hour' and ${between} and start >= ${kept} ${notSplit} and (${ofShapes})`;
  const dayBegin = sql`greatest(${instant(sql, firstDay)}, ${keptDay})`;
  return sql`
    with kept as materialized (
      select coalesce(date_bin('1 hour', max(before) + interval '59 minutes 59.999 seconds', '2000-01-01 00:00:00Z'), '-infinity') as hour,
        coalesce(date_bin('1 day', max(before) + interval '23 hours 59 minutes 59.999 seconds', '2000-01-01 00:00:00Z'), '-infinity') as day
      from purges
      where organization_id = ${organizationId} and count > 0
    )
    ${
      firstDay < endDay
        ? sql`${hours(sql`start >= ${instant(sql, firstHour)} and start < ${dayBegin} and start < ${instant(sql, endDay)}`)}
    union all ${hours(sql`start >= ${instant(sql, endDay)} and start < ${instant(sql, endHour)}`)}
    union all
    select start::timestamptz as at ${names}, events
    from activity_shapes
    where organization_id = ${organizationId} and grain = 'day' and start >= ${dayBegin} and start < ${instant(sql, endDay)} and (${ofShapes})`
        : hours(inWholeHours("start"))
    }
    union all
    select occurred_at as at ${ofEvent}, 1 as events
    from (
      select * from organization_events
      where organization_id = ${organizationId}
        and seq > coalesce((select max(cursor_seq) from consumers where organization_id = ${organizationId} and name = ${rollUpConsumer}), 0)
      order by seq
      limit ${2 * uncountedEventsMax}
    ) uncounted
    where ${inWholeHours("occurred_at")} and occurred_at >= ${kept}
      ${split.length === 0 ? sql`` : sql`and date_trunc('hour', occurred_at, 'UTC') <> all (${instants(sql, split)})`} and (${condition})
    union all
    select occurred_at as at ${ofEvent}, 1 as events
    from organization_events
    where organization_id = ${organizationId} and ${inWholeHours("occurred_at")} and occurred_at < ${kept}
      ${split.length === 0 ? sql`` : sql`and date_trunc('hour', occurred_at, 'UTC') <> all (${instants(sql, split)})`} and (${condition})
    ${
      split.length === 0
        ? sql``
        : sql`union all
    select occurred_at as at ${ofEvent}, 1 as events
    from unnest(${instants(sql, split)}) as hour
    join organization_events on organization_id = ${organizationId} and occurred_at >= hour and occurred_at < hour + interval '1 hour'
    where occurred_at >= ${instant(sql, from)} and occurred_at < ${instant(sql, to)} and (${condition})`
    }`;
}

/** Hours of which the roll-up cannot tell what is asked for, because the range or a cut goes through them. */
export function splitHours({ from, to }: Timed, cuts: readonly number[]): number[] {
  if (from >= to) return [];
  const inside = [from, to, ...cuts].filter((at) => Number.isFinite(at) && at >= from && at <= to && at % hourMs !== 0);
  return [...new Set(inside.map((at) => floor(at, hourMs)))];
}

const floor = (at: number, unit: number): number => (Number.isFinite(at) ? Math.floor(at / unit) * unit : at);
const ceil = (at: number, unit: number): number => (Number.isFinite(at) ? Math.ceil(at / unit) * unit : at);
