import { and, asc, desc, eq, inArray, isNull, lt, or } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { syncRuns } from "./schema/index.ts";

export type SyncRun = typeof syncRuns.$inferSelect;

/** A worker's hold on a run: lost as soon as somebody else took the run, because each taking counts `attempts` up. */
export interface Hold {
  id: string;
  attempts: number;
}

const unfinished = inArray(syncRuns.state, ["queued", "running"]);

/** Returns false when the source has a run that is not finished. */
export async function insert(tx: Tx, run: Omit<typeof syncRuns.$inferInsert, "state">): Promise<boolean> {
  const rows = await tx
    .insert(syncRuns)
    .values({ ...run, state: "queued" })
    .onConflictDoNothing()
    .returning({ id: syncRuns.id });
  return rows.length > 0;
}

export async function hasUnfinished(db: Executor, organizationId: string, sourceId: string): Promise<boolean> {
  const rows = await db
    .select({ id: syncRuns.id })
    .from(syncRuns)
    .where(and(eq(syncRuns.organizationId, organizationId), eq(syncRuns.sourceId, sourceId), unfinished))
    .limit(1);
  return rows.length > 0;
}

/** Runs of one source, newest first. */
export const list = (db: Executor, organizationId: string, { sourceId, limit }: { sourceId: string; limit: number }): Promise<SyncRun[]> =>
  db
    .select()
    .from(syncRuns)
    .where(and(eq(syncRuns.organizationId, organizationId), eq(syncRuns.sourceId, sourceId)))
    .orderBy(desc(syncRuns.requestedAt), desc(syncRuns.id))
    .limit(limit);

/** The newest run of each source. */
export const newest = (db: Executor, organizationId: string): Promise<SyncRun[]> =>
  db
    .selectDistinctOn([syncRuns.sourceId])
    .from(syncRuns)
    .where(eq(syncRuns.organizationId, organizationId))
    .orderBy(syncRuns.sourceId, desc(syncRuns.requestedAt), desc(syncRuns.id));

export type Taking = { taken: SyncRun } | { taken: null; underWay: boolean };

/**
 * Takes the run of any organization that waits longest and that nobody holds. When there is none, `underWay` says whether others hold some,
 * of which each either ends or falls due again.
 */
export async function take(tx: Tx, { now, leaseUntil }: { now: Date; leaseUntil: Date }): Promise<Taking> {
  const [due] = await tx
    .select({ organizationId: syncRuns.organizationId, id: syncRuns.id, attempts: syncRuns.attempts, startedAt: syncRuns.startedAt })
    .from(syncRuns)
    .where(and(unfinished, or(isNull(syncRuns.leaseUntil), lt(syncRuns.leaseUntil, now))))
    .orderBy(asc(syncRuns.requestedAt))
    .limit(1)
    .for("update", { skipLocked: true });
  if (!due) {
    const held = await tx.select({ id: syncRuns.id }).from(syncRuns).where(unfinished).limit(1);
    return { taken: null, underWay: held.length > 0 };
  }
  const [taken] = await tx
    .update(syncRuns)
    .set({ state: "running", leaseUntil, attempts: due.attempts + 1, startedAt: due.startedAt ?? now })
    .where(and(eq(syncRuns.organizationId, due.organizationId), eq(syncRuns.id, due.id)))
    .returning();
  if (!taken) throw new Error("a locked run cannot vanish");
  return { taken };
}

/** Returns false when the hold is lost; the caller must then leave the run alone. */
export async function prolong(tx: Tx, organizationId: string, hold: Hold, leaseUntil: Date): Promise<boolean> {
  const rows = await tx.update(syncRuns).set({ leaseUntil }).where(holds(organizationId, hold)).returning({ id: syncRuns.id });
  return rows.length > 0;
}

export interface Ending {
  state: "succeeded" | "failed";
  finishedAt: Date;
  counts: Record<string, number>;
  error: string | null;
}

/** Returns false when the hold is lost. */
export async function finish(tx: Tx, organizationId: string, hold: Hold, ending: Ending): Promise<boolean> {
  const rows = await tx
    .update(syncRuns)
    .set({ ...ending, leaseUntil: null })
    .where(holds(organizationId, hold))
    .returning({ id: syncRuns.id });
  return rows.length > 0;
}

const holds = (organizationId: string, { id, attempts }: Hold) =>
  and(eq(syncRuns.organizationId, organizationId), eq(syncRuns.id, id), eq(syncRuns.state, "running"), eq(syncRuns.attempts, attempts));
