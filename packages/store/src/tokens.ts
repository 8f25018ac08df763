import { and, count, desc, eq, gt, isNull, or, sql as drizzleSql } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { members, serviceUsers, users, workspaceTokens } from "./schema/index.ts";

export type WorkspaceToken = typeof workspaceTokens.$inferSelect;

export async function insert(tx: Tx, token: typeof workspaceTokens.$inferInsert): Promise<void> {
  await tx.insert(workspaceTokens).values(token);
}

/** A token with the names of who holds it. */
export type ListedToken = WorkspaceToken & { serviceUserName: string | null; userName: string | null; userEmail: string | null };

/** One kind, newest first: what still works before what does not. Former secrets stand beside their tokens for as long as they work. */
export async function list(
  db: Executor,
  organizationId: string,
  { kind = "workspace", userId, serviceUserId, at = new Date(), limit }: ListRequest = { limit: 1_000 },
): Promise<ListedToken[]> {
  const works = and(isNull(workspaceTokens.revokedAt), or(isNull(workspaceTokens.expiresAt), gt(workspaceTokens.expiresAt, at)));
  const rows = await db
    .select({ token: workspaceTokens, serviceUserName: serviceUsers.name, userName: users.name, userEmail: users.email })
    .from(workspaceTokens)
    .leftJoin(serviceUsers, and(eq(serviceUsers.organizationId, workspaceTokens.organizationId), eq(serviceUsers.id, workspaceTokens.serviceUserId)))
    .leftJoin(users, eq(users.id, workspaceTokens.userId))
    .where(
      and(
        eq(workspaceTokens.organizationId, organizationId),
        eq(workspaceTokens.kind, kind),
        userId === undefined ? undefined : eq(workspaceTokens.userId, userId),
        serviceUserId === undefined ? undefined : eq(workspaceTokens.serviceUserId, serviceUserId),
        or(isNull(workspaceTokens.rotatedFrom), works),
      ),
    )
    .orderBy(desc(drizzleSql`${works}`), desc(workspaceTokens.createdAt), desc(workspaceTokens.id))
    .limit(limit);
  return rows.map(({ token, ...names }) => ({ ...token, ...names }));
}

interface ListRequest {
  kind?: WorkspaceToken["kind"];
  userId?: string;
  serviceUserId?: string;
  at?: Date;
  limit: number;
}

/** How many of a kind still work, former secrets aside. */
export async function countWorking(
  db: Executor,
  organizationId: string,
  { kind, userId, at }: Omit<ListRequest, "limit" | "at"> & { at: Date },
): Promise<number> {
  const [row] = await db
    .select({ working: count() })
    .from(workspaceTokens)
    .where(
      and(
        eq(workspaceTokens.organizationId, organizationId),
        kind === undefined ? undefined : eq(workspaceTokens.kind, kind),
        userId === undefined ? undefined : eq(workspaceTokens.userId, userId),
        isNull(workspaceTokens.rotatedFrom),
        isNull(workspaceTokens.revokedAt),
        or(isNull(workspaceTokens.expiresAt), gt(workspaceTokens.expiresAt, at)),
      ),
    );
  return row?.working ?? 0;
}

/** The one look-up that has no organization to begin with: the hash of 256 random bits names it. */
export async function findByHash(db: Executor, tokenHash: Buffer): Promise<WorkspaceToken | null> {
  const [row] = await db.select().from(workspaceTokens).where(eq(workspaceTokens.tokenHash, tokenHash));
  return row ?? null;
}

/** The token by its id, locked until the transaction ends. */
export async function lock(tx: Tx, organizationId: string, id: string): Promise<WorkspaceToken | null> {
  const [row] = await tx
    .select()
    .from(workspaceTokens)
    .where(and(eq(workspaceTokens.organizationId, organizationId), eq(workspaceTokens.id, id)))
    .for("update");
  return row ?? null;
}

/**
 * Locks a member until the transaction ends: two of their requests may not both find room for one more key, and nobody makes one while they are removed.
 * A row that only refers to the member, such as a view of theirs, does not wait: its writer may hold the head, for which this one waits.
 */
