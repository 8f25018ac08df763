import { and, desc, eq, lte, sql as drizzleSql } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { headSeq, lockCursor, rollUpConsumer } from "./consumers.ts";
import { existing, operationsConsumer, refold } from "./operations.ts";
import { actionSightings, consumers, imports } from "./schema/index.ts";

export type ImportRow = typeof imports.$inferSelect;

/** False when the organization has an import of this id. */
export async function insert(tx: Tx, row: typeof imports.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(imports).values(row).onConflictDoNothing().returning({ id: imports.id });
  return rows.length > 0;
}

export async function find(db: Executor, organizationId: string, id: string): Promise<ImportRow | null> {
  const [row] = await db.select().from(imports).where(one(organizationId, id));
  return row ?? null;
}

/** For the length of the transaction: neither a batch nor an undo begins beside it. */
export async function lock(tx: Tx, organizationId: string, id: string): Promise<ImportRow | null> {
  const [row] = await tx.select().from(imports).where(one(organizationId, id)).for("update");
  return row ?? null;
}

/** Newest first. */
export const list = (db: Executor, organizationId: string, { limit }: { limit: number }): Promise<ImportRow[]> =>
  db.select().from(imports).where(eq(imports.organizationId, organizationId)).orderBy(desc(imports.startedAt), desc(imports.id)).limit(limit);

/** What an import is after a batch. False when it no longer runs: its transaction must then not commit. */
export async function progress(tx: Tx, organizationId: string, { id, ...values }: { id: string } & Partial<typeof imports.$inferInsert>): Promise<boolean> {
  const rows = await tx
    .update(imports)
    .set(values)
    .where(and(one(organizationId, id), eq(imports.state, "running")))
    .returning({ id: imports.id });
  return rows.length > 0;
}

/** The first number that an import's events can have. */
export const nextSeq = async (tx: Tx, organizationId: string): Promise<number> => (await headSeq(tx, organizationId)) + 1;

/** Begins an undo. Its end is the last number of the last batch: one that was not committed yet finds that the import no longer runs. */
export async function beginUndo(
  tx: Tx,
  organizationId: string,
  { id, by, firstSeq }: { id: string; by: ImportRow["undoneBy"]; firstSeq: number },
): Promise<void> {
  await tx.update(imports).set({ state: "undoing", undoneBy: by, undoFromSeq: firstSeq }).where(one(organizationId, id));
}

/** Imports of all organizations that are being undone. */
export const listUndoing = (db: Executor): Promise<ImportRow[]> =>
  db.select().from(imports).where(eq(imports.state, "undoing")).orderBy(imports.organizationId);

/** Removes one batch of the import's events. Null when it is not being undone. */
export async function undoBatch(tx: Tx, organizationId: string, { id, limit }: { id: string; limit: number }): Promise<number | null> {
  // What the batch is taken out of: those who add to it wait here, and so nobody saves what was read before.
  await lockCursor(tx, organizationId, rollUpConsumer);
  const foldedTo = await lockCursor(tx, organizationId, operationsConsumer);
  const operationIds = await operationsOfBatch(tx, organizationId, { id, limit });
  const [row] = await tx.execute<{ removed: string | null }>(
    drizzleSql`select undo_import_events(${organizationId}::uuid, ${id}::uuid, ${limit}::integer) as removed`,
  );
  if (row?.removed == null) return null;
  // Those that have no event left are gone already.
  await refold(tx, organizationId, { operationIds: await existing(tx, organizationId, operationIds), toSeq: foldedTo });
  return Number(row.removed);
}

/** The operations that events of the next batch of an undo belong to. */
async function operationsOfBatch(tx: Tx, organizationId: string, { id, limit }: { id: string; limit: number }): Promise<string[]> {
  const row = await lock(tx, organizationId, id);
  if (row?.state !== "undoing") return [];
  const rows = await tx.execute<{ operation_id: string }>(drizzleSql`
    select distinct operation_id
    from (
      select operation_id
      from organization_events
      where organization_id = ${organizationId}::uuid
        and seq >= ${row.undoFromSeq ?? row.firstSeq}::bigint and seq <= ${row.lastSeq}::bigint and import_id = ${id}::uuid
      order by seq
      limit ${limit}
    ) batch
    where operation_id is not null`);
  return rows.map(({ operation_id }) => operation_id);
}

