import { vocabulary } from "@daybook/catalog";
import { frameUpload, importers, isLineByLine, mappingSchema, observePaths, recogniseImporter, suggestMapping } from "@daybook/connectors";
import type { Frame, Importer, Mapping } from "@daybook/connectors";
import { checkEventInput, prepareEvent } from "@daybook/event";
import type { Actor, Json, PreparedEvent, Redactor, Resource, Status } from "@daybook/event";
import { importMappings } from "@daybook/store";
import { z } from "zod";
import { redactorOf } from "../activity/redaction.ts";
import { newId } from "../context.ts";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";
import { defineRead } from "../verb.ts";
import { chooseImporter, importerOfRow } from "./choose-importer.ts";

/** The beginning of a file that is enough to see what is in it. */
export const previewCharsMax = 524_288;
/** Records that are shown as events. */
export const previewRecordsMax = 50;
/** Records that a suggestion looks at. */
const lookedAtMax = 500;
const pathsShownMax = 300;

export interface PreviewedEvent {
  line: number;
  occurred_at: string;
  action: string;
  actor: Actor;
  resource: Resource | null;
  status: Status;
  ip: string | null;
  description: string;
}

export interface ImportPreview {
  /** Which importer was used, and why; null when none reads these records and no mapping was given. */
  importer: { vendor: string; title: string; reason: "chosen" | "recognised" } | null;
  /** Of 100 records, how many the recognised importer reads. */
  recognisedPercent: number | null;
  /** Records that were looked at. */
  records: number;
  events: PreviewedEvent[];
  problems: { line: number; message: string }[];
  problemsTotal: number;
  /** A mapping to begin with, and the places that these records have. */
  suggestion: Mapping;
  paths: { path: string; samples: string[]; records: number }[];
}

/** The first records of a file as the log would show them. Stores nothing. */
export const previewImport = defineRead({
  name: "imports.preview",
  needs: "imports:write",
  feature: "imports",
  input: z.object({
    /** The beginning of the file. */
    head: z.string().max(previewCharsMax),
    /** False when the file goes on behind it: the last record is then cut off and not looked at. */
    whole: z.boolean(),
    vendor: z.string().max(200).nullish(),
    mapping: mappingSchema.nullish(),
  }),
  async run(platform, context, { head, whole, vendor, mapping }): Promise<ImportPreview> {
    const frames = headFrames(head, whole);
    const records = frames.flatMap((frame) => ("record" in frame ? [frame.record] : []));
    const { importer, reason, share } = await importerFor(platform, context, { records, vendor, mapping });
    const shown = importer
      ? showEvents(frames.slice(0, previewRecordsMax), importer, { platform, redactor: await redactorOf(platform, context.viewer.organizationId) })
      : null;
    const broken = frames.flatMap((frame) => ("problem" in frame ? [{ line: frame.line, message: frame.problem.message }] : []));
    return {
      importer: importer ? { vendor: importer.id, title: importer.title, reason } : null,
      recognisedPercent: share === null ? null : Math.round(share * 100),
      records: frames.length,
      events: shown?.events ?? [],
      problems: (shown?.problems ?? broken).slice(0, previewRecordsMax),
      problemsTotal: (shown?.problems ?? broken).length,
      suggestion: suggestMapping(records),
      paths: observePaths(records)
        .slice(0, pathsShownMax)
        .map(({ path, samples, records: seen }) => ({ path, samples, records: seen })),
    };
  },
});

/** The frames of a file's beginning; what is cut off at its end is no problem of the file. */
export function headFrames(head: string, whole: boolean): Frame[] {
  const text = whole || !isLineByLine(head) ? head : head.slice(0, head.lastIndexOf("\n") + 1);
  const frames: Frame[] = [];
  for (const frame of frameUpload(text, { isCut: !whole })) {
    if (frames.length === lookedAtMax) return frames;
    frames.push(frame);
  }
  if (!whole) while (frames.length > 1 && "problem" in (frames.at(-1) as Frame)) frames.pop();
  return frames;
}

/** The importer that was asked for, or the one that reads most of the records: the vendors' first, then the organization's mappings. */
export async function importerFor(
  { store }: Platform,
  { viewer }: Context,
  { records, vendor, mapping }: { records: readonly Json[]; vendor?: string | null | undefined; mapping?: Mapping | null | undefined },
): Promise<{ importer: Importer | null; reason: "chosen" | "recognised"; share: number | null }> {
  if (vendor || mapping) {
    const importer = await chooseImporter(store.of(viewer.organizationId), viewer.organizationId, { vendor: vendor || "mapping:unsaved", mapping });
    return { importer, reason: "chosen", share: null };
  }
  const mappings = (await importMappings.list(store.of(viewer.organizationId), viewer.organizationId)).map(importerOfRow);
  const found = recogniseImporter(records, importers) ?? recogniseImporter(records, mappings);
  return { importer: found?.importer ?? null, reason: "recognised", share: found?.share ?? null };
}

function showEvents(frames: readonly Frame[], importer: Importer, { platform, redactor }: { platform: Platform; redactor: Redactor }) {
  const events: PreviewedEvent[] = [];
  const problems: { line: number; message: string }[] = [];
  for (const [index, frame] of frames.entries()) {
    const read = "record" in frame ? importer.toEvents(frame.record, { index }) : frame.problem;
    if (!Array.isArray(read)) {
      problems.push({ line: frame.line, message: read.message });
      continue;
    }
    for (const { event } of read) {
      const prepared = prepareOne(event, importer, { platform, redactor });
      if ("problem" in prepared) problems.push({ line: frame.line, message: prepared.problem.message });
      else if (events.length < previewRecordsMax) events.push(rowOf(prepared.event, frame.line));
    }
  }
  return { events, problems };
}

function prepareOne(event: Parameters<typeof prepareEvent>[0], importer: Importer, { platform, redactor }: { platform: Platform; redactor: Redactor }) {
  const checked = checkEventInput(event);
  if ("problem" in checked) return checked;
  const arrival = {
    id: newId(platform),
    receivedAt: platform.now(),
    source: `import:${importer.id}`,
    tokenId: null,
    origin: null,
    actor: { type: "system" as const, name: importer.title },
  };
  return prepareEvent(checked.event, arrival, vocabulary, redactor);
}

const rowOf = (event: PreparedEvent, line: number): PreviewedEvent => ({
  line,
  occurred_at: event.occurred_at,
  action: event.action,
  actor: event.actor,
  resource: event.resource,
  status: event.status,
  ip: event.context.ip ?? null,
  description: event.description,
});

export interface ImporterView {
  vendor: string;
  title: string;
  hint: string | null;
  docsUrl: string;
}

/** Every importer that Daybook has, for the list of a person who knows better than the guess. */
export const listImporters = defineRead({
  name: "imports.importers",
  needs: "imports:read",
  feature: "imports",
  input: z.object({}).optional(),
  run: async (): Promise<ImporterView[]> =>
    (importers as readonly Importer[]).map(({ id, title, hint, docsUrl }) => ({ vendor: id, title, hint: hint ?? null, docsUrl })),
});
