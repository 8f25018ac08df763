import { Refusal } from "@daybook/event";
import { imports, wake } from "@daybook/store";
import type { ImportRow, Tx } from "@daybook/store";
import { z } from "zod";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";
import { record } from "../record.ts";
import { defineChange } from "../verb.ts";
import { isInterrupted, noSuchImport } from "./history.ts";

/** Queue of the job that carries undos out. */
export const undoQueue = "importing.undo_imports";

/** Rows of one transaction: half a second with their keys and counts. */
const batchEventsMax = 5_000;
/** Batches of one undo in one run: five hundred million events. */
const batchesMax = 100_000;

/**
 * Asks for an import to be undone: its events go, and with them their keys and what they were counted in. Refused while something rests on them.
 * From here on the import takes no further batch; the job removes what there is and may be killed at any step.
 */
export const undoImport = defineChange({
  name: "imports.undo",
  needs: "imports:write",
  feature: "imports",
  records: "import_undo_requested",
  input: z.object({ importId: z.uuid() }),
  async run(tx, { viewer }, { importId }, platform) {
    const row = await imports.lock(tx, viewer.organizationId, importId);
    if (!row) throw noSuchImport();
    await demandUndoable(tx, row, platform);
    await imports.beginUndo(tx, viewer.organizationId, { id: importId, by: viewer.actor, firstSeq: row.firstSeq });
    await wake(tx, undoQueue);
    return {
      result: { events: row.created },
      event: { resource: importResource(row), operation_id: importId, metadata: { vendor: row.vendor, events: row.created } },
    };
  },
});

async function demandUndoable(tx: Tx, row: ImportRow, platform: Platform): Promise<void> {
  if (row.state === "undone") throw new Refusal("conflict", `The import of "${row.fileName}" is undone already.`);
  if (row.state === "undoing") throw new Refusal("conflict", `The import of "${row.fileName}" is being undone. Its count says how far that is.`);
  if (row.state === "running" && !isInterrupted(row, platform.now()))
    throw new Refusal("conflict", `The import of "${row.fileName}" is running. Undo it when it has ended.`);
  const slowest = await imports.slowestConsumer(tx, row.organizationId);
  if (row.created > 0 && slowest.cursorSeq < row.lastSeq)
    throw new Refusal("conflict", `The events of "${row.fileName}" are still being counted and checked for alerts. Try again in a minute.`);
  const dependents = await imports.dependentsOf(tx, row.organizationId, row);
  if (dependents.length === 0) return;
  const named = dependents.map(({ kind, name }) => `the ${kind} "${name}"`).join(", ");
  throw new Refusal("conflict", `The import of "${row.fileName}" cannot be undone, because its events are part of ${named}.`);
}

/** Carries out every undo that was asked for. Killed at any point, it goes on behind the last committed batch. */
export async function undoImports(platform: Platform, signal?: AbortSignal): Promise<void> {
  const troubled: unknown[] = [];
  for (const row of await imports.listUndoing(platform.store.platform)) {
    if (signal?.aborted) return;
    await carryOut(platform, row, signal).catch(async (error: unknown) => {
      // A database that is gone is everybody's trouble, and ends the run.
      await platform.store.ping();
      troubled.push(error);
    });
  }
  if (troubled.length > 0) throw new AggregateError(troubled, `the undo of ${troubled.length} imports waits`);
}

async function carryOut(platform: Platform, { organizationId, id }: ImportRow, signal: AbortSignal | undefined): Promise<void> {
  for (let batch = 0; batch < batchesMax; batch += 1) {
    if (signal?.aborted) return;
    const removed = await platform.store.transaction(organizationId, (tx) => imports.undoBatch(tx, organizationId, { id, limit: batchEventsMax }));
    if (removed === null) return;
    if (removed === 0) break;
  }
  await platform.store.transaction(organizationId, async (tx) => {
    const row = await imports.finishUndo(tx, organizationId, { id, at: platform.now() });
    if (!row) return;
    await record(platform, tx, asWhoAsked(row), {
      action: "import_undone",
      resource: importResource(row),
      operation_id: id,
      rows_affected: row.undoneEvents,
      metadata: { vendor: row.vendor, imported_at: row.startedAt.toISOString() },
      idempotency_key: `import_undone:${id}`,
    });
  });
}

/** The worker removes, but the person who asked is who undid it. */
const asWhoAsked = ({ organizationId, undoneBy }: ImportRow): Context => ({
  viewer: { kind: "daybook", organizationId, actor: undoneBy ?? { type: "system", id: "daybook", name: "Daybook" } },
  origin: "automation",
  request: {},
});

const importResource = ({ id, fileName }: ImportRow) => ({ type: "import", id, name: fileName });
