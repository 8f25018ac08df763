import { setImmediate as nextTurn } from "node:timers/promises";
import { frameLine, frameUpload, importConflictKey } from "@daybook/connectors";
import type { Frame, Importer, Mapping } from "@daybook/connectors";
import { identifierLengthMax, Refusal } from "@daybook/event";
import { imports, isConnectionError, organizations } from "@daybook/store";
import type { AppendOutcome, Tx } from "@daybook/store";
import { redactorOf } from "../activity/redaction.ts";
import { newId } from "../context.ts";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";
import { record } from "../record.ts";
import { demand } from "../verb.ts";
import { chooseImporter } from "./choose-importer.ts";
import { BatchReader, listedMax } from "./read-batches.ts";
import type { Batch, Draft } from "./read-batches.ts";

export interface Import {
  /** Chosen by whoever wants to watch it; a new one otherwise. */
  id?: string | undefined;
  /** Id of an importer (`github`), or `mapping:<slug>` for one that a person made. */
  vendor: string;
  /** The mapping itself, when it is not saved. */
  mapping?: Mapping | undefined;
  /** As the person knows it; the event of the import names it. */
  fileName: string;
  /** The whole text in any container, or NDJSON line by line for files that are too large to hold. */
  text: string | AsyncIterable<string>;
  /** How far the file is read, for those who watch. */
  bytes?: { total: number | null; read: () => number } | undefined;
}

export interface ImportResult {
  importId: string;
  /** Records read, whatever became of them. */
  records: number;
  created: number;
  duplicates: number;
  /** Records whose vendor id stood for other content already: kept as events of their own and counted in `created`. The first ones by line. */
  conflicts: { line: number; vendorId: string }[];
  conflictsTotal: number;
  /** What did not come in, and why: the first ones by line. */
  problems: { line: number; message: string }[];
  problemsTotal: number;
  /** How many of the problems are events older than the organization keeps any. */
  olderThanRetention: number;
}

const dayMs = 86_400_000;
/** Records between two turns of the event loop: some 3 ms, so that the batch before is sent and answered while this one is read. */
const recordsPerTurn = 32;

/**
 * Reads another product's audit log into this one. Every record keeps its own time and its original text; the vendor's id, or the record's content
 * where there is none, is its idempotency key, so that importing again adds nothing and an import that broke off is simply started again.
 */
export async function importRecords(
  platform: Platform,
  context: Context,
  from: Import,
  onProgress: (soFar: ImportResult) => void = () => {},
): Promise<ImportResult> {
  await demand(platform, context, { name: "imports.start", needs: "imports:write", feature: "imports" });
  const { organizationId } = context.viewer;
  const importer = await chooseImporter(platform.store.of(organizationId), organizationId, from);
  const oldest = await oldestKept(platform, context);
  const importId = await begin(platform, context, from, importer);
  const redactor = await redactorOf(platform, organizationId);
  const reader = new BatchReader(platform, context, { importId, importer, redactor, oldest });
  const writer = new BatchWriter(platform, context, importer, emptyResult(importId), from.bytes);
  try {
    await readAll(from.text, reader, async (batch) => {
      await writer.store(batch);
      reader.redactWith(await redactorOf(platform, organizationId));
      onProgress(writer.result);
    });
    while (!reader.isEmpty()) await writer.store(reader.cut());
    await finish(platform, context, { from, result: writer.result, importer, failure: null });
  } catch (error) {
    await fail(platform, context, { from, result: writer.result, importer, failure: error });
    throw error;
  }
  onProgress(writer.result);
  return writer.result;
}

/** Reads the next batch while the one before is being stored; one is on its way at a time, because each may hold a key of the one before. */
async function readAll(text: Import["text"], reader: BatchReader, store: (batch: Batch) => Promise<void>): Promise<void> {
  let storing: Promise<void> = Promise.resolve();
  let records = 0;
  try {
    for await (const frame of framesOf(text)) {
      records += 1;
      if (records % recordsPerTurn === 0) await nextTurn();
      if (!reader.take(frame)) continue;
      while (reader.isFull()) {
        await storing;
        storing = store(reader.cut());
        // Somebody awaits it in the next round; until then a failure must not count as unhandled.
        storing.catch(() => undefined);
      }
    }
  } finally {
    await storing;
  }
}

