import type { EventRow, OperationEvent } from "@daybook/event";
import { equals } from "@daybook/query";
import type { Query } from "@daybook/query";
import type { Sql } from "postgres";
import { predicate } from "./compile-query.ts";
import type { Fragment } from "./compile-query.ts";
import { indexCondition } from "./index-condition.ts";
import { listColumns, rowOf } from "./row.ts";
import type { ListRecord } from "./row.ts";

/** `query` is what the viewer may see. */
interface OfOperation {
  operationId: string;
  query: Query;
  limit: number;
}

/** The events of one operation, oldest first, and how many of them the viewer may see. */
export async function readOperationEvents(
  sql: Sql,
  organizationId: string,
  { operationId, query, limit }: OfOperation,
): Promise<{ events: EventRow[]; total: number }> {
  const records = await sql<(ListRecord & { total: string })[]>`
    select ${sql.unsafe(listColumns)}, count(*) over () as total
    from organization_events
    where ${visible(sql, organizationId, { operationId, query })}
    order by occurred_at, status in ('success', 'failed'), seq
    limit ${limit}`;
  return { events: records.map(rowOf), total: Number(records[0]?.total ?? 0) };
}

/** Rows of the log that are looked through for the first events of a large operation. */
const walkedRows = 2_000;

/**
 * The first events of an operation of very many: a sender may give one id to all that it does, and sorting millions of rows takes longer than anybody
 * waits. What lies right behind its start is read in the order of time, and what of it belongs to the operation comes back.
 */
export async function readFirstOperationEvents(
  sql: Sql,
  organizationId: string,
  { operationId, query, limit, from }: OfOperation & { from: string },
): Promise<EventRow[]> {
  const records = await sql<ListRecord[]>`
    select ${sql.unsafe(listColumns)}
    from (
      select * from organization_events
      where organization_id = ${organizationId} and occurred_at >= ${from}::text::timestamptz
      order by occurred_at, id
      limit ${walkedRows}
    ) oldest
    where ${predicate(sql, equals("operation_id", operationId))} and (${predicate(sql, query)})
    order by occurred_at, status in ('success', 'failed'), seq
    limit ${limit}`;
  return records.map(rowOf);
}

/** What the fold of one operation needs of its events after `afterSeq`: the latest of them. */
export async function readOperationWords(
  sql: Sql,
  organizationId: string,
  { operationId, query, afterSeq, limit }: OfOperation & { afterSeq: number },
): Promise<OperationEvent[]> {
  const records = await sql<ListRecord[]>`
    select ${sql.unsafe(listColumns)}
    from organization_events
    where ${visible(sql, organizationId, { operationId, query })} and seq > ${afterSeq}
    order by occurred_at desc, status in ('success', 'failed') desc, seq desc
    limit ${limit}`;
  return records.map(rowOf);
}

/** The index finds the operation's events by its token, in each month. */
function visible(sql: Sql, organizationId: string, { operationId, query }: Pick<OfOperation, "operationId" | "query">): Fragment {
  const ofOperation = equals("operation_id", operationId);
  return sql`organization_id = ${organizationId}
    and ${indexCondition(sql, organizationId, ofOperation) ?? sql`true`}
    and ${predicate(sql, ofOperation)}
    and (${predicate(sql, query)})`;
}

/** The latest events that belong to any operation, among those that the viewer may see. */
export async function readWordsOfOperations(
  sql: Sql,
  organizationId: string,
  { query, limit }: Pick<OfOperation, "query" | "limit">,
): Promise<(OperationEvent & { operation_id: string })[]> {
  // `offset 0` fences the inner query: the index finds the viewer's own rows first, and only then are they sorted.
  const records = await sql<(ListRecord & { operation_id: string })[]>`
    select ${sql.unsafe(listColumns)}
    from (
      select * from organization_events
      where organization_id = ${organizationId} and ${indexCondition(sql, organizationId, query) ?? sql`true`}
      offset 0
    ) candidates
    where operation_id is not null and (${predicate(sql, query)})
    order by occurred_at desc, seq desc
    limit ${limit}`;
  return records.map((record) => ({ ...rowOf(record), operation_id: record.operation_id }));
}
