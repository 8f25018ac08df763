import { and, asc, eq } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { sources } from "./schema/index.ts";

export type Source = typeof sources.$inferSelect;

/** Returns false when the organization has a source of that name already. */
export async function insert(tx: Tx, source: typeof sources.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(sources).values(source).onConflictDoNothing().returning({ id: sources.id });
  return rows.length > 0;
}

export const list = (db: Executor, organizationId: string): Promise<Source[]> =>
  db.select().from(sources).where(eq(sources.organizationId, organizationId)).orderBy(asc(sources.createdAt), asc(sources.id));

export async function find(db: Executor, organizationId: string, id: string): Promise<Source | null> {
  const [row] = await db
    .select()
    .from(sources)
    .where(and(eq(sources.organizationId, organizationId), eq(sources.id, id)));
  return row ?? null;
}

/** Holds the source until the end of the transaction, so that asking for a run and removing the source wait for each other. */
export async function lock(tx: Tx, organizationId: string, id: string): Promise<Source | null> {
  const [row] = await tx
    .select()
    .from(sources)
    .where(and(eq(sources.organizationId, organizationId), eq(sources.id, id)))
    .for("update");
  return row ?? null;
}

/** Its runs go with it; what they wrote into the log stays. */
export async function remove(tx: Tx, organizationId: string, id: string): Promise<void> {
  await tx.delete(sources).where(and(eq(sources.organizationId, organizationId), eq(sources.id, id)));
}
