import type { Query } from "@daybook/query";
import type { Sql } from "postgres";
import { rollUpConsumer } from "../consumers.ts";
import { predicate } from "./compile-query.ts";
import type { Fragment } from "./compile-query.ts";
import { instant } from "./instants.ts";
import { rollUpPredicate, tellsApart, timed, withoutTime } from "./roll-up-query.ts";

export interface MonthsRequest {
  query: Query;
  /** What the roll-up has not counted yet is looked through, if it is no more events than these. */
  uncountedMax: number;
}

/**
 * Starts of the months (UTC) that may hold a match, newest first: those whose shapes of events fit, and those of what the roll-up has not counted yet. Null
 * where it has nothing to say of the query or is too far behind. Of two values that many events have and none has both, the index compares all entries, some
 * 4 ms a month of 750,000 events; here fourteen months are told in one or two.
 */
export async function possibleMonths(sql: Sql, organizationId: string, { query, uncountedMax }: MonthsRequest): Promise<Date[] | null> {
  const { from, to, rest } = timed(query);
  if (!tellsApart(rest)) return null;
  // In one statement, so of one moment: what the cursor has passed is among the shapes.
  const [known] = await sql<{ cursor: string; uncounted: string; months: string[] | null }[]>`
    with consumer as (
      select coalesce(max(cursor_seq), 0) as cursor from consumers where organization_id = ${organizationId} and name = ${rollUpConsumer}
    )
    select cursor, next_seq - 1 - cursor as uncounted,
      (
        select array_to_json(array_agg(distinct month)) from month_shapes
        where organization_id = ${organizationId} and month >= date_trunc('month', ${instant(sql, from)}, 'UTC') and month < ${instant(sql, to)}
          and (operation = '' or (${rollUpPredicate(sql, withoutTime(rest))}))
      ) as months
    from organization_heads, consumer
    where organization_id = ${organizationId}`;
  if (!known) return [];
  if (Number(known.uncounted) > uncountedMax) return null;
  const months = new Set((known.months ?? []).map((month) => Date.parse(month)));
  if (Number(known.uncounted) > 0) {
    const late = await sql<{ month: Date }[]>`
      select distinct date_trunc('month', occurred_at, 'UTC') as month
      from ${notYetCounted(sql, organizationId, { ...known, uncountedMax })}
      where ${predicate(sql, query)}`;
    for (const { month } of late) months.add(month.getTime());
  }
  return [...months].toSorted((a, b) => b - a).map((month) => new Date(month));
}

/** What the roll-up had not counted when its cursor was read, and what has come since then, as far as that is no more again. */
export const notYetCounted = (sql: Sql, organizationId: string, { cursor, uncountedMax }: { cursor: string; uncountedMax: number }): Fragment => sql`(
  select * from organization_events
  where organization_id = ${organizationId} and seq > ${cursor}::bigint
  order by seq
  limit ${2 * uncountedMax}
) uncounted`;

/** Events that occurred in the months or between them. */
export function boundsOf(months: readonly Date[]): { from: Date; to: Date } | null {
  const [newest, oldest] = [months[0], months.at(-1)];
  return newest && oldest ? { from: oldest, to: monthAfter(newest) } : null;
}

/** From an instant back, the first with something to look for behind it: the instant itself, or the end of a month that lies further back. Null where there is none. */
export function skippedTo(months: readonly Date[], at: Date): Date | null {
  const month = months.find((start) => start <= at);
  if (!month) return null;
  const end = monthAfter(month);
  return end < at ? end : at;
}

const monthAfter = (start: Date): Date => new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1));
