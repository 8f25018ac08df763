import type { Query } from "@daybook/query";
import type { Sql } from "postgres";
import { predicate } from "./compile-query.ts";
import { indexCondition } from "./index-condition.ts";
import { countEvents } from "./histogram.ts";
import { reachOf } from "./reach.ts";
import { isRolledUp, timed } from "./roll-up-query.ts";

/** When the first of some events occurred, or null where there is none. */
export async function firstAt(sql: Sql, organizationId: string, query: Query): Promise<Date | null> {
  // Beside the exact predicate stands what the index can answer: without it, one person's first event is looked for among everybody's.
  const [row] = await sql<{ first: Date | null }[]>`
    select min(occurred_at) as first from organization_events
    where organization_id = ${organizationId} and ${indexCondition(sql, organizationId, query) ?? sql`true`} and (${predicate(sql, query)})`;
  return row?.first ?? null;
}

export interface CappedCount {
  count: number;
  /** There are more than these, or may be: not all were looked at. */
  capped: boolean;
}

/** How many events match, and no more than `max`. */
export async function countUpTo(sql: Sql, organizationId: string, { query, max }: { query: Query; max: number }): Promise<CappedCount> {
  if (isRolledUp(timed(query).rest)) {
    const { total, exact } = await countEvents(sql, organizationId, query);
    if (exact) return { count: Math.min(total, max), capped: total > max };
  }
  const { whole, scope, rest } = await reachOf(sql, organizationId, query, { matchesMax: 2 * max });
  const [row] = await sql<{ events: string }[]>`
    select count(*) as events
    from (select 1 from organization_events where ${scope} and (${predicate(sql, rest)}) limit ${max + 1}) found`;
  const events = Number(row?.events ?? 0);
  return { count: Math.min(events, max), capped: !whole || events > max };
}
