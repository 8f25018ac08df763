import { and, eq, sql as drizzleSql } from "drizzle-orm";
import type { Tx } from "./connect.ts";
import type { Sql } from "postgres";
import { consumers, organizationHeads } from "./schema/index.ts";

/** Organizations that a consumer has not followed to the end, longest behind first. */
export async function behind(sql: Sql, { name, limit }: { name: string; limit: number }): Promise<string[]> {
  const rows = await sql<{ organization_id: string }[]>`
    select head.organization_id
    from organization_heads head
    left join consumers on consumers.organization_id = head.organization_id and consumers.name = ${name}
    where head.next_seq - 1 > coalesce(consumers.cursor_seq, 0)
    order by head.next_seq - coalesce(consumers.cursor_seq, 0) desc
    limit ${limit}`;
  return rows.map((row) => row.organization_id);
}

/** Takes a consumer's cursor for the length of the transaction; two workers on one organization wait for each other here. */
export async function lockCursor(tx: Tx, organizationId: string, name: string): Promise<number> {
  await tx.insert(consumers).values({ organizationId, name }).onConflictDoNothing();
  const [row] = await tx
    .select({ cursorSeq: consumers.cursorSeq })
    .from(consumers)
    .where(and(eq(consumers.organizationId, organizationId), eq(consumers.name, name)))
    .for("update");
  if (!row) throw new Error("a consumer's row exists once it was inserted");
  return row.cursorSeq;
}

export async function moveCursor(tx: Tx, organizationId: string, { name, to }: { name: string; to: number }): Promise<void> {
  await tx
    .update(consumers)
    .set({ cursorSeq: to })
    .where(and(eq(consumers.organizationId, organizationId), eq(consumers.name, name)));
}

/** The newest sequence handed out, as the transaction sees it: whatever is numbered up to it is committed or gone for good. */
export async function headSeq(tx: Tx, organizationId: string): Promise<number> {
  const [head] = await tx.select({ nextSeq: organizationHeads.nextSeq }).from(organizationHeads).where(eq(organizationHeads.organizationId, organizationId));
  return (head?.nextSeq ?? 1) - 1;
}

export const rollUpConsumer = "roll_up";
/** An actor without an id is told apart by what it has. */
export const rolledUpActor = drizzleSql.raw("coalesce(actor_id, actor_email, actor_name, '')");
export const rolledUpActorName = drizzleSql.raw("coalesce(actor_name, actor_email, actor_id, '')");

/** Adds the counts of the next events to the roll-ups and to the sightings of their actions. Returns the last sequence counted; purged ones are passed over. */
export async function rollUp(tx: Tx, organizationId: string, { afterSeq, limit }: { afterSeq: number; limit: number }): Promise<number> {
  const [row] = await tx.execute<{ last_seq: string | null }>(drizzleSql`
    with step as (
      select seq, occurred_at, log_type, action, operation, namespace, actor_type, ${rolledUpActor} as actor, ${rolledUpActorName} as actor_name,
        coalesce(resource_type, '') as resource_type, status
      from organization_events
      where organization_id = ${organizationId}::uuid and seq > ${afterSeq}::bigint
      order by seq
      limit ${limit}
    ), counted as (
      insert into activity_hours as kept (
        organization_id, hour, log_type, action, operation, actor_id, actor_name, resource_type, status, events)
      select ${organizationId}::uuid, date_trunc('hour', occurred_at), log_type, action, operation, actor, actor_name, resource_type,
        status, count(*)
      from step
      group by 2, 3, 4, 5, 6, 7, 8, 9
      order by 2, 3, 4, 5, 6, 7, 8, 9
      on conflict (organization_id, hour, parts_hash)
        do update set events = kept.events + excluded.events
    ), shaped as (
      insert into activity_shapes as kept (
        organization_id, grain, start, log_type, action, operation, namespace, actor_type, resource_type, status, events)
      select ${organizationId}::uuid, grain, date_trunc(grain, occurred_at, 'UTC'), log_type, action, operation, namespace, actor_type, resource_type,
        status, count(*)
      from step cross join unnest(array['hour', 'day']) as grain
      group by 2, 3, 4, 5, 6, 7, 8, 9, 10
      order by 2, 3, 4, 5, 6, 7, 8, 9, 10
      on conflict (organization_id, grain, start, parts_hash)
        do update set events = kept.events + excluded.events
    ), seen as (
      insert into action_sightings as kept (organization_id, action, first_seen, last_seen, events)
      select ${organizationId}::uuid, action, min(occurred_at), max(occurred_at), count(*)
      from step
      group by action
      order by action
      on conflict (organization_id, action) do update set
        first_seen = least(kept.first_seen, excluded.first_seen),
        last_seen = greatest(kept.last_seen, excluded.last_seen),
        events = kept.events + excluded.events
    )
    select max(seq) as last_seq from step`);
  return Number(row?.last_seq ?? afterSeq);
}
