import { and, asc, eq, lte, sql as drizzleSql } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { reportSchedules } from "./schema/index.ts";

export type ReportSchedule = typeof reportSchedules.$inferSelect;

export async function insert(tx: Tx, schedule: typeof reportSchedules.$inferInsert): Promise<void> {
  await tx.insert(reportSchedules).values(schedule);
}

export const list = (db: Executor, organizationId: string): Promise<ReportSchedule[]> =>
  db.select().from(reportSchedules).where(eq(reportSchedules.organizationId, organizationId)).orderBy(asc(reportSchedules.createdAt), asc(reportSchedules.id));

export async function find(db: Executor, organizationId: string, id: string): Promise<ReportSchedule | null> {
  const [row] = await db.select().from(reportSchedules).where(isOne(organizationId, id));
  return row ?? null;
}

/** Holds the schedule until the end of the transaction: an edit and a send wait for each other. */
export async function lock(tx: Tx, organizationId: string, id: string): Promise<ReportSchedule | null> {
  const [row] = await tx.select().from(reportSchedules).where(isOne(organizationId, id)).for("update");
  return row ?? null;
}

export async function update(tx: Tx, organizationId: string, { id, ...changed }: Partial<ReportSchedule> & { id: string }): Promise<void> {
  await tx.update(reportSchedules).set(changed).where(isOne(organizationId, id));
}

/** Its runs go with it; their mails and what they wrote into the log stay. */
export async function remove(tx: Tx, organizationId: string, id: string): Promise<void> {
  await tx.delete(reportSchedules).where(isOne(organizationId, id));
}

/** Schedules of all organizations whose time has come, longest due first; `after` continues behind the last one seen. */
export const due = (db: Executor, { now, after, limit }: { now: Date; after?: ReportSchedule | undefined; limit: number }): Promise<ReportSchedule[]> =>
  db
    .select()
    .from(reportSchedules)
    .where(and(isDue(now), after && isAfter(after)))
    .orderBy(asc(reportSchedules.nextRunAt), asc(reportSchedules.organizationId), asc(reportSchedules.id))
    .limit(limit);

/** Takes a schedule that is still due for the length of the transaction; null when somebody else has it, sent it, or paused it. */
export async function takeDue(tx: Tx, organizationId: string, { id, now }: { id: string; now: Date }): Promise<ReportSchedule | null> {
  const [row] = await tx
    .select()
    .from(reportSchedules)
    .where(and(isOne(organizationId, id), isDue(now)))
    .for("update", { skipLocked: true });
  return row ?? null;
}

const isOne = (organizationId: string, id: string) => and(eq(reportSchedules.organizationId, organizationId), eq(reportSchedules.id, id));
const isDue = (now: Date) => and(eq(reportSchedules.paused, false), lte(reportSchedules.nextRunAt, now));
const isAfter = ({ nextRunAt, organizationId, id }: ReportSchedule) =>
  drizzleSql`(${reportSchedules.nextRunAt}, ${reportSchedules.organizationId}, ${reportSchedules.id}) > (${nextRunAt.toISOString()}::timestamptz, ${organizationId}::uuid, ${id}::uuid)`;