export async function lockActiveMember(tx: Tx, organizationId: string, userId: string): Promise<boolean> {
  const [row] = await tx
    .select({ status: members.status })
    .from(members)
    .where(and(eq(members.organizationId, organizationId), eq(members.userId, userId)))
    .for("no key update");
  return row?.status === "active";
}

/** How many former secrets of a token still work. */
export async function countFormer(db: Executor, organizationId: string, { tokenId, at }: { tokenId: string; at: Date }): Promise<number> {
  const [row] = await db
    .select({ working: count() })
    .from(workspaceTokens)
    .where(
      and(
        eq(workspaceTokens.organizationId, organizationId),
        eq(workspaceTokens.rotatedFrom, tokenId),
        isNull(workspaceTokens.revokedAt),
        gt(workspaceTokens.expiresAt, at),
      ),
    );
  return row?.working ?? 0;
}

type Changeable = Partial<Pick<WorkspaceToken, "name" | "allowedCidrs" | "prefix" | "tokenHash" | "expiresAt" | "rotatedAt" | "lastUsedAt" | "lastUsedIp">>;

export async function update(tx: Tx, organizationId: string, { id, ...values }: { id: string } & Changeable): Promise<void> {
  await tx
    .update(workspaceTokens)
    .set(values)
    .where(and(eq(workspaceTokens.organizationId, organizationId), eq(workspaceTokens.id, id)));
}

/** What its former secrets share with the token itself. */
export async function updateFormer(
  tx: Tx,
  organizationId: string,
  { tokenId, ...values }: { tokenId: string } & Pick<WorkspaceToken, "name" | "allowedCidrs">,
) {
  await tx
    .update(workspaceTokens)
    .set(values)
    .where(and(eq(workspaceTokens.organizationId, organizationId), eq(workspaceTokens.rotatedFrom, tokenId)));
}

/** A token with its former secrets, or one former secret by its own id. Returns those that were not revoked yet, as they were. */
export async function revoke(tx: Tx, organizationId: string, { id, at }: { id: string; at: Date }): Promise<WorkspaceToken[]> {
  return tx
    .update(workspaceTokens)
    .set({ revokedAt: at })
    .where(
      and(
        eq(workspaceTokens.organizationId, organizationId),
        or(eq(workspaceTokens.id, id), eq(workspaceTokens.rotatedFrom, id)),
        isNull(workspaceTokens.revokedAt),
      ),
    )
    .returning();
}

/** Ends all former secrets of a token, and leaves the token itself. */
export async function revokeFormer(tx: Tx, organizationId: string, { tokenId, at }: { tokenId: string; at: Date }): Promise<void> {
  await tx
    .update(workspaceTokens)
    .set({ revokedAt: at })
    .where(and(eq(workspaceTokens.organizationId, organizationId), eq(workspaceTokens.rotatedFrom, tokenId), isNull(workspaceTokens.revokedAt)));
}

/** Everything that one holder still has: a member's keys, or the tokens of a service user. Their former secrets go with them. */
export async function revokeAllOf(
  tx: Tx,
  organizationId: string,
  { at, ...holder }: { at: Date } & ({ userId: string } | { serviceUserId: string }),
): Promise<WorkspaceToken[]> {
  const rows = await tx
    .update(workspaceTokens)
    .set({ revokedAt: at })
    .where(
      and(
        eq(workspaceTokens.organizationId, organizationId),
        "userId" in holder ? eq(workspaceTokens.userId, holder.userId) : eq(workspaceTokens.serviceUserId, holder.serviceUserId),
        isNull(workspaceTokens.revokedAt),
      ),
    )
    .returning();
  return rows.filter(({ rotatedFrom }) => rotatedFrom === null).toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
}

export interface TokenUse {
  id: string;
  ip: string;
}

/** Coarse and in bulk: one statement for all tokens seen since the last time. */
export async function touch(db: Executor, { uses, at }: { uses: readonly TokenUse[]; at: Date }): Promise<void> {
  if (uses.length === 0) return;
  await db.execute(drizzleSql`
    update workspace_tokens t
    set last_used_at = greatest(t.last_used_at, ${at.toISOString()}::timestamptz), last_used_ip = u.ip
    from jsonb_to_recordset(${JSON.stringify(uses)}::jsonb) u (id uuid, ip text)
    where t.id = u.id`);
}
