import { and, eq, gt } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { passwordResets } from "./schema/index.ts";

export type PasswordReset = typeof passwordResets.$inferSelect;

/** A new link replaces the ones before it. */
export async function replace(tx: Tx, reset: typeof passwordResets.$inferInsert): Promise<void> {
  await tx.delete(passwordResets).where(eq(passwordResets.userId, reset.userId));
  await tx.insert(passwordResets).values(reset);
}

const thatHolds = (tokenHash: Buffer, at: Date) => and(eq(passwordResets.tokenHash, tokenHash), gt(passwordResets.expiresAt, at));

export async function find(db: Executor, tokenHash: Buffer, { at }: { at: Date }): Promise<PasswordReset | null> {
  const [row] = await db.select().from(passwordResets).where(thatHolds(tokenHash, at));
  return row ?? null;
}

/** Uses it up. Null when somebody was faster, or it is over. */
export async function take(tx: Tx, tokenHash: Buffer, { at }: { at: Date }): Promise<PasswordReset | null> {
  const [row] = await tx.delete(passwordResets).where(thatHolds(tokenHash, at)).returning();
  return row ?? null;
}

export async function forgetAllOf(tx: Tx, userId: string): Promise<void> {
  await tx.delete(passwordResets).where(eq(passwordResets.userId, userId));
}
