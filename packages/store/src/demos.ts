import { eq, sql as drizzleSql } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { demos, members } from "./schema/index.ts";

/** The demo data of an organization: which organization holds it, and how far it has come. */
export type Demo = typeof demos.$inferSelect;

export async function find(db: Executor, organizationId: string): Promise<Demo | null> {
  const [row] = await db.select().from(demos).where(eq(demos.organizationId, organizationId));
  return row ?? null;
}

/** Only one demo per organization comes into being; who comes second waits here and then finds it. */
export async function lock(tx: Tx, organizationId: string): Promise<Demo | null> {
  await tx.execute(drizzleSql`select pg_advisory_xact_lock(hashtextextended('daybook_demo', 0))`);
  return find(tx, organizationId);
}

export async function insert(tx: Tx, demo: Pick<Demo, "organizationId" | "demoId" | "createdAt">): Promise<Demo> {
  const [row] = await tx.insert(demos).values(demo).returning();
  if (!row) throw new Error("an inserted demo is returned");
  return row;
}

/** Everybody who is an active member of the organization sees its demo data, in the role that they have. */
export async function bringMembers(tx: Tx, { organizationId, demoId }: Pick<Demo, "organizationId" | "demoId">): Promise<void> {
  await tx.execute(drizzleSql`
    insert into members (organization_id, user_id, role)
    select ${demoId}::uuid, user_id, role
    from members
    where organization_id = ${organizationId}::uuid and status = 'active'
    on conflict do nothing`);
}

export async function markLoaded(tx: Tx, organizationId: string, at: Date): Promise<void> {
  await tx.update(demos).set({ loadedAt: at }).where(eq(demos.organizationId, organizationId));
}

/** From now on nobody sees it any more, although its events go batch by batch. */
export async function beginRemoval(tx: Tx, { organizationId, demoId }: Pick<Demo, "organizationId" | "demoId">, at: Date): Promise<void> {
  await tx.update(demos).set({ removingAt: at }).where(eq(demos.organizationId, organizationId));
  await tx.delete(members).where(eq(members.organizationId, demoId));
}

/** Deletes some of the events of a demo organization, and of no other, oldest first. Returns how many went. */
export async function purgeEvents(tx: Tx, demoId: string, limit: number): Promise<number> {
  const [row] = await tx.execute<{ purged: string }>(drizzleSql`select purge_demo_events(${demoId}::uuid, ${limit}::integer) as purged`);
  return Number(row?.purged ?? 0);
}

/** Whoever works on a row of these appends an event afterwards, and so waits for the head of the log last. */
const workedOn = ["consumers", "mails", "sync_runs", "purges", "incidents"];

/** The organization and what is left of it in any table. Refused by the database when it is not demo data. */
export async function removeOrganization(tx: Tx, demoId: string): Promise<void> {
  // In the workers' own order, head last: the other way round each would wait for the other.
  for (const table of workedOn) await tx.execute(drizzleSql`select 1 from ${drizzleSql.identifier(table)} where organization_id = ${demoId}::uuid for update`);
  await tx.execute(drizzleSql`select set_config('daybook.purging', 'on', true)`);
  await tx.execute(drizzleSql`select delete_demo_organization(${demoId}::uuid)`);
}
