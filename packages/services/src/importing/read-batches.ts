import { createHash } from "node:crypto";
import { vocabulary } from "@daybook/catalog";
import { canonicalRecord, importKey } from "@daybook/connectors";
import type { Frame, ImportedEvent, Importer } from "@daybook/connectors";
import { checkEventInput, prepareEvent } from "@daybook/event";
import type { Json, PreparedEvent, Problem, Redactor } from "@daybook/event";
import { authorOf } from "../author.ts";
import { newId } from "../context.ts";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";

/** One append: events, and the characters of their records, because records may be a thousand times the usual size. */
const batchEventsMax = 1_000;
const batchCharsMax = 8_000_000;
/** Characters of the copies that the events of one record keep of it; beyond, each keeps only the part that it was read from. */
const copiedCharsMax = 8_000_000;
/** A batch is also cut when nothing comes of so many records, or for so long: whoever watches must see that the import goes on. */
const batchRecordsMax = 10_000;
const batchOpenMsMax = 10_000;
/** Drafts that wait for the next batch because of their key; more make the batch smaller rather than the queue longer. */
const heldMax = 100;
/** Lines that a report names. */
export const listedMax = 100;

/** An event on its way, with what tells it from others. */
export interface Draft {
  line: number;
  event: PreparedEvent & { idempotency_key: string };
  payloadHash: string;
  vendorId: string | null;
  contentHash: string;
}

/** Events that are stored together, and what was read to get them. */
export interface Batch {
  drafts: Draft[];
  records: number;
  problems: { line: number; message: string }[];
  problemsTotal: number;
  olderThanRetention: number;
}

export interface Reading {
  importId: string;
  importer: Importer;
  redactor: Redactor;
  /** Events from before are not kept. */
  oldest: Date | null;
}

/** Records become drafts, and drafts batches. Pure but for ids and the clock; what it does not finish is lost without harm. */
export class BatchReader {
  private readonly platform: Platform;
  private readonly context: Context;
  private readonly reading: Reading;
  private batch = emptyBatch();
  private payloadOf = new Map<string, string>();
  private chars = 0;
  private held: Draft[] = [];
  private index = 0;
  private openedAt: number;

  constructor(platform: Platform, context: Context, reading: Reading) {
    this.platform = platform;
    this.context = context;
    this.reading = reading;
    this.openedAt = platform.now().getTime();
  }

  /** Takes one record; true when the batch should be cut before the next. */
  take(frame: Frame): boolean {
    this.batch.records += 1;
    if ("problem" in frame) this.refuse(frame.line, frame.problem);
    else this.read(frame.line, frame.record);
    this.index += 1;
    return this.isFull();
  }

  isFull(): boolean {
    const { drafts, records } = this.batch;
    if (drafts.length >= batchEventsMax || this.chars >= batchCharsMax || this.held.length >= heldMax || records >= batchRecordsMax) return true;
    return records > 0 && this.platform.now().getTime() - this.openedAt >= batchOpenMsMax;
  }

  isEmpty(): boolean {
    return this.batch.records === 0 && this.batch.drafts.length === 0 && this.held.length === 0;
  }

  /** The rules of the organization as they are now: an import may take an hour, and a rule made meanwhile holds for what is still to be read. */
  redactWith(redactor: Redactor): void {
    this.reading.redactor = redactor;
  }

  /** What waits, and a new batch, which begins with what could not stand beside it. */
  cut(): Batch {
    const { batch, held } = this;
    this.batch = emptyBatch();
    this.payloadOf = new Map();
    this.chars = 0;
    this.held = [];
    this.openedAt = this.platform.now().getTime();
    for (const draft of held) this.add(draft);
    return batch;
  }

  private read(line: number, original: Json): void {
    const events = this.reading.importer.toEvents(original, { index: this.index });
    if (!Array.isArray(events)) return this.refuse(line, events);
    const content = canonicalRecord(original);
    const isCopied = content.length * events.length <= copiedCharsMax;
    if (!isCopied && events.some(({ part }) => part === undefined)) return this.refuse(line, tooManyCopies(events.length, content.length));
    this.chars += isCopied ? content.length * events.length : content.length;
    const contentHash = createHash("sha256").update(content).digest("hex");
    for (const [index, imported] of events.entries()) {
      const key = importKey({ importer: this.reading.importer.id, vendorId: imported.vendorId, contentHash, index });
      const prepared = this.prepare(imported, isCopied ? original : (imported.part ?? original), key);
      if ("problem" in prepared) this.refuse(line, prepared.problem);
      else this.add({ line, event: prepared.event, payloadHash: asUuid(contentHash), vendorId: imported.vendorId, contentHash });
    }
  }

  private prepare(imported: ImportedEvent, original: Json, key: string): { event: Draft["event"] } | { problem: Problem } {
    const { importer, importId, redactor, oldest } = this.reading;
    const checked = checkEventInput(imported.event);
    if ("problem" in checked) return checked;
    const prepared = prepareEvent(
      checked.event,
      {
        id: newId(this.platform),
        receivedAt: this.platform.now(),
        source: `import:${importer.id}`,
        tokenId: authorOf(this.context.viewer).tokenId,
        origin: null,
        actor: { type: "system", name: importer.title },
        raw: original,
        importId,
      },
      vocabulary,
      redactor,
    );
    if ("problem" in prepared) return prepared;
    const { event } = prepared;
    if (oldest && Date.parse(event.occurred_at) < oldest.getTime())
      return {
        problem: {
          code: "older_than_retention",
          message: `The event is from ${event.occurred_at}; this organization keeps events since ${oldest.toISOString()}.`,
        },
      };
    return { event: { ...event, idempotency_key: key } };
  }

  /** One batch holds one content per key: the store then compares each with what it has, and never with its neighbour. */
  private add(draft: Draft): void {
    const key = draft.event.idempotency_key;
    const payload = this.payloadOf.get(key);
    if (payload !== undefined && payload !== draft.payloadHash) {
      this.held.push(draft);
      return;
    }
    this.payloadOf.set(key, draft.payloadHash);
    this.batch.drafts.push(draft);
  }

  private refuse(line: number, { code, message }: Problem): void {
    this.batch.problemsTotal += 1;
    if (code === "older_than_retention") this.batch.olderThanRetention += 1;
    if (this.batch.problems.length < listedMax) this.batch.problems.push({ line, message });
  }
}

const tooManyCopies = (events: number, chars: number): Problem => ({
  code: "event_too_large",
  message: `The record holds ${events} events in ${chars} characters, and each would keep all of it. Write fewer events into one record.`,
});

const emptyBatch = (): Batch => ({ drafts: [], records: 0, problems: [], problemsTotal: 0, olderThanRetention: 0 });

/** The same 16 bytes that the store's `hash128` keeps; the whole hash is at hand already. */
const asUuid = (hex: string): string => `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
