import { and, count, desc, eq, gt, inArray, sql as drizzleSql } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { invitations } from "./schema/index.ts";

export type { InvitedTeam } from "./schema/invitations.ts";
export type Invitation = typeof invitations.$inferSelect;

export async function insert(tx: Tx, invitation: typeof invitations.$inferInsert): Promise<void> {
  await tx.insert(invitations).values(invitation);
}

/** The one look-up that has no organization to begin with: the hash of 256 random bits names it. */
export async function findByHash(db: Executor, tokenHash: Buffer): Promise<Invitation | null> {
  const [row] = await db.select().from(invitations).where(eq(invitations.tokenHash, tokenHash));
  return row ?? null;
}

export async function lock(tx: Tx, organizationId: string, id: string): Promise<Invitation | null> {
  const [row] = await tx
    .select()
    .from(invitations)
    .where(and(eq(invitations.organizationId, organizationId), eq(invitations.id, id)))
    .for("update");
  return row ?? null;
}

/** The open ones of these addresses, also those that expired unanswered. */
export const openOf = (db: Executor, organizationId: string, emails: readonly string[]): Promise<Invitation[]> =>
  db
    .select()
    .from(invitations)
    .where(and(eq(invitations.organizationId, organizationId), eq(invitations.state, "open"), inArray(invitations.email, [...emails])));

type Progress = Partial<Pick<Invitation, "state" | "settledAt" | "tokenHash" | "sentAt" | "expiresAt" | "linkShown" | "invitedBy" | "invitedByName">>;

export async function update(tx: Tx, organizationId: string, { id, ...values }: { id: string } & Progress): Promise<void> {
  await tx
    .update(invitations)
    .set(values)
    .where(and(eq(invitations.organizationId, organizationId), eq(invitations.id, id)));
}

/** How many wait for an answer, and how many links went out since a time. */
export async function pressure(db: Executor, organizationId: string, { now, since }: { now: Date; since: Date }): Promise<{ open: number; sent: number }> {
  const [waiting] = await db
    .select({ value: count() })
    .from(invitations)
    .where(and(eq(invitations.organizationId, organizationId), eq(invitations.state, "open"), gt(invitations.expiresAt, now)));
  const [sent] = await db
    .select({ value: count() })
    .from(invitations)
    .where(and(eq(invitations.organizationId, organizationId), gt(invitations.sentAt, since)));
  return { open: waiting?.value ?? 0, sent: sent?.value ?? 0 };
}

/** Those that wait before those that are settled, newest first. */
export const list = (db: Executor, organizationId: string, { limit }: { limit: number }): Promise<Invitation[]> =>
  db
    .select()
    .from(invitations)
    .where(eq(invitations.organizationId, organizationId))
    .orderBy(drizzleSql`${invitations.state} <> 'open'`, desc(invitations.createdAt), desc(invitations.id))
    .limit(limit);
