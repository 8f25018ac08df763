import { createHash } from "node:crypto";
import { vocabulary } from "@daybook/catalog";
import { canonicalRecord, frameLine, frameRecords, importConflictKey, importerOf, importers, importKey } from "@daybook/connectors";
import type { Frame, ImportedEvent, Importer } from "@daybook/connectors";
import { checkEventInput, identifierLengthMax, prepareEvent, Refusal } from "@daybook/event";
import type { Json, PreparedEvent, Problem } from "@daybook/event";
import { hash128, organizations } from "@daybook/store";
import type { AppendOutcome } from "@daybook/store";
import { newId } from "../context.ts";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";
import { record } from "../record.ts";
import { demand } from "../verb.ts";

export interface Import {
  /** Id of an importer: `github`, `okta`, `cloudtrail`. */
  vendor: string;
  /** As the person knows it; the event of the import names it. */
  fileName: string;
  /** The whole text in any of the vendor's containers, or NDJSON line by line for files that are too large to hold. */
  text: string | AsyncIterable<string>;
}

export interface ImportResult {
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

/** One append: events, and the characters of their records, because records may be a thousand times the usual size. */
const batchEventsMax = 1_000;
const batchCharsMax = 8_000_000;
const listedMax = 100;
const dayMs = 86_400_000;

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
  await demand(platform, context, { name: "events.import", needs: "events:write" });
  const importer = importerOf(from.vendor);
  if (!importer) throw new Refusal("invalid", `There is no importer named "${from.vendor}". There are: ${importers.map(({ id }) => id).join(", ")}.`, "vendor");
  const reading = new Reading(platform, context, importer, await oldestKept(platform, context));
  for await (const frame of framesOf(from.text)) {
    if (!reading.take(frame)) continue;
    await reading.flush();
    onProgress(reading.result);
  }
  await reading.flush();
  await recordImport(platform, context, from, reading.result);
  onProgress(reading.result);
  return reading.result;
}

async function oldestKept({ store, now }: Platform, { viewer }: Context): Promise<Date | null> {
  const organization = await organizations.find(store.db, viewer.organizationId);
  if (!organization) throw new Refusal("not_found", "There is no such organization.");
  return organization.retentionDays === null ? null : new Date(now().getTime() - organization.retentionDays * dayMs);
}

async function* framesOf(text: Import["text"]): AsyncGenerator<Frame> {
  if (typeof text === "string") return yield* frameRecords(text);
  let line = 0;
  for await (const each of text) yield* frameLine(each, (line += 1));
}

/** An event on its way, with what tells it from others. */
interface Draft {
  line: number;
  event: PreparedEvent & { idempotency_key: string };
  payloadHash: string;
  vendorId: string | null;
  contentHash: string;
}

/** The records taken so far: a batch that waits, and the tally of those that are stored. */
class Reading {
  readonly result: ImportResult = {
    records: 0,
    created: 0,
    duplicates: 0,
    conflicts: [],
    conflictsTotal: 0,
    problems: [],
    problemsTotal: 0,
    olderThanRetention: 0,
  };
  private readonly platform: Platform;
  private readonly context: Context;
  private readonly importer: Importer;
  private readonly oldest: Date | null;
  private batch: Draft[] = [];
  private payloadOf = new Map<string, string>();
  private chars = 0;
  /** Drafts that could not stand in the same batch as an earlier one with their key. */
  private next: Draft[] = [];

  constructor(platform: Platform, context: Context, importer: Importer, oldest: Date | null) {
    this.platform = platform;
    this.context = context;
    this.importer = importer;
    this.oldest = oldest;
  }

  /** Takes one record; true when the batch should be stored before the next. */
  take(frame: Frame): boolean {
    this.result.records += 1;
    if ("problem" in frame) this.refuse(frame.line, frame.problem);
    else this.read(frame.line, frame.record);
    return this.batch.length >= batchEventsMax || this.chars >= batchCharsMax || this.next.length > 0;
  }

  /** Stores what waits. */
  async flush(): Promise<void> {
    while (this.batch.length > 0) {
      await this.store(this.batch);
      const next = this.next;
      this.batch = [];
      this.next = [];
      this.payloadOf = new Map();
      this.chars = 0;
      for (const draft of next) this.add(draft);
    }
  }

  private read(line: number, original: Json): void {
    const events = this.importer.toEvents(original, { index: this.result.records - 1 });
    if (!Array.isArray(events)) return this.refuse(line, events);
    const content = canonicalRecord(original);
    this.chars += content.length * events.length;
    const contentHash = createHash("sha256").update(content).digest("hex");
    const payloadHash = hash128(content);
    for (const [index, imported] of events.entries()) {
      const prepared = this.prepare(imported, original, importKey({ importer: this.importer.id, vendorId: imported.vendorId, contentHash, index }));
      if ("problem" in prepared) this.refuse(line, prepared.problem);
      else this.add({ line, event: prepared.event, payloadHash, vendorId: imported.vendorId, contentHash });
    }
  }