async function* framesOf(text: Import["text"]): AsyncGenerator<Frame> {
  if (typeof text === "string") return yield* frameUpload(text);
  let line = 0;
  for await (const each of text) yield* frameLine(each, (line += 1));
}

async function oldestKept({ store, now }: Platform, { viewer }: Context): Promise<Date | null> {
  const organization = await organizations.find(store.of(viewer.organizationId), viewer.organizationId);
  if (!organization) throw new Refusal("not_found", "There is no such organization.");
  return organization.retentionDays === null ? null : new Date(now().getTime() - organization.retentionDays * dayMs);
}

async function begin(platform: Platform, { viewer }: Context, from: Import, importer: Importer): Promise<string> {
  const id = from.id ?? newId(platform);
  const now = platform.now();
  const inserted = await platform.store.transaction(viewer.organizationId, async (tx) => {
    const firstSeq = await imports.nextSeq(tx, viewer.organizationId);
    return imports.insert(tx, {
      organizationId: viewer.organizationId,
      id,
      vendor: importer.id,
      title: importer.title,
      fileName: nameOf(from.fileName) || importer.id,
      state: "running",
      bytesTotal: from.bytes?.total ?? null,
      firstSeq,
      lastSeq: firstSeq - 1,
      startedBy: viewer.actor,
      startedAt: now,
      heartbeatAt: now,
    });
  });
  if (!inserted) throw new Refusal("conflict", "There is an import of this id already. Start the import again.");
  return id;
}

/** Stores batches one after another and keeps the tally. Events, counts and place are one transaction, so they agree wherever the process ends. */
class BatchWriter {
  result: ImportResult;
  private readonly platform: Platform;
  private readonly context: Context;
  private readonly importer: Importer;
  private readonly bytes: Import["bytes"];
  private readonly months = new Set<string>();

  constructor(platform: Platform, context: Context, importer: Importer, result: ImportResult, bytes: Import["bytes"]) {
    this.platform = platform;
    this.context = context;
    this.importer = importer;
    this.result = result;
    this.bytes = bytes;
  }

  async store(batch: Batch): Promise<void> {
    const { organizationId } = this.context.viewer;
    await this.ensureMonths(batch.drafts);
    const next: ImportResult = {
      ...this.result,
      records: this.result.records + batch.records,
      problems: [...this.result.problems, ...batch.problems].slice(0, listedMax),
      problemsTotal: this.result.problemsTotal + batch.problemsTotal,
      olderThanRetention: this.result.olderThanRetention + batch.olderThanRetention,
      conflicts: [...this.result.conflicts],
    };
    await this.platform.store.transaction(organizationId, async (tx) => {
      const lastSeq = await this.append(tx, batch.drafts, next);
      // Those that had to wait for a later batch come in their turn, but are told in the order of the file.
      next.conflicts.sort((a, b) => a.line - b.line);
      const { importId: id, ...counts } = next;
      const running = await imports.progress(tx, organizationId, {
        id,
        ...counts,
        ...(lastSeq > 0 && { lastSeq }),
        ...(this.bytes && { bytesRead: this.bytes.read() }),
        heartbeatAt: this.platform.now(),
      });
      if (!running) throw new Refusal("conflict", "The import was undone while it was running.");
    });
    this.result = next;
  }

  /** Appends and tallies; the newest number given out, 0 when nothing was new. */
  private async append(tx: Tx, drafts: readonly Draft[], tally: ImportResult): Promise<number> {
    if (drafts.length === 0) return 0;
    const outcomes = await this.appendIn(tx, drafts);
    const taken: (Draft & { vendorId: string })[] = [];
    for (const [at, draft] of drafts.entries()) {
      const status = outcomes[at]?.status;
      if (status === "created") tally.created += 1;
      else if (status === "conflict" && draft.vendorId !== null) taken.push({ ...draft, vendorId: draft.vendorId });
      else tally.duplicates += 1;
    }
    const beside = taken.length > 0 ? await this.appendBeside(tx, taken, tally) : [];
    return [...outcomes, ...beside].reduce((last, outcome) => (outcome.status === "created" ? Math.max(last, outcome.seq) : last), 0);
  }

