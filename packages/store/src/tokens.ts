import { and, desc, eq, inArray, isNull, sql as drizzleSql } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { workspaceTokens } from "./schema/index.ts";

export type WorkspaceToken = typeof workspaceTokens.$inferSelect;

export async function insert(tx: Tx, token: typeof workspaceTokens.$inferInsert): Promise<void> {
  await tx.insert(workspaceTokens).values(token);
}

export const list = (db: Executor, organizationId: string): Promise<WorkspaceToken[]> =>
  db.select().from(workspaceTokens).where(eq(workspaceTokens.organizationId, organizationId)).orderBy(desc(workspaceTokens.createdAt));

/** The one look-up that has no organization to begin with: the hash of 256 random bits names it. */
export async function findByHash(db: Executor, tokenHash: Buffer): Promise<WorkspaceToken | null> {
  const [row] = await db.select().from(workspaceTokens).where(eq(workspaceTokens.tokenHash, tokenHash));
  return row ?? null;
}

/** Returns the token as it was, or null when there is no such token that still works. */
export async function revoke(tx: Tx, organizationId: string, { id, at }: { id: string; at: Date }): Promise<WorkspaceToken | null> {
  const [row] = await tx
    .update(workspaceTokens)
    .set({ revokedAt: at })
    .where(and(eq(workspaceTokens.organizationId, organizationId), eq(workspaceTokens.id, id), isNull(workspaceTokens.revokedAt)))
    .returning();
  return row ?? null;
}

/** Coarse and in bulk: one statement for all tokens seen since the last time. */
export async function touch(db: Executor, { ids, at }: { ids: string[]; at: Date }): Promise<void> {
  if (ids.length === 0) return;
  await db
    .update(workspaceTokens)
    .set({ lastUsedAt: drizzleSql`greatest(${workspaceTokens.lastUsedAt}, ${at.toISOString()}::timestamptz)` })
    .where(inArray(workspaceTokens.id, ids));
}