  private prepare(imported: ImportedEvent, original: Json, key: string): { event: Draft["event"] } | { problem: Problem } {
    const checked = checkEventInput(imported.event);
    if ("problem" in checked) return checked;
    const prepared = prepareEvent(
      checked.event,
      {
        id: newId(this.platform),
        receivedAt: this.platform.now(),
        source: `import:${this.importer.id}`,
        tokenId: this.context.viewer.kind === "token" ? this.context.viewer.tokenId : null,
        origin: null,
        actor: { type: "system", name: this.importer.title },
        raw: original,
      },
      vocabulary,
    );
    if ("problem" in prepared) return prepared;
    const { event } = prepared;
    if (this.oldest && Date.parse(event.occurred_at) < this.oldest.getTime())
      return {
        problem: {
          code: "older_than_retention",
          message: `The event is from ${event.occurred_at}; this organization keeps events since ${this.oldest.toISOString()}.`,
        },
      };
    return { event: { ...event, idempotency_key: key } };
  }

  /** One batch holds one content per key: the store then compares each with what it has, and never with its neighbour. */
  private add(draft: Draft): void {
    const key = draft.event.idempotency_key;
    const payload = this.payloadOf.get(key);
    if (payload !== undefined && payload !== draft.payloadHash) {
      this.next.push(draft);
      return;
    }
    this.payloadOf.set(key, draft.payloadHash);
    this.batch.push(draft);
  }

  private async store(drafts: readonly Draft[]): Promise<void> {
    const outcomes = await this.append(drafts);
    const taken: (Draft & { vendorId: string })[] = [];
    for (const [at, draft] of drafts.entries()) {
      const status = outcomes[at]?.status;
      if (status === "created") this.result.created += 1;
      else if (status === "conflict" && draft.vendorId !== null) taken.push({ ...draft, vendorId: draft.vendorId });
      else this.result.duplicates += 1;
    }
    if (taken.length > 0) await this.storeBeside(taken);
  }

  /** Vendors do give one id to two records; the second is kept under its id and content together, and told. */
  private async storeBeside(drafts: readonly (Draft & { vendorId: string })[]): Promise<void> {
    const outcomes = await this.append(
      drafts.map((draft) => ({ ...draft, event: { ...draft.event, idempotency_key: importConflictKey({ importer: this.importer.id, ...draft }) } })),
    );
    for (const [at, { line, vendorId }] of drafts.entries()) {
      if (outcomes[at]?.status !== "created") {
        this.result.duplicates += 1;
        continue;
      }
      this.result.created += 1;
      this.result.conflictsTotal += 1;
      if (this.result.conflicts.length < listedMax) this.result.conflicts.push({ line, vendorId });
    }
  }

  private append(drafts: readonly Draft[]): Promise<AppendOutcome[]> {
    return this.platform.store.append(
      this.context.viewer.organizationId,
      drafts.map(({ event, payloadHash }) => ({ event, payloadHash })),
    );
  }

  private refuse(line: number, { code, message }: Problem): void {
    this.result.problemsTotal += 1;
    if (code === "older_than_retention") this.result.olderThanRetention += 1;
    if (this.result.problems.length < listedMax) this.result.problems.push({ line, message });
  }
}

/** The import is an act of its own, also when it added nothing. */
async function recordImport(platform: Platform, context: Context, { vendor, fileName }: Import, result: ImportResult): Promise<void> {
  const { records, created, duplicates, conflictsTotal, problemsTotal, olderThanRetention } = result;
  const nothing = created + duplicates === 0 && problemsTotal > 0;
  await platform.store.transaction((tx) =>
    record(platform, tx, context, {
      action: "events_imported",
      resource: { type: "import", name: nameOf(fileName) || vendor },
      ...(nothing && { status: "failed" as const, error: { code: "invalid", message: result.problems[0]?.message ?? "No record could be read." } }),
      metadata: { vendor, records, created, duplicates, conflicts: conflictsTotal, problems: problemsTotal, older_than_retention: olderThanRetention },
    }),
  );
}

/** A name that somebody else's computer made, as one line that every store takes. */
const nameOf = (fileName: string): string =>
  fileName
    .slice(-identifierLengthMax)
    .toWellFormed()
    .replace(/[\p{ASCII}&&\p{Cc}]+/gv, " ")
    .trim();
