import { and, eq, sql as drizzleSql } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { plans } from "./schema/index.ts";

export type PlanRow = typeof plans.$inferSelect;

export async function find(db: Executor, organizationId: string): Promise<PlanRow | null> {
  const [row] = await db.select().from(plans).where(eq(plans.organizationId, organizationId));
  return row ?? null;
}

export async function put(tx: Tx, plan: PlanRow): Promise<void> {
  const { organizationId: _, ...values } = plan;
  await tx.insert(plans).values(plan).onConflictDoUpdate({ target: plans.organizationId, set: values });
}

/** Whether the organization's plan leaves a feature out; for jobs, which act for nobody. */
export async function lacks(db: Executor, organizationId: string, feature: string): Promise<boolean> {
  const rows = await db
    .select({ name: plans.name })
    .from(plans)
    .where(and(eq(plans.organizationId, organizationId), drizzleSql`${feature} = any (${plans.withoutFeatures})`));
  return rows.length > 0;
}
