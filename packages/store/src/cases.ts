import { and, asc, desc, eq, lt, max, or, sql as drizzleSql } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import * as heads from "./heads.ts";
import { caseNotes, casePins, cases } from "./schema/index.ts";

export type Case = typeof cases.$inferSelect;
export type CasePin = typeof casePins.$inferSelect;
export type CaseNote = typeof caseNotes.$inferSelect;

const one = (organizationId: string, id: string) => and(eq(cases.organizationId, organizationId), eq(cases.id, id));
const pinsOf = (organizationId: string, caseId: string) => and(eq(casePins.organizationId, organizationId), eq(casePins.caseId, caseId));
const notesOf = (organizationId: string, caseId: string) => and(eq(caseNotes.organizationId, organizationId), eq(caseNotes.caseId, caseId));

/** The next number of an organization's cases. Whoever else opens a case waits until this transaction ends, on the row that its event needs anyway. */
export async function takeNumber(tx: Tx, organizationId: string): Promise<number> {
  await heads.lock(tx, organizationId);
  const [row] = await tx
    .select({ last: max(cases.number) })
    .from(cases)
    .where(eq(cases.organizationId, organizationId));
  return (row?.last ?? 0) + 1;
}

export async function insert(tx: Tx, row: Case): Promise<void> {
  await tx.insert(cases).values(row);
}

export async function find(db: Executor, organizationId: string, ref: { id: string } | { number: number }): Promise<Case | null> {
  const [row] = await db
    .select()
    .from(cases)
    .where("id" in ref ? one(organizationId, ref.id) : and(eq(cases.organizationId, organizationId), eq(cases.number, ref.number)));
  return row ?? null;
}

/** For the length of the transaction: all changes of one case, its pins and its notes come one after the other. */
export async function lock(tx: Tx, organizationId: string, id: string): Promise<Case | null> {
  const [row] = await tx.select().from(cases).where(one(organizationId, id)).for("update");
  return row ?? null;
}

export async function update(tx: Tx, organizationId: string, { id, ...values }: Pick<Case, "id"> & Partial<Case>): Promise<void> {
  await tx.update(cases).set(values).where(one(organizationId, id));
}

export interface ListedCase extends Case {
  pins: number;
  notes: number;
}

interface CasePage {
  state?: Case["state"] | undefined;
  /** Only this member's. */
  ownerId?: string | undefined;
  /** Part of the title in any case, or the number. */
  containing: string;
  /** Goes on behind this number. */
  before: number | null;
  limit: number;
}

/** Newest first. */
export async function list(db: Executor, organizationId: string, { state, ownerId, containing, before, limit }: CasePage): Promise<ListedCase[]> {
  const rows = await db
    .select({
      found: cases,
      pins: drizzleSql<number>`(
        select count(*)::int from ${casePins} p where p.organization_id = ${cases}.organization_id and p.case_id = ${cases}.id)`,
      notes: drizzleSql<number>`(
        select count(*)::int from ${caseNotes} n where n.organization_id = ${cases}.organization_id and n.case_id = ${cases}.id)`,
    })
    .from(cases)
    .where(
      and(
        eq(cases.organizationId, organizationId),
        state === undefined ? undefined : eq(cases.state, state),
        ownerId === undefined ? undefined : eq(cases.ownerId, ownerId),
        before === null ? undefined : lt(cases.number, before),
        containing === ""
          ? undefined
          : or(drizzleSql`strpos(lower(${cases.title}), lower(${containing}::text)) > 0`, drizzleSql`${cases.number}::text = ${containing}::text`),
      ),
    )
    .orderBy(desc(cases.number))
    .limit(limit);
  return rows.map(({ found, pins, notes }) => ({ ...found, pins, notes }));
}

export const pins = (db: Executor, organizationId: string, caseId: string): Promise<CasePin[]> =>
  db.select().from(casePins).where(pinsOf(organizationId, caseId)).orderBy(asc(casePins.pinnedAt), asc(casePins.eventId));

/** Those of the events that were not pinned before. */
export async function pin(tx: Tx, rows: readonly CasePin[]): Promise<string[]> {
  const added = await tx
    .insert(casePins)
    .values([...rows])
    .onConflictDoNothing()
    .returning({ eventId: casePins.eventId });
  return added.map(({ eventId }) => eventId);
}

export async function findPin(tx: Tx, organizationId: string, { caseId, eventId }: { caseId: string; eventId: string }): Promise<CasePin | null> {
  const [row] = await tx
    .select()
    .from(casePins)
    .where(and(pinsOf(organizationId, caseId), eq(casePins.eventId, eventId)));
  return row ?? null;
}

export async function setPinNote(tx: Tx, organizationId: string, { caseId, eventId, note }: Pick<CasePin, "caseId" | "eventId" | "note">): Promise<void> {
  await tx
    .update(casePins)
    .set({ note })
    .where(and(pinsOf(organizationId, caseId), eq(casePins.eventId, eventId)));
}

/** What it was, or null where the event was not pinned. */
export async function unpin(tx: Tx, organizationId: string, { caseId, eventId }: { caseId: string; eventId: string }): Promise<CasePin | null> {
  const [row] = await tx
    .delete(casePins)
    .where(and(pinsOf(organizationId, caseId), eq(casePins.eventId, eventId)))
    .returning();
  return row ?? null;
}

export const countPins = (db: Executor, organizationId: string, caseId: string): Promise<number> => db.$count(casePins, pinsOf(organizationId, caseId));

export const notes = (db: Executor, organizationId: string, caseId: string): Promise<CaseNote[]> =>
  db.select().from(caseNotes).where(notesOf(organizationId, caseId)).orderBy(asc(caseNotes.at), asc(caseNotes.id));

export async function findNote(tx: Tx, organizationId: string, { caseId, id }: { caseId: string; id: string }): Promise<CaseNote | null> {
  const [row] = await tx
    .select()
    .from(caseNotes)
    .where(and(notesOf(organizationId, caseId), eq(caseNotes.id, id)));
  return row ?? null;
}

export async function insertNote(tx: Tx, row: CaseNote): Promise<void> {
  await tx.insert(caseNotes).values(row);
}

export async function updateNote(
  tx: Tx,
  organizationId: string,
  { caseId, id, ...values }: Pick<CaseNote, "caseId" | "id"> & Partial<CaseNote>,
): Promise<void> {
  await tx
    .update(caseNotes)
    .set(values)
    .where(and(notesOf(organizationId, caseId), eq(caseNotes.id, id)));
}

export async function removeNote(tx: Tx, organizationId: string, { caseId, id }: { caseId: string; id: string }): Promise<void> {
  await tx.delete(caseNotes).where(and(notesOf(organizationId, caseId), eq(caseNotes.id, id)));
}

export const countNotes = (db: Executor, organizationId: string, caseId: string): Promise<number> => db.$count(caseNotes, notesOf(organizationId, caseId));
