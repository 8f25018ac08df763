import { and, desc, eq } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { reportRuns } from "./schema/index.ts";

export type ReportRun = typeof reportRuns.$inferSelect;

/** Returns false when the schedule's period was sent already. */
export async function insert(tx: Tx, run: typeof reportRuns.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(reportRuns).values(run).onConflictDoNothing().returning({ id: reportRuns.id });
  return rows.length > 0;
}

/** Runs of one schedule, newest first. */
export const list = (db: Executor, organizationId: string, { scheduleId, limit }: { scheduleId: string; limit: number }): Promise<ReportRun[]> =>
  db
    .select()
    .from(reportRuns)
    .where(and(eq(reportRuns.organizationId, organizationId), eq(reportRuns.scheduleId, scheduleId)))
    .orderBy(desc(reportRuns.createdAt), desc(reportRuns.id))
    .limit(limit);

/** The newest run of each schedule. */
export const newest = (db: Executor, organizationId: string): Promise<ReportRun[]> =>
  db
    .selectDistinctOn([reportRuns.scheduleId])
    .from(reportRuns)
    .where(eq(reportRuns.organizationId, organizationId))
    .orderBy(reportRuns.scheduleId, desc(reportRuns.createdAt), desc(reportRuns.id));
