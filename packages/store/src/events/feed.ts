import type { AuditEvent, EventRow, Json } from "@daybook/event";
import type { Query } from "@daybook/query";
import type { Sql } from "postgres";
import { predicate } from "./compile-query.ts";
import { detailColumns, eventOf, listColumns, rowOf } from "./row.ts";
import type { DetailRecord, ListRecord } from "./row.ts";

/** How many rows one step of a feed reads before it filters. */
export const feedEventsMax = 1_000;

export interface FeedStep<T> {
  events: T[];
  /** The last sequence looked at, whether or not its event matched: where the next step begins. */
  lastSeq: number;
}

/** Events after `afterSeq` in commit order, in full: what consumers and the read API follow. */
export async function readFeed(sql: Sql, organizationId: string, { afterSeq, query, limit }: FeedRequest): Promise<FeedStep<AuditEvent>> {
  const bound = Math.min(Math.max(1, limit), feedEventsMax);
  const records = await sql<(DetailRecord & { visible: boolean })[]>`
    select ${sql.unsafe(detailColumns)}, (${predicate(sql, query)}) as visible
    from organization_events
    where organization_id = ${organizationId} and seq > ${afterSeq}
    order by seq
    limit ${bound}`;
  return { events: records.filter(({ visible }) => visible).map(eventOf), lastSeq: Number(records.at(-1)?.seq ?? afterSeq) };
}

/** The same as list rows, for a live tail. */
export async function readTail(sql: Sql, organizationId: string, { afterSeq, query, limit }: FeedRequest): Promise<FeedStep<EventRow>> {
  const bound = Math.min(Math.max(1, limit), feedEventsMax);
  const records = await sql<(ListRecord & { visible: boolean })[]>`
    select ${sql.unsafe(listColumns)}, (${predicate(sql, query)}) as visible
    from organization_events
    where organization_id = ${organizationId} and seq > ${afterSeq}
    order by seq
    limit ${bound}`;
  return { events: records.filter(({ visible }) => visible).map(rowOf), lastSeq: Number(records.at(-1)?.seq ?? afterSeq) };
}

export interface FeedRequest {
  afterSeq: number;
  query: Query;
  limit: number;
}

/** The newest sequence handed out, 0 for an empty log. */
export async function lastSeq(sql: Sql, organizationId: string): Promise<number> {
  const [row] = await sql<{ last: string }[]>`
    select next_seq - 1 as last from organization_heads where organization_id = ${organizationId}`;
  return Number(row?.last ?? 0);
}

/** One event in full, with the original record of an import beside it. */
export async function readEvent(
  sql: Sql,
  organizationId: string,
  { id, query }: { id: string; query: Query },
): Promise<{ event: AuditEvent; raw: Json | null } | null> {
  const [record] = await sql<(DetailRecord & { raw: Json | null })[]>`
    select ${sql.unsafe(detailColumns)}, raw
    from organization_events
    where organization_id = ${organizationId} and id = ${id} and (${predicate(sql, query)})
    limit 1`;
  return record ? { event: eventOf(record), raw: record.raw } : null;
}
