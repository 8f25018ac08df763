import { and, asc, eq, sql as drizzleSql } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { alertRules, organizationHeads } from "./schema/index.ts";

export type AlertRule = typeof alertRules.$inferSelect;

/** The rule begins behind the newest event, so that a long log does not flood anybody. */
export async function insert(tx: Tx, rule: Omit<typeof alertRules.$inferInsert, "sinceSeq">): Promise<void> {
  await tx.insert(alertRules).values({ ...rule, sinceSeq: await newestSeq(tx, rule.organizationId) });
}

/** Sequence of the newest event that is committed, or written by this transaction. */
async function newestSeq(tx: Tx, organizationId: string): Promise<number> {
  const [head] = await tx.select({ nextSeq: organizationHeads.nextSeq }).from(organizationHeads).where(eq(organizationHeads.organizationId, organizationId));
  if (!head) throw new Error("every organization has a head");
  return head.nextSeq - 1;
}

export const enabled = (db: Executor, organizationId: string): Promise<AlertRule[]> =>
  db
    .select()
    .from(alertRules)
    .where(and(eq(alertRules.organizationId, organizationId), eq(alertRules.enabled, true)))
    .orderBy(asc(alertRules.createdAt), asc(alertRules.id));

export interface ListedRule extends AlertRule {
  /** When its newest incident was opened. */
  lastFiredAt: Date | null;
  incidentsOpen: number;
}

/** Both figures are one index probe a rule. */
export async function list(db: Executor, organizationId: string): Promise<ListedRule[]> {
  const rows = await db
    .select({
      rule: alertRules,
      // Written out: in a select of one table Drizzle drops the table's name before each column, and these would compare with themselves.
      lastFiredAt: drizzleSql<string | null>`(
        select incident.opened_at
        from incidents incident
        where incident.organization_id = alert_rules.organization_id and incident.rule_id = alert_rules.id
        order by incident.first_seq desc
        limit 1)`,
      incidentsOpen: drizzleSql<string>`(
        select count(*)
        from incidents incident
        where incident.organization_id = alert_rules.organization_id and incident.rule_id = alert_rules.id and incident.state = 'open')`,
    })
    .from(alertRules)
    .where(eq(alertRules.organizationId, organizationId))
    .orderBy(asc(alertRules.createdAt), asc(alertRules.id));
  return rows.map(({ rule, lastFiredAt, incidentsOpen }) => ({
    ...rule,
    lastFiredAt: lastFiredAt === null ? null : new Date(lastFiredAt),
    incidentsOpen: Number(incidentsOpen),
  }));
}

/** Takes the rule for the length of the transaction: two people who edit it wait for each other, so that each records what really changed. */
export async function lock(tx: Tx, organizationId: string, id: string): Promise<AlertRule | null> {
  const [row] = await tx
    .select()
    .from(alertRules)
    .where(and(eq(alertRules.organizationId, organizationId), eq(alertRules.id, id)))
    .for("update");
  return row ?? null;
}

export async function update(
  tx: Tx,
  organizationId: string,
  { id, at, restart, ...values }: Pick<AlertRule, "id" | "name" | "enabled" | "settings" | "recipients"> & { at: Date; restart: boolean },
): Promise<void> {
  const sinceSeq = restart ? { sinceSeq: await newestSeq(tx, organizationId) } : {};
  await tx
    .update(alertRules)
    .set({ ...values, ...sinceSeq, updatedAt: at })
    .where(and(eq(alertRules.organizationId, organizationId), eq(alertRules.id, id)));
}
