import { imports } from "@daybook/store";
import type { ImportRow } from "@daybook/store";
import { Refusal } from "@daybook/event";
import { z } from "zod";
import { defineRead } from "../verb.ts";

const shownMax = 100;
/** A batch takes at most 15 seconds, after which the statement is cut; a row that beat no more for this long has lost its process. */
export const interruptedAfterMs = 60_000;

/** `interrupted`: the process that ran it is gone. The same file imported again adds what is missing. */
export type ImportViewState = ImportRow["state"] | "interrupted";

export interface ImportView {
  id: string;
  vendor: string;
  title: string;
  fileName: string;
  state: ImportViewState;
  error: string | null;
  records: number;
  created: number;
  duplicates: number;
  conflictsTotal: number;
  conflicts: { line: number; vendorId: string }[];
  problemsTotal: number;
  problems: { line: number; message: string }[];
  olderThanRetention: number;
  bytesRead: number;
  bytesTotal: number | null;
  startedBy: string;
  startedAt: string;
  finishedAt: string | null;
  undoneBy: string | null;
  undoneEvents: number;
  undoneAt: string | null;
}

export const listImports = defineRead({
  name: "imports.list",
  needs: "imports:read",
  feature: "imports",
  input: z.object({}).optional(),
  async run({ store, now }, { viewer }): Promise<ImportView[]> {
    return (await imports.list(store.of(viewer.organizationId), viewer.organizationId, { limit: shownMax })).map((row) => importView(row, now()));
  },
});

export const getImport = defineRead({
  name: "imports.get",
  needs: "imports:read",
  feature: "imports",
  input: z.object({ importId: z.uuid() }),
  async run({ store, now }, { viewer }, { importId }): Promise<ImportView> {
    const row = await imports.find(store.of(viewer.organizationId), viewer.organizationId, importId);
    if (!row) throw noSuchImport();
    return importView(row, now());
  },
});

export const noSuchImport = (): Refusal => new Refusal("not_found", "There is no such import in this organization.");

export const isInterrupted = ({ state, heartbeatAt }: ImportRow, now: Date): boolean =>
  state === "running" && now.getTime() - heartbeatAt.getTime() > interruptedAfterMs;

export function importView(row: ImportRow, now: Date): ImportView {
  const { id, vendor, title, fileName, state, error, records, created, duplicates, conflictsTotal, conflicts, problemsTotal, problems } = row;
  return {
    id,
    vendor,
    title,
    fileName,
    state: isInterrupted(row, now) ? "interrupted" : state,
    error,
    records,
    created,
    duplicates,
    conflictsTotal,
    conflicts,
    problemsTotal,
    problems,
    olderThanRetention: row.olderThanRetention,
    bytesRead: row.bytesRead,
    bytesTotal: row.bytesTotal,
    startedBy: nameOf(row.startedBy),
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    undoneBy: row.undoneBy ? nameOf(row.undoneBy) : null,
    undoneEvents: row.undoneEvents,
    undoneAt: row.undoneAt?.toISOString() ?? null,
  };
}

const nameOf = (actor: ImportRow["startedBy"]): string => actor.name ?? actor.email ?? actor.type;
