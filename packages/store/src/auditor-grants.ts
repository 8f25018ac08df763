import { and, asc, desc, eq, gt, inArray, isNull, lte, or, sql as drizzleSql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Actor } from "@daybook/event";
import type { Executor, Tx } from "./connect.ts";
import { auditorGrants, users } from "./schema/index.ts";

export type AuditorGrantRow = typeof auditorGrants.$inferSelect;
export interface ListedAuditorGrant {
  grant: AuditorGrantRow;
  auditor: GrantedAuditor;
}

/** Without an id where they are invited and have not come yet: then only their address is known. */
export interface GrantedAuditor {
  id: string | null;
  name: string;
  email: string;
}

const listed = { grant: auditorGrants, id: users.id, name: users.name, email: users.email };
type Found = { grant: AuditorGrantRow; id: string | null; name: string | null; email: string | null };

function listedGrant({ grant, id, name, email }: Found): ListedAuditorGrant {
  const address = email ?? grant.pendingEmail ?? "";
  return { grant, auditor: { id, name: name ?? address, email: address } };
}

export async function insert(tx: Tx, grant: typeof auditorGrants.$inferInsert): Promise<void> {
  await tx.insert(auditorGrants).values(grant);
}

export async function lock(tx: Tx, organizationId: string, id: string): Promise<ListedAuditorGrant | null> {
  const [row] = await tx
    .select(listed)
    .from(auditorGrants)
    .leftJoin(users, eq(users.id, auditorGrants.userId))
    .where(and(eq(auditorGrants.organizationId, organizationId), eq(auditorGrants.id, id)))
    .for("update", { of: auditorGrants });
  return row ? listedGrant(row) : null;
}

type Progress = Partial<Pick<AuditorGrantRow, "expiresAt" | "endedAt" | "endedBy" | "acceptedAt">>;

export async function update(tx: Tx, organizationId: string, { id, ...values }: { id: string } & Progress): Promise<void> {
  await tx
    .update(auditorGrants)
    .set(values)
    .where(and(eq(auditorGrants.organizationId, organizationId), eq(auditorGrants.id, id)));
}

const isOver = (at: Date): SQL | undefined => or(lte(auditorGrants.expiresAt, at), drizzleSql`${auditorGrants.endedAt} is not null`);

/** Newest first: those that last, or those that are over. */
export async function list(
  db: Executor,
  organizationId: string,
  { at, over, limit }: { at: Date; over: boolean; limit: number },
): Promise<ListedAuditorGrant[]> {
  const rows = await db
    .select(listed)
    .from(auditorGrants)
    .leftJoin(users, eq(users.id, auditorGrants.userId))
    .where(and(eq(auditorGrants.organizationId, organizationId), over ? isOver(at) : lasting(at)))
    .orderBy(desc(auditorGrants.createdAt), desc(auditorGrants.id))
    .limit(limit);
  return rows.map(listedGrant);
}

const lasting = (at: Date): SQL | undefined => and(isNull(auditorGrants.endedAt), gt(auditorGrants.expiresAt, at));

/** Whose a grant is: a user's, or an address's that nobody has here yet. */
export type GrantHolder = { userId: string } | { pendingEmail: string };

const lastingOf = (organizationId: string, { at, ...holder }: GrantHolder & { at: Date }): SQL | undefined =>
  and(
    eq(auditorGrants.organizationId, organizationId),
    "userId" in holder ? eq(auditorGrants.userId, holder.userId) : eq(auditorGrants.pendingEmail, holder.pendingEmail),
    lasting(at),
  );

/** What was granted to somebody and lasts, also what they have yet to accept the terms of. */
export const heldBy = (db: Executor, organizationId: string, asked: GrantHolder & { at: Date }): Promise<AuditorGrantRow[]> =>
  db.select().from(auditorGrants).where(lastingOf(organizationId, asked)).orderBy(desc(auditorGrants.createdAt), desc(auditorGrants.id));

/** Several at once are held in one order, so that nobody who reads through them waits in a circle with somebody else. */
async function holdInOrder(tx: Tx, where: SQL | undefined): Promise<void> {
  await tx.select({ id: auditorGrants.id }).from(auditorGrants).where(where).orderBy(asc(auditorGrants.id)).for("update");
}

/** Ends what lasts of it, and tells what that was. */
export async function endAll(tx: Tx, organizationId: string, { by, ...asked }: GrantHolder & { at: Date; by: Actor }): Promise<AuditorGrantRow[]> {
  const where = lastingOf(organizationId, asked);
  await holdInOrder(tx, where);
  return tx.update(auditorGrants).set({ endedAt: asked.at, endedBy: by }).where(where).returning();
}

/** Makes what waits for an address, and lasts, its member's. */
export const adopt = (tx: Tx, organizationId: string, { email, userId, at }: { email: string; userId: string; at: Date }): Promise<AuditorGrantRow[]> =>
  tx
    .update(auditorGrants)
    .set({ userId, pendingEmail: null })
    .where(lastingOf(organizationId, { pendingEmail: email, at }))
    .returning();

/** One answer that came through these grants. */
export async function countRead(tx: Tx, organizationId: string, { ids, at }: { ids: readonly string[]; at: Date }): Promise<void> {
  const where = and(eq(auditorGrants.organizationId, organizationId), inArray(auditorGrants.id, [...ids]));
  if (ids.length > 1) await holdInOrder(tx, where);
  await tx
    .update(auditorGrants)
    .set({ reads: drizzleSql`${auditorGrants.reads} + 1`, lastReadAt: at })
    .where(where);
}
