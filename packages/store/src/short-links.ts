import { and, count, eq, gt, lte, sql as drizzleSql } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { shortLinks } from "./schema/index.ts";

export type ShortLink = typeof shortLinks.$inferSelect;

export async function insert(tx: Tx, link: ShortLink): Promise<void> {
  await tx.insert(shortLinks).values(link);
}

/** One that has not ended. */
export async function find(db: Executor, organizationId: string, { id, at }: { id: string; at: Date }): Promise<ShortLink | null> {
  const [row] = await db
    .select()
    .from(shortLinks)
    .where(and(eq(shortLinks.organizationId, organizationId), eq(shortLinks.id, id), gt(shortLinks.expiresAt, at)));
  return row ?? null;
}

/** How many the organization has, and how many of them a member made since a moment. */
export async function counts(
  db: Executor,
  organizationId: string,
  { createdBy, since }: { createdBy: string; since: Date },
): Promise<{ all: number; recent: number }> {
  const [row] = await db
    .select({
      all: count(),
      recent: drizzleSql<number>`count(*) filter (where ${shortLinks.createdBy} = ${createdBy}::uuid and ${shortLinks.createdAt} > ${since.toISOString()}::timestamptz)::int`,
    })
    .from(shortLinks)
    .where(eq(shortLinks.organizationId, organizationId));
  return row ?? { all: 0, recent: 0 };
}

export async function removeEnded(tx: Tx, organizationId: string, at: Date): Promise<void> {
  await tx.delete(shortLinks).where(and(eq(shortLinks.organizationId, organizationId), lte(shortLinks.expiresAt, at)));
}
