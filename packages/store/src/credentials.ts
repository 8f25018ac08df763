import { and, eq } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { accounts, passkeys, users } from "./schema/index.ts";

const ofPassword = (userId: string) => and(eq(accounts.userId, userId), eq(accounts.providerId, "credential"));

/** The hash of somebody's password; null for who never had one. */
export async function passwordHashOf(db: Executor, userId: string): Promise<string | null> {
  const [row] = await db.select({ password: accounts.password }).from(accounts).where(ofPassword(userId));
  return row?.password ?? null;
}

/**
 * Holds a person until the end of the transaction, so that changes of how they sign in wait for each other. A row that only refers to them does not wait:
 * whoever writes that one may hold the head of a log for which the change waits at its end.
 */
export async function lockUser(tx: Tx, userId: string): Promise<void> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("no key update");
}

/** Sets the password, or gives one to who had none. */
export async function setPassword(tx: Tx, { userId, accountId, hash, at }: { userId: string; accountId: string; hash: string; at: Date }): Promise<void> {
  const changed = await tx.update(accounts).set({ password: hash, updatedAt: at }).where(ofPassword(userId)).returning({ id: accounts.id });
  if (changed.length === 0) await tx.insert(accounts).values({ id: accountId, userId, accountId: userId, providerId: "credential", password: hash });
}

/** Whether the person can still come in: by a password, by somebody who vouches for them, or by a passkey. */
export async function hasAny(db: Executor, userId: string): Promise<boolean> {
  const rows = await db.select({ password: accounts.password, provider: accounts.providerId }).from(accounts).where(eq(accounts.userId, userId));
  if (rows.some(({ password, provider }) => password !== null || provider !== "credential")) return true;
  const [other] = await db.select({ id: passkeys.id }).from(passkeys).where(eq(passkeys.userId, userId)).limit(1);
  return other !== undefined;
}

export async function setName(tx: Tx, userId: string, { name, at }: { name: string; at: Date }): Promise<void> {
  await tx.update(users).set({ name, updatedAt: at }).where(eq(users.id, userId));
}
