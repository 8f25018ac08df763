import { and, asc, eq, lt, or, sql as drizzleSql } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { passkeys } from "./schema/index.ts";

export type Passkey = typeof passkeys.$inferSelect;

/** False when the credential belongs to somebody already. */
export async function insert(tx: Tx, passkey: typeof passkeys.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(passkeys).values(passkey).onConflictDoNothing({ target: passkeys.credentialId }).returning({ id: passkeys.id });
  return rows.length > 0;
}

export const listOf = (db: Executor, userId: string): Promise<Passkey[]> =>
  db.select().from(passkeys).where(eq(passkeys.userId, userId)).orderBy(asc(passkeys.createdAt), asc(passkeys.id));

export async function findByCredential(db: Executor, credentialId: string): Promise<Passkey | null> {
  const [row] = await db.select().from(passkeys).where(eq(passkeys.credentialId, credentialId));
  return row ?? null;
}

/** Says that it was used. False when it was removed meanwhile, or when its counter does not go on: two that count as one are copies. */
export async function used(tx: Tx, id: string, { counter, at }: { counter: number; at: Date }): Promise<boolean> {
  const rows = await tx
    .update(passkeys)
    .set({ counter, lastUsedAt: at })
    .where(and(eq(passkeys.id, id), or(lt(passkeys.counter, counter), drizzleSql`(${passkeys.counter} = 0 and ${counter}::bigint = 0)`)))
    .returning({ id: passkeys.id });
  return rows.length > 0;
}

/** Null when the person has no such passkey. */
export async function remove(tx: Tx, { id, userId }: { id: string; userId: string }): Promise<Passkey | null> {
  const [row] = await tx
    .delete(passkeys)
    .where(and(eq(passkeys.id, id), eq(passkeys.userId, userId)))
    .returning();
  return row ?? null;
}
