import { and, desc, eq, isNull, sql as drizzleSql } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { purges } from "./schema/index.ts";

export type Purge = typeof purges.$inferSelect;
type NewPurge = Pick<Purge, "organizationId" | "id" | "trigger" | "before" | "createdAt">;

/** Returns false when the organization has a purge that is not finished. */
export async function request(tx: Tx, purge: NewPurge): Promise<boolean> {
  const rows = await tx.insert(purges).values(purge).onConflictDoNothing().returning({ id: purges.id });
  return rows.length > 0;
}

/** Opens a purge, or goes on with the one that is open. Its bound is the one that its events went by: the latest, once some are gone. */
export async function open(tx: Tx, purge: NewPurge): Promise<void> {
  await tx
    .insert(purges)
    .values(purge)
    .onConflictDoUpdate({
      target: purges.organizationId,
      targetWhere: isNull(purges.finishedAt),
      set: { before: drizzleSql`case when ${purges.count} = 0 then excluded.before else greatest(${purges.before}, excluded.before) end` },
    });
}

/** Purges of all organizations that are not finished. */
export const listOpen = (db: Executor): Promise<Purge[]> => db.select().from(purges).where(isNull(purges.finishedAt)).orderBy(purges.organizationId);

/** Closes a purge; null when somebody else did. Waits for a batch that is under way. */
export async function finish(tx: Tx, organizationId: string, { id, at }: { id: string; at: Date }): Promise<Purge | null> {
  const [row] = await tx
    .update(purges)
    .set({ finishedAt: at })
    .where(and(eq(purges.organizationId, organizationId), eq(purges.id, id), isNull(purges.finishedAt)))
    .returning();
  return row ?? null;
}

/** Purges of one organization, newest first. */
export const list = (db: Executor, organizationId: string, { limit }: { limit: number }): Promise<Purge[]> =>
  db.select().from(purges).where(eq(purges.organizationId, organizationId)).orderBy(desc(purges.createdAt), desc(purges.id)).limit(limit);