  /** Vendors do give one id to two records; the second is kept under its id and content together, and told. */
  private async appendBeside(tx: Tx, drafts: readonly (Draft & { vendorId: string })[], tally: ImportResult): Promise<AppendOutcome[]> {
    const outcomes = await this.appendIn(
      tx,
      drafts.map((draft) => ({ ...draft, event: { ...draft.event, idempotency_key: importConflictKey({ importer: this.importer.id, ...draft }) } })),
    );
    for (const [at, { line, vendorId }] of drafts.entries()) {
      if (outcomes[at]?.status !== "created") {
        tally.duplicates += 1;
        continue;
      }
      tally.created += 1;
      tally.conflictsTotal += 1;
      if (tally.conflicts.length < listedMax) tally.conflicts.push({ line, vendorId });
    }
    return outcomes;
  }

  private appendIn(tx: Tx, drafts: readonly Draft[]): Promise<AppendOutcome[]> {
    return this.platform.store.appendIn(
      tx,
      this.context.viewer.organizationId,
      drafts.map(({ event, payloadHash }) => ({ event, payloadHash })),
    );
  }

  /** A missing month would undo the whole transaction, so it is made before. */
  private async ensureMonths(drafts: readonly Draft[]): Promise<void> {
    const fresh = new Set(drafts.map(({ event }) => event.occurred_at.slice(0, 7)).filter((month) => !this.months.has(month)));
    if (fresh.size === 0) return;
    await this.platform.store.ensurePartitions([...fresh].map((month) => `${month}-01T00:00:00Z`));
    for (const month of fresh) this.months.add(month);
  }
}

const emptyResult = (importId: string): ImportResult => ({
  importId,
  records: 0,
  created: 0,
  duplicates: 0,
  conflicts: [],
  conflictsTotal: 0,
  problems: [],
  problemsTotal: 0,
  olderThanRetention: 0,
});

interface Ended {
  from: Import;
  importer: Importer;
  result: ImportResult;
  failure: unknown;
}

/** The import is an act of its own, also when it added nothing. */
async function finish(platform: Platform, context: Context, ended: Ended): Promise<void> {
  const { result, from, importer, failure } = ended;
  const { importId, records, created, duplicates, conflictsTotal, problemsTotal, olderThanRetention } = result;
  const nothing = created + duplicates === 0 && problemsTotal > 0;
  const error = failure === null ? (nothing ? (result.problems[0]?.message ?? "No record could be read.") : null) : sentenceOf(failure);
  await platform.store.transaction(context.viewer.organizationId, async (tx) => {
    const running = await imports.progress(tx, context.viewer.organizationId, {
      id: importId,
      state: error === null ? "completed" : "failed",
      error,
      ...(from.bytes && { bytesRead: from.bytes.read() }),
      heartbeatAt: platform.now(),
      finishedAt: platform.now(),
    });
    if (!running) throw new Refusal("conflict", "The import was undone while it was running.");
    await record(platform, tx, context, {
      action: "events_imported",
      resource: { type: "import", id: importId, name: nameOf(from.fileName) || importer.id },
      ...(error !== null && { status: "failed" as const, error: { code: failure instanceof Refusal ? failure.code : "invalid", message: error } }),
      metadata: {
        vendor: importer.id,
        records,
        created,
        duplicates,
        conflicts: conflictsTotal,
        problems: problemsTotal,
        older_than_retention: olderThanRetention,
      },
    });
  });
}

/** What broke off is told as failed while the database answers; otherwise its row stops beating, which says that it was interrupted. */
async function fail(platform: Platform, context: Context, ended: Ended): Promise<void> {
  if (isConnectionError(ended.failure)) return;
  await finish(platform, context, ended).catch((error: unknown) => {
    if (!(error instanceof Refusal) && !isConnectionError(error)) throw error;
  });
}

/** Only a refusal's words are for people; another error's text may hold anything. */
const sentenceOf = (failure: unknown): string =>
  failure instanceof Refusal ? failure.message : "The import broke off. Import the file again: what is there already is passed over.";

/** A name that somebody else's computer made, as one line that every store takes. */
const nameOf = (fileName: string): string =>
  fileName
    .slice(-identifierLengthMax)
    .toWellFormed()
    .replace(/[\p{ASCII}&&\p{Cc}]+/gv, " ")
    .trim();
