import { and, asc, eq } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { importMappings } from "./schema/index.ts";

export type ImportMapping = typeof importMappings.$inferSelect;

/** False when the organization has a mapping of this slug. */
export async function insert(tx: Tx, mapping: ImportMapping): Promise<boolean> {
  const rows = await tx.insert(importMappings).values(mapping).onConflictDoNothing().returning({ id: importMappings.id });
  return rows.length > 0;
}

export const list = (db: Executor, organizationId: string): Promise<ImportMapping[]> =>
  db.select().from(importMappings).where(eq(importMappings.organizationId, organizationId)).orderBy(asc(importMappings.name), asc(importMappings.id));

export async function lock(tx: Tx, organizationId: string, id: string): Promise<ImportMapping | null> {
  const [row] = await tx.select().from(importMappings).where(one(organizationId, id)).for("update");
  return row ?? null;
}

export async function findBySlug(db: Executor, organizationId: string, slug: string): Promise<ImportMapping | null> {
  const [row] = await db
    .select()
    .from(importMappings)
    .where(and(eq(importMappings.organizationId, organizationId), eq(importMappings.slug, slug)));
  return row ?? null;
}

export async function update(tx: Tx, organizationId: string, { id, ...values }: Pick<ImportMapping, "id" | "name" | "mapping" | "updatedAt">): Promise<void> {
  await tx.update(importMappings).set(values).where(one(organizationId, id));
}

export async function remove(tx: Tx, organizationId: string, id: string): Promise<void> {
  await tx.delete(importMappings).where(one(organizationId, id));
}

const one = (organizationId: string, id: string) => and(eq(importMappings.organizationId, organizationId), eq(importMappings.id, id));
