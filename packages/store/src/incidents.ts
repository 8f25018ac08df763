import { and, desc, eq } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { hash128 } from "./events/append.ts";
import { alertRules, incidents } from "./schema/index.ts";

export type Incident = typeof incidents.$inferSelect;

/** The newest incident of a rule and group, taken for the length of the transaction so that nobody resolves it while events join it. */
export async function lockNewest(tx: Tx, organizationId: string, { ruleId, groupKey }: { ruleId: string; groupKey: string }): Promise<Incident | null> {
  const [row] = await tx
    .select()
    .from(incidents)
    .where(and(eq(incidents.organizationId, organizationId), eq(incidents.ruleId, ruleId), eq(incidents.groupHash, hash128(groupKey))))
    .orderBy(desc(incidents.firstSeq))
    .limit(1)
    .for("update");
  return row ?? null;
}

export async function lock(tx: Tx, organizationId: string, id: string): Promise<Incident | null> {
  const [row] = await tx
    .select()
    .from(incidents)
    .where(and(eq(incidents.organizationId, organizationId), eq(incidents.id, id)))
    .for("update");
  return row ?? null;
}

export async function insert(tx: Tx, incident: Omit<typeof incidents.$inferInsert, "groupHash">): Promise<void> {
  await tx.insert(incidents).values({ ...incident, groupHash: hash128(incident.groupKey) });
}

/** What an incident is after further events joined it, or after somebody acted on it. */
export async function update(tx: Tx, organizationId: string, { id, ...values }: { id: string } & Partial<typeof incidents.$inferInsert>): Promise<void> {
  await tx
    .update(incidents)
    .set(values)
    .where(and(eq(incidents.organizationId, organizationId), eq(incidents.id, id)));
}

export interface ListedIncident extends Incident {
  rule: { name: string; kind: string };
}

export async function list(
  db: Executor,
  organizationId: string,
  { state, limit }: { state?: Incident["state"] | undefined; limit: number },
): Promise<ListedIncident[]> {
  const rows = await db
    .select({ incident: incidents, rule: { name: alertRules.name, kind: alertRules.kind } })
    .from(incidents)
    .innerJoin(alertRules, and(eq(alertRules.organizationId, incidents.organizationId), eq(alertRules.id, incidents.ruleId)))
    .where(and(eq(incidents.organizationId, organizationId), state === undefined ? undefined : eq(incidents.state, state)))
    .orderBy(desc(incidents.openedAt), desc(incidents.id))
    .limit(limit);
  return rows.map(({ incident, rule }) => ({ ...incident, rule }));
}
