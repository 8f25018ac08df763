import type { Query } from "@daybook/query";
import type { Sql } from "postgres";
import { predicate } from "./compile-query.ts";
import { indexCondition } from "./index-condition.ts";
import { countEvents } from "./histogram.ts";
import { reachOf } from "./reach.ts";
import { isRolledUp, timed } from "./roll-up-query.ts";
import { withinBudget } from "./time-budget.ts";

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

export interface CountRequest {
  query: Query;
  max: number;
  /** How long a statement may take, in milliseconds. Of what takes longer nothing is known: there may be any number. */
  budgetMs?: number;
}

/** How many events match, and no more than `max`. */
export async function countUpTo(sql: Sql, organizationId: string, request: CountRequest): Promise<CappedCount> {
  if (request.budgetMs === undefined) return counted(sql, organizationId, request);
  return (await withinBudget(sql, request.budgetMs, (inner) => counted(inner, organizationId, request))) ?? uncountedMany;
}

/** Nobody had the time to count. */
export const uncountedMany: CappedCount = { count: 0, capped: true };

async function counted(sql: Sql, organizationId: string, { query, max }: CountRequest): Promise<CappedCount> {
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
