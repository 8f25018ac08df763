import { and, asc, desc, eq, inArray, lte } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { mails } from "./schema/index.ts";

export type { MailAbout, MailReceipt } from "./schema/alerting.ts";
export type Mail = typeof mails.$inferSelect;

export async function insert(tx: Tx, mail: typeof mails.$inferInsert): Promise<void> {
  await tx.insert(mails).values(mail);
}

/** Organizations that have mail to deliver. The one look-up here that crosses them; its index holds nothing but waiting mails. */
export async function organizationsDue(db: Executor, { at, limit }: { at: Date; limit: number }): Promise<string[]> {
  const rows = await db
    .selectDistinct({ organizationId: mails.organizationId })
    .from(mails)
    .where(and(eq(mails.state, "queued"), lte(mails.nextAttemptAt, at)))
    .limit(limit);
  return rows.map(({ organizationId }) => organizationId);
}

/** The mail that waited longest, for the length of the transaction; one that another worker holds is passed over. */
export async function takeDue(tx: Tx, organizationId: string, { at }: { at: Date }): Promise<Mail | null> {
  const [row] = await tx
    .select()
    .from(mails)
    .where(and(eq(mails.organizationId, organizationId), eq(mails.state, "queued"), lte(mails.nextAttemptAt, at)))
    .orderBy(asc(mails.nextAttemptAt), asc(mails.id))
    .limit(1)
    .for("update", { skipLocked: true });
  return row ?? null;
}

export async function lock(tx: Tx, organizationId: string, id: string): Promise<Mail | null> {
  const [row] = await tx
    .select()
    .from(mails)
    .where(and(eq(mails.organizationId, organizationId), eq(mails.id, id)))
    .for("update");
  return row ?? null;
}

type Progress = Partial<Pick<Mail, "state" | "attempts" | "nextAttemptAt" | "error" | "receipts" | "sentAt" | "secretLink">>;

export async function update(tx: Tx, organizationId: string, { id, ...values }: { id: string } & Progress): Promise<void> {
  await tx
    .update(mails)
    .set(values)
    .where(and(eq(mails.organizationId, organizationId), eq(mails.id, id)));
}

export type ListedMail = Pick<Mail, "id" | "recipients" | "subject" | "state" | "createdAt" | "sentAt" | "kind" | "error">;

/** Newest first, without the bodies. */
export const list = (db: Executor, organizationId: string, { limit }: { limit: number }): Promise<ListedMail[]> =>
  db
    .select({
      id: mails.id,
      recipients: mails.recipients,
      subject: mails.subject,
      state: mails.state,
      createdAt: mails.createdAt,
      sentAt: mails.sentAt,
      kind: mails.kind,
      error: mails.error,
    })
    .from(mails)
    .where(eq(mails.organizationId, organizationId))
    .orderBy(desc(mails.createdAt), desc(mails.id))
    .limit(limit);

export async function find(db: Executor, organizationId: string, id: string): Promise<Mail | null> {
  const [row] = await db
    .select()
    .from(mails)
    .where(and(eq(mails.organizationId, organizationId), eq(mails.id, id)));
  return row ?? null;
}

export type MailProgress = Pick<Mail, "subjectId" | "id" | "recipients" | "state" | "receipts" | "createdAt" | "sentAt">;

/** The mails that tell of these things: incidents, runs of a report. */
export async function about(db: Executor, organizationId: string, resourceIds: readonly string[]): Promise<MailProgress[]> {
  if (resourceIds.length === 0) return [];
  return db
    .select({
      subjectId: mails.subjectId,
      id: mails.id,
      recipients: mails.recipients,
      state: mails.state,
      receipts: mails.receipts,
      createdAt: mails.createdAt,
      sentAt: mails.sentAt,
    })
    .from(mails)
    .where(and(eq(mails.organizationId, organizationId), inArray(mails.subjectId, [...resourceIds])))
    .orderBy(asc(mails.createdAt), asc(mails.id));
}
