import { and, eq, gt, sql as drizzleSql } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { members, organizationHeads, organizations, organizationSlugs } from "./schema/index.ts";

export type Organization = typeof organizations.$inferSelect;

/** An organization, the head of its log and its name in URLs come into being together. */
export async function insert(tx: Tx, organization: typeof organizations.$inferInsert): Promise<Organization> {
  const [row] = await tx.insert(organizations).values(organization).returning();
  await tx.insert(organizationHeads).values({ organizationId: organization.id });
  await tx.insert(organizationSlugs).values({ slug: organization.slug, organizationId: organization.id });
  if (!row) throw new Error("an inserted organization is returned");
  return row;
}

export async function find(db: Executor, id: string): Promise<Organization | null> {
  const [row] = await db.select().from(organizations).where(eq(organizations.id, id));
  return row ?? null;
}

/**
 * Holds the organization until the end of the transaction, so that a change of its settings and what follows them wait for each other. A row that only
 * refers to it does not wait: whoever writes that one may hold the head, for which the change waits at its end.
 */
export async function lock(tx: Tx, id: string): Promise<Organization | null> {
  const [row] = await tx.select().from(organizations).where(eq(organizations.id, id)).for("no key update");
  return row ?? null;
}

export async function setRetentionDays(tx: Tx, id: string, days: number | null): Promise<void> {
  await tx.update(organizations).set({ retentionDays: days }).where(eq(organizations.id, id));
}

export const list = (db: Executor): Promise<Organization[]> => db.select().from(organizations).orderBy(organizations.createdAt);

/** Also by an organization that has another name now: old links still lead to it. */
export async function slugTaken(db: Executor, slug: string): Promise<boolean> {
  const rows = await db.select({ slug: organizationSlugs.slug }).from(organizationSlugs).where(eq(organizationSlugs.slug, slug));
  return rows.length > 0;
}

/** Names in URLs that it has or had. */
export async function slugsOf(db: Executor, organizationId: string): Promise<string[]> {
  const rows = await db.select({ slug: organizationSlugs.slug }).from(organizationSlugs).where(eq(organizationSlugs.organizationId, organizationId));
  return rows.map(({ slug }) => slug);
}

/** Takes a name in URLs that is nobody else's. False when it is. */
export async function takeSlug(tx: Tx, organizationId: string, { slug, at }: { slug: string; at: Date }): Promise<boolean> {
  await tx.insert(organizationSlugs).values({ slug, organizationId, since: at }).onConflictDoNothing();
  return (await slugsOf(tx, organizationId)).includes(slug);
}

export async function update(tx: Tx, id: string, { name, slug, timeZone }: Pick<Organization, "name" | "slug" | "timeZone">): Promise<void> {
  await tx.update(organizations).set({ name, slug, timeZone }).where(eq(organizations.id, id));
}

/** How many a user has founded since then; demo data is none of them. */
export async function foundedSince(db: Executor, userId: string, since: Date): Promise<number> {
  const rows = await db
    .select({ id: organizations.id })
    .from(organizations)
    .innerJoin(members, eq(members.organizationId, organizations.id))
    .where(and(eq(members.userId, userId), eq(members.createdAt, organizations.createdAt), gt(organizations.createdAt, since), eq(organizations.demo, false)));
  return rows.length;
}

/** One founding after the other, so that names and counts hold; the lock lasts as long as the transaction. */
export async function lockFounding(tx: Tx): Promise<void> {
  await tx.execute(drizzleSql`select pg_advisory_xact_lock(hashtextextended('daybook_founding', 0))`);
}

export async function any(db: Executor): Promise<boolean> {
  const rows = await db.select({ id: organizations.id }).from(organizations).limit(1);
  return rows.length > 0;
}

/** Only one process may set Daybook up; the lock lasts as long as the transaction. */
export async function lockSetup(tx: Tx): Promise<void> {
  await tx.execute(drizzleSql`select pg_advisory_xact_lock(hashtextextended('daybook_setup', 0))`);
}
