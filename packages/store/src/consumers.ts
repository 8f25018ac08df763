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

/** A database that this version has migrated refuses the cursor of a roll-up that does not say so: an older one counts less, or without a bound. */
const rollUpVersion = "2";

/**
 * So many shapes of an hour, and of a day, have a row of their own; what else comes in that period is counted together. Whoever writes resource types or
 * actions that never come twice would else give each event two rows, and the bars of a quarter have to read them all. Of 10 million events in 90 days an
 * hour has some 185 shapes and a day some 500.
 */
const shapesMax = { hour: 1_000, day: 3_000 };

/** What admins are not told of is never counted together with what they are: a row of the others names these actions. */
export const actionsKeptApart: readonly string[] = ["organization_plan_changed"];

export interface RollUpStep {
  afterSeq: number;
  /** In events. */
  limit: number;
  /** For tests. */
  shapes?: { hour: number; day: number };
}

/**
 * Adds the counts of the next events to the roll-ups and to the sightings of their actions. Returns the last sequence counted; purged ones are passed over.
 * A shape has a row of its own from its first event on or never: once a period has a row of others, whose operation is empty, no new shape of it gets one.
 * So an import that is undone finds the row that its events were counted in.
 */
export async function rollUp(tx: Tx, organizationId: string, { afterSeq, limit, shapes = shapesMax }: RollUpStep): Promise<number> {
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
    ), ${shapesOf(organizationId, shapes)}, shaped as (
      insert into activity_shapes as kept (
        organization_id, grain, start, log_type, action, operation, namespace, actor_type, resource_type, status, events)
      select ${organizationId}::uuid, grain, start, log_type,
        case when is_own or action = any (${textArray(actionsKeptApart)}) then action else '' end,
        case when is_own then operation else '' end, case when is_own then namespace else '' end, actor_type,
        case when is_own then resource_type else '' end, status, sum(events)
      from placed
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
    select max(seq) as last_seq, set_config('daybook.roll_up', ${rollUpVersion}, true) from step`);
  return Number(row?.last_seq ?? afterSeq);
}

/**
 * The shapes of a step, and which of them have a row of their own: those that have one, and new ones as long as their period has room for them. By single
 * values and not by joins, which the planner would answer with all that the organization has.
 */
const shapesOf = (organizationId: string, { hour, day }: { hour: number; day: number }) => drizzleSql`
  shapes as materialized (
    select grain, date_trunc(grain, occurred_at, 'UTC') as start, log_type, action, operation, namespace, actor_type, resource_type, status, count(*) as events
    from step cross join unnest(array['hour', 'day']) as grain
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9
  ), known as materialized (
    select shapes.*, (
      select kept.start from activity_shapes kept
      where kept.organization_id = ${organizationId}::uuid and kept.grain = shapes.grain and kept.start = shapes.start
        and kept.parts_hash = shape_hash(
          shapes.log_type, shapes.action, shapes.operation, shapes.namespace, shapes.actor_type, shapes.resource_type, shapes.status)
    ) is not null as is_known
    from shapes
  ), periods as materialized (
    select grain, start, case
      when (
        select max(1) from activity_shapes kept
        where kept.organization_id = ${organizationId}::uuid and kept.start = fresh.start and kept.grain = fresh.grain and kept.operation = ''
      ) is not null then 0
      else case grain when 'hour' then ${hour}::int else ${day}::int end - (
        select count(*) from activity_shapes kept
        where kept.organization_id = ${organizationId}::uuid and kept.grain = fresh.grain and kept.start = fresh.start)
      end as room
    from (select distinct grain, start from known where not is_known) fresh
  ), placed as (
    select known.*, is_known or periods.room >= row_number() over (
      partition by grain, start, is_known order by events desc, action, operation, namespace, resource_type, log_type, actor_type, status) as is_own
    from known left join periods using (grain, start)
  )`;

const textArray = (texts: readonly string[]) => drizzleSql`${`{${texts.join(",")}}`}::text[]`;
