import { and, desc, eq, gt, lt, ne } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { sessions } from "./schema/index.ts";

export type SessionRow = typeof sessions.$inferSelect;
export type { SignInMethod } from "./schema/access.ts";

export async function insert(tx: Tx, session: typeof sessions.$inferInsert): Promise<void> {
  await tx.insert(sessions).values(session);
}

export async function find(db: Executor, id: string): Promise<SessionRow | null> {
  const [row] = await db.select().from(sessions).where(eq(sessions.id, id));
  return row ?? null;
}

/** Those that still hold, the last used first. */
export const listOf = (db: Executor, userId: string, { at, limit }: { at: Date; limit: number }): Promise<SessionRow[]> =>
  db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, at)))
    .orderBy(desc(sessions.updatedAt), desc(sessions.id))
    .limit(limit);

/** Ends one of somebody's sessions. Null when they have no such session. */
export async function end(tx: Tx, { id, userId }: { id: string; userId: string }): Promise<SessionRow | null> {
  const [row] = await tx
    .delete(sessions)
    .where(and(eq(sessions.id, id), eq(sessions.userId, userId)))
    .returning();
  return row ?? null;
}

/** Ends all of somebody's sessions, or all but one, and says how many still held. */
export async function endAll(tx: Tx, userId: string, { at, but }: { at: Date; but?: string }): Promise<number> {
  const rows = await tx
    .delete(sessions)
    .where(and(eq(sessions.userId, userId), but === undefined ? undefined : ne(sessions.id, but)))
    .returning({ expiresAt: sessions.expiresAt });
  return rows.filter(({ expiresAt }) => expiresAt > at).length;
}

/** Says that it was used. False when it has ended meanwhile. */
export async function touch(db: Executor, id: string, { at, expiresAt }: { at: Date; expiresAt: Date }): Promise<boolean> {
  const rows = await db.update(sessions).set({ updatedAt: at, expiresAt }).where(eq(sessions.id, id)).returning({ id: sessions.id });
  return rows.length > 0;
}

/** What ended by itself is of no use to anybody. */
export async function forgetExpired(tx: Tx, userId: string, { before }: { before: Date }): Promise<void> {
  await tx.delete(sessions).where(and(eq(sessions.userId, userId), lt(sessions.expiresAt, before)));
}
