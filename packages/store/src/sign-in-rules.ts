import { eq } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { organizations, signInRules } from "./schema/index.ts";

export type SignInRulesRow = typeof signInRules.$inferSelect;

/** Null for an organization that never made any. */
export async function find(db: Executor, organizationId: string): Promise<SignInRulesRow | null> {
  const [row] = await db.select().from(signInRules).where(eq(signInRules.organizationId, organizationId));
  return row ?? null;
}

export async function set(tx: Tx, { organizationId, ...rules }: typeof signInRules.$inferInsert): Promise<void> {
  await tx
    .insert(signInRules)
    .values({ organizationId, ...rules })
    .onConflictDoUpdate({ target: signInRules.organizationId, set: rules });
}

export async function setIpDisplay(tx: Tx, organizationId: string, ipDisplay: "full" | "masked"): Promise<void> {
  await tx.update(organizations).set({ ipDisplay }).where(eq(organizations.id, organizationId));
}
