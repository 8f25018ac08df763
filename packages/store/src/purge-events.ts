import { sql as drizzleSql } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";

export interface ExpiredBatch {
  purgeId: string;
  /** Inclusive. */
  from: string;
  /** Exclusive. */
  before: string;
  limit: number;
  now: Date;
}

/** Deletes one batch and counts it in its purge. Null when the purge was closed or the policy no longer lets go of these events. */
export async function removeBatch(tx: Tx, organizationId: string, { purgeId, from, before, limit, now }: ExpiredBatch): Promise<number | null> {
  const [row] = await tx.execute<{ purged: string | null }>(drizzleSql`
    select purge_events(${organizationId}::uuid, ${purgeId}::uuid, ${from}::timestamptz, ${before}::timestamptz, ${limit}::integer,
      ${now.toISOString()}::timestamptz) as purged`);
  return row?.purged == null ? null : Number(row.purged);
}

/**
 * Forgets idempotency keys of events that are about to go with their whole month, so that the drop itself finds few: a key whose event is past
 * the policy has nothing left to guard, because a repeat of the event would be refused as too old.
 */
export async function forgetKeys(tx: Tx, organizationId: string, { from, before, limit }: Pick<ExpiredBatch, "from" | "before" | "limit">): Promise<number> {
  const [row] = await tx.execute<{ forgotten: string }>(drizzleSql`
    with doomed as materialized (
      select key_hash
      from ingest_keys
      where organization_id = ${organizationId}::uuid
        and occurred_at >= ${from}::timestamptz
        and occurred_at < ${before}::timestamptz
      limit ${limit}
    ), gone as (
      delete from ingest_keys
      using doomed
      where ingest_keys.organization_id = ${organizationId}::uuid and ingest_keys.key_hash = doomed.key_hash
      returning 1
    )
    select count(*) as forgotten from gone`);
  return Number(row?.forgotten ?? 0);
}

/** Reads and inserts of every month wait behind the drop, so it waits no longer than this for its turn. */
const dropLockTimeoutMs = 500;

/** Drops a whole month (`2026-11`) and counts its events in the open purges of their organizations. False when somebody still needs it. */
export async function dropMonth(tx: Tx, { month, now }: { month: string; now: Date }): Promise<boolean> {
  const [row] = await tx.execute<{ dropped: boolean }>(drizzleSql`
    select drop_event_partition(${`${month}-01`}::text::date, ${now.toISOString()}::timestamptz, ${dropLockTimeoutMs}::integer) as dropped`);
  return row?.dropped ?? false;
}

/** Who has events within [from, to), and since when: one look into the index for each organization. */
export async function oldestWithin(db: Executor, { from, to }: { from: Date; to: Date }): Promise<{ organizationId: string; oldest: Date }[]> {
  const rows = await db.execute<{ organization_id: string; oldest: string }>(drizzleSql`
    select head.organization_id, first.occurred_at as oldest
    from organization_heads head
    cross join lateral (
      select occurred_at
      from events
      where events.organization_id = head.organization_id
        and occurred_at >= ${from.toISOString()}::timestamptz
        and occurred_at < ${to.toISOString()}::timestamptz
      order by occurred_at
      limit 1
    ) first
    order by head.organization_id`);
  return rows.map(({ organization_id, oldest }) => ({ organizationId: organization_id, oldest: new Date(oldest) }));
}

export async function countBefore(db: Executor, organizationId: string, before: Date): Promise<number> {
  const [row] = await db.execute<{ events: string }>(drizzleSql`
    select count(*) as events
    from organization_events
    where organization_id = ${organizationId}::uuid and occurred_at < ${before.toISOString()}::timestamptz`);
  return Number(row?.events ?? 0);
}

/** How many events the log holds, without counting them: every number handed out that no purge and no undone import took. And when the oldest of them occurred. */
export async function holdings(db: Executor, organizationId: string): Promise<{ events: number; oldest: Date | null }> {
  const [row] = await db.execute<{ events: string; oldest: string | null }>(drizzleSql`
    select
      coalesce((select next_seq - 1 from organization_heads where organization_id = ${organizationId}::uuid), 0)
        - coalesce((select sum(count) from purges where organization_id = ${organizationId}::uuid), 0)
        - coalesce((select sum(undone_events) from imports where organization_id = ${organizationId}::uuid), 0) as events,
      (select occurred_at from organization_events where organization_id = ${organizationId}::uuid order by occurred_at limit 1) as oldest`);
  return { events: Number(row?.events ?? 0), oldest: row?.oldest ? new Date(row.oldest) : null };
}
