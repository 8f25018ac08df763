import { and, count, eq, lt } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { recoveryCodes, secondFactors } from "./schema/index.ts";

export type SecondFactor = typeof secondFactors.$inferSelect;

export async function find(db: Executor, userId: string): Promise<SecondFactor | null> {
  const [row] = await db.select().from(secondFactors).where(eq(secondFactors.userId, userId));
  return row ?? null;
}

/** A secret that nobody has shown a code of yet; it replaces one of the same kind. */
export async function begin(tx: Tx, { userId, secret, at }: { userId: string; secret: string; at: Date }): Promise<void> {
  const fresh = { secret, confirmedAt: null, lastStep: 0, createdAt: at };
  await tx
    .insert(secondFactors)
    .values({ userId, ...fresh })
    .onConflictDoUpdate({ target: secondFactors.userId, set: fresh });
}

export async function confirm(tx: Tx, userId: string, { at, step }: { at: Date; step: number }): Promise<void> {
  await tx.update(secondFactors).set({ confirmedAt: at, lastStep: step }).where(eq(secondFactors.userId, userId));
}

/** Takes a code's time step. False when it, or a later one, was taken before: of two who show one code at once, one is late. */
export async function takeStep(tx: Tx, userId: string, step: number): Promise<boolean> {
  const rows = await tx
    .update(secondFactors)
    .set({ lastStep: step })
    .where(and(eq(secondFactors.userId, userId), lt(secondFactors.lastStep, step)))
    .returning({ userId: secondFactors.userId });
  return rows.length > 0;
}

export async function remove(tx: Tx, userId: string): Promise<boolean> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  const rows = await tx.delete(secondFactors).where(eq(secondFactors.userId, userId)).returning({ userId: secondFactors.userId });
  return rows.length > 0;
}

export async function replaceRecoveryCodes(tx: Tx, userId: string, hashes: readonly Buffer[]): Promise<void> {
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await tx.insert(recoveryCodes).values(hashes.map((codeHash) => ({ userId, codeHash })));
}

/** Uses a recovery code up. */
export async function takeRecoveryCode(tx: Tx, userId: string, codeHash: Buffer): Promise<boolean> {
  const rows = await tx
    .delete(recoveryCodes)
    .where(and(eq(recoveryCodes.userId, userId), eq(recoveryCodes.codeHash, codeHash)))
    .returning({ userId: recoveryCodes.userId });
  return rows.length > 0;
}

export async function recoveryCodesLeft(db: Executor, userId: string): Promise<number> {
  const [row] = await db.select({ left: count() }).from(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  return row?.left ?? 0;
}
