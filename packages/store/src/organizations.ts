import { eq, sql as drizzleSql } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { organizationHeads, organizations } from "./schema/index.ts";

export type Organization = typeof organizations.$inferSelect;

/** An organization and the head of its log come into being together. */
export async function insert(tx: Tx, organization: typeof organizations.$inferInsert): Promise<Organization> {
  const [row] = await tx.insert(organizations).values(organization).returning();
  await tx.insert(organizationHeads).values({ organizationId: organization.id });
  if (!row) throw new Error("an inserted organization is returned");
  return row;
}

export async function find(db: Executor, id: string): Promise<Organization | null> {
  const [row] = await db.select().from(organizations).where(eq(organizations.id, id));
  return row ?? null;
}

/** Holds the organization until the end of the transaction, so that a change of its settings and what follows them wait for each other. */
export async function lock(tx: Tx, id: string): Promise<Organization | null> {
  const [row] = await tx.select().from(organizations).where(eq(organizations.id, id)).for("update");
  return row ?? null;
}

export async function setRetentionDays(tx: Tx, id: string, days: number | null): Promise<void> {
  await tx.update(organizations).set({ retentionDays: days }).where(eq(organizations.id, id));
}

export const list = (db: Executor): Promise<Organization[]> => db.select().from(organizations).orderBy(organizations.createdAt);

export async function slugTaken(db: Executor, slug: string): Promise<boolean> {
  const rows = await db.select({ id: organizations.id }).from(organizations).where(eq(organizations.slug, slug));
  return rows.length > 0;
}

export async function any(db: Executor): Promise<boolean> {
  const rows = await db.select({ id: organizations.id }).from(organizations).limit(1);
  return rows.length > 0;
}

/** Only one process may set Daybook up; the lock lasts as long as the transaction. */
export async function lockSetup(tx: Tx): Promise<void> {
  await tx.execute(drizzleSql`select pg_advisory_xact_lock(hashtextextended('daybook_setup', 0))`);
}
