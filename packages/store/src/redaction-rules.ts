import { and, asc, eq } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import * as heads from "./heads.ts";
import { redactionRules } from "./schema/index.ts";

export type RedactionRule = typeof redactionRules.$inferSelect;

/** All of an organization, in the order in which they are tried. */
export const list = (db: Executor, organizationId: string): Promise<RedactionRule[]> =>
  db.select().from(redactionRules).where(eq(redactionRules.organizationId, organizationId)).orderBy(asc(redactionRules.position), asc(redactionRules.id));

/**
 * Changes of one organization's rules wait for each other, so that names and positions stay single. The lock is the one that the change's event
 * takes anyhow, taken earlier: no two transactions can hold half of what the other needs.
 */
export async function lockAll(tx: Tx, organizationId: string): Promise<RedactionRule[]> {
  await heads.lock(tx, organizationId);
  return list(tx, organizationId);
}

export async function insert(tx: Tx, rule: typeof redactionRules.$inferInsert): Promise<void> {
  await tx.insert(redactionRules).values(rule);
}

export async function update(
  tx: Tx,
  organizationId: string,
  { id, at, ...values }: { id: string; at: Date } & Partial<Pick<RedactionRule, "name" | "kind" | "expression" | "within" | "enabled" | "position">>,
): Promise<void> {
  await tx
    .update(redactionRules)
    .set({ ...values, updatedAt: at })
    .where(and(eq(redactionRules.organizationId, organizationId), eq(redactionRules.id, id)));
}

export async function remove(tx: Tx, organizationId: string, id: string): Promise<void> {
  await tx.delete(redactionRules).where(and(eq(redactionRules.organizationId, organizationId), eq(redactionRules.id, id)));
}
