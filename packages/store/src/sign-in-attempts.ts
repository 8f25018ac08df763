import { and, desc, eq, inArray, lt, sql as drizzleSql } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { signInAttempts } from "./schema/index.ts";

export type SignInAttempts = typeof signInAttempts.$inferSelect;

export interface AttemptRules {
  attemptsMax: number;
  windowMs: number;
  lockMs: number;
}

/**
 * Counts an attempt before it is made, in one statement, so that no number of parallel guesses gets past the limit. The last one that is allowed
 * locks at once; success unlocks. Null while locked.
 */
export async function take(db: Executor, { subjectHash, at, rules }: { subjectHash: Buffer; at: Date; rules: AttemptRules }): Promise<SignInAttempts | null> {
  const now = drizzleSql`${at.toISOString()}::timestamptz`;
  const lockEnd = drizzleSql`${new Date(at.getTime() + rules.lockMs).toISOString()}::timestamptz`;
  const fresh = drizzleSql`(${signInAttempts.windowBeganAt} <= ${new Date(at.getTime() - rules.windowMs).toISOString()}::timestamptz or ${signInAttempts.lockedUntil} <= ${now})`;
  const attempts = drizzleSql`case when ${fresh} then 1 else ${signInAttempts.attempts} + 1 end`;
  const [row] = await db
    .insert(signInAttempts)
    .values({ subjectHash, attempts: 1, windowBeganAt: at, touchedAt: at })
    .onConflictDoUpdate({
      target: signInAttempts.subjectHash,
      set: {
        attempts,
        windowBeganAt: drizzleSql`case when ${fresh} then ${now} else ${signInAttempts.windowBeganAt} end`,
        lockedUntil: drizzleSql`case when ${attempts} >= ${rules.attemptsMax} then ${lockEnd} end`,
        touchedAt: at,
      },
      setWhere: drizzleSql`${signInAttempts.lockedUntil} is null or ${signInAttempts.lockedUntil} <= ${now}`,
    })
    .returning();
  return row ?? null;
}

export async function find(db: Executor, subjectHash: Buffer): Promise<SignInAttempts | null> {
  const [row] = await db.select().from(signInAttempts).where(eq(signInAttempts.subjectHash, subjectHash));
  return row ?? null;
}

export async function failed(db: Executor, subjectHash: Buffer, { at }: { at: Date }): Promise<void> {
  await db
    .update(signInAttempts)
    .set({ failures: drizzleSql`${signInAttempts.failures} + 1`, lastFailedAt: at })
    .where(eq(signInAttempts.subjectHash, subjectHash));
}

/** An attempt that was right as far as it went does not count: the first of two factors. */
export async function giveBack(db: Executor, subjectHash: Buffer): Promise<void> {
  await db
    .update(signInAttempts)
    .set({ attempts: drizzleSql`greatest(${signInAttempts.attempts} - 1, 0)`, lockedUntil: null })
    .where(eq(signInAttempts.subjectHash, subjectHash));
}

/** Success. Returns what had failed before it. */
export async function clear(tx: Tx, subjectHash: Buffer): Promise<{ failures: number; lastFailedAt: Date | null }> {
  const [row] = await tx
    .delete(signInAttempts)
    .where(eq(signInAttempts.subjectHash, subjectHash))
    .returning({ failures: signInAttempts.failures, lastFailedAt: signInAttempts.lastFailedAt });
  return row ?? { failures: 0, lastFailedAt: null };
}

const forgottenMax = 100;

/** Keeps the table bounded: what is old goes, and beyond `rowsMax` what was touched longest ago. What is locked stays locked. */
export async function forget(db: Executor, { before, rowsMax, at }: { before: Date; rowsMax: number; at: Date }): Promise<void> {
  const unlocked = drizzleSql`(${signInAttempts.lockedUntil} is null or ${signInAttempts.lockedUntil} <= ${at.toISOString()}::timestamptz)`;
  const hashes = { subjectHash: signInAttempts.subjectHash };
  const old = db
    .select(hashes)
    .from(signInAttempts)
    .where(and(lt(signInAttempts.touchedAt, before), unlocked))
    .limit(forgottenMax);
  const surplus = db.select(hashes).from(signInAttempts).where(unlocked).orderBy(desc(signInAttempts.touchedAt)).offset(rowsMax).limit(forgottenMax);
  await db.delete(signInAttempts).where(inArray(signInAttempts.subjectHash, old));
  await db.delete(signInAttempts).where(inArray(signInAttempts.subjectHash, surplus));
}