/** Closes an undo; null when somebody else did. */
export async function finishUndo(tx: Tx, organizationId: string, { id, at }: { id: string; at: Date }): Promise<ImportRow | null> {
  const [row] = await tx
    .update(imports)
    .set({ state: "undone", undoneAt: at })
    .where(and(one(organizationId, id), eq(imports.state, "undoing")))
    .returning();
  // An action that nothing but this import brought was never seen.
  if (row) await tx.delete(actionSightings).where(and(eq(actionSightings.organizationId, organizationId), lte(actionSightings.events, 0)));
  return row ?? null;
}

/** The slowest of those that follow the log, among the organization's; 0 where the roll-up has not begun. */
export async function slowestConsumer(tx: Tx, organizationId: string): Promise<{ name: string; cursorSeq: number }> {
  const rolledUp = await lockCursor(tx, organizationId, rollUpConsumer);
  const rows = await tx
    .select({ name: consumers.name, cursorSeq: consumers.cursorSeq })
    .from(consumers)
    .where(eq(consumers.organizationId, organizationId))
    .for("update");
  return rows.reduce((slowest, row) => (row.cursorSeq < slowest.cursorSeq ? row : slowest), { name: rollUpConsumer, cursorSeq: rolledUp });
}

/** Something that would be wrong without the import's events. */
export interface Dependent {
  kind: "incident" | "report";
  id: string;
  name: string;
}

const dependentsMax = 5;

/**
 * What rests on an import's events, the first of each kind. Here, and only here, belongs whatever else comes to rest on events: what it names keeps
 * them from being undone.
 */
export async function dependentsOf(
  tx: Tx,
  organizationId: string,
  { id, firstSeq, startedAt }: Pick<ImportRow, "id" | "firstSeq" | "startedAt">,
): Promise<Dependent[]> {
  const incidents = await tx.execute<{ id: string; name: string }>(drizzleSql`
    select incidents.id, incidents.title as name
    from incidents
    where incidents.organization_id = ${organizationId}::uuid
      and incidents.last_seq >= ${firstSeq}::bigint
      and (
        exists (
          select from organization_events
          where organization_events.organization_id = incidents.organization_id
            and organization_events.seq in (incidents.first_seq, incidents.last_seq)
            and organization_events.import_id = ${id}::uuid)
        or exists (
          select from organization_events
          where organization_events.organization_id = incidents.organization_id
            and organization_events.id = any (incidents.event_ids)
            and organization_events.import_id = ${id}::uuid))
    order by incidents.opened_at
    limit ${dependentsMax}`);
  const reports = await tx.execute<{ id: string; name: string }>(drizzleSql`
    select runs.id, schedules.name || ', sent on ' || to_char(runs.created_at at time zone 'UTC', 'YYYY-MM-DD') as name
    from report_runs runs
    join report_schedules schedules on schedules.organization_id = runs.organization_id and schedules.id = runs.schedule_id
    where runs.organization_id = ${organizationId}::uuid
      and runs.created_at >= ${startedAt.toISOString()}::timestamptz
      and exists (
        select from organization_events
        where organization_events.organization_id = runs.organization_id
          and organization_events.occurred_at >= runs.period_from
          and organization_events.occurred_at < runs.period_to
          and organization_events.import_id = ${id}::uuid)
    order by runs.created_at
    limit ${dependentsMax}`);
  return [
    ...incidents.map(({ id: incidentId, name }): Dependent => ({ kind: "incident", id: incidentId, name })),
    ...reports.map(({ id: runId, name }): Dependent => ({ kind: "report", id: runId, name })),
  ];
}

const one = (organizationId: string, id: string) => and(eq(imports.organizationId, organizationId), eq(imports.id, id));
