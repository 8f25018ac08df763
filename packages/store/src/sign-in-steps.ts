import { and, eq, gt, inArray, lt } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { signInSteps } from "./schema/index.ts";

export type SignInStep = typeof signInSteps.$inferSelect;

/** Steps that nobody took, forgotten with each new one: the table stays as large as what is under way. */
const forgottenMax = 100;

/** The same token again replaces its step. */
export async function begin(db: Executor, step: typeof signInSteps.$inferInsert, { at }: { at: Date }): Promise<void> {
  const over = db.select({ tokenHash: signInSteps.tokenHash }).from(signInSteps).where(lt(signInSteps.expiresAt, at)).limit(forgottenMax);
  await db.delete(signInSteps).where(inArray(signInSteps.tokenHash, over));
  const { tokenHash: target } = signInSteps;
  await db.insert(signInSteps).values(step).onConflictDoUpdate({ target, set: step });
}

interface Wanted {
  tokenHash: Buffer;
  kind: SignInStep["kind"];
  at: Date;
}

const thatHolds = ({ tokenHash, kind, at }: Wanted) => and(eq(signInSteps.tokenHash, tokenHash), eq(signInSteps.kind, kind), gt(signInSteps.expiresAt, at));

export async function find(db: Executor, wanted: Wanted): Promise<SignInStep | null> {
  const [row] = await db.select().from(signInSteps).where(thatHolds(wanted));
  return row ?? null;
}

/** Takes the step, once. */
export async function take(db: Executor, wanted: Wanted): Promise<SignInStep | null> {
  const [row] = await db.delete(signInSteps).where(thatHolds(wanted)).returning();
  return row ?? null;
}

/** All that somebody has begun: their password or factor is another one now. */
export async function forgetAllOf(tx: Tx, userId: string): Promise<void> {
  await tx.delete(signInSteps).where(eq(signInSteps.userId, userId));
}
