import type { JsonItem } from "@daybook/event";
import { ingest } from "@daybook/services";
import type { IngestResult, Platform } from "@daybook/services";
import type { Caller } from "../gate/authenticate.ts";
import type { Gate } from "../gate/gate.ts";
import { keyedItem, readLine } from "./read-items.ts";
import { splitLines } from "./split-lines.ts";

/** One append of a stream: events, and bytes of their lines, whichever is reached first. Four times as many are no faster, and live long enough to grow old. */
const batchEventsMax = 250;
const batchBytesMax = 4 * 1_048_576;
/** Then the lines of a slow producer leave with the next piece that comes, however few they are. */
const batchWaitMs = 1_000;
/** A line may hold an event of the largest size in the longest spelling that JSON has for it. */
const lineBytesMax = 1_048_576;

/** What the producer's clock says by now; undefined where the producer told nothing of it. */
export type SenderClock = () => Date | undefined;

export interface LineStream {
  /** Inflated. */
  chunks: AsyncIterable<Buffer>;
  idempotencyKey: string | undefined;
  senderNow: SenderClock;
  /** Asked before each batch: a token that was revoked meanwhile writes no more. */
  callerNow(): Promise<Caller>;
}

/**
 * Events line by line, for as long as they come. A batch is stored while the next is read, and no more than these two are held: a producer that is
 * faster than the disk waits. Calls `onStored` as the batches become durable, in order.
 */
export async function ingestLines(platform: Platform, gate: Gate, stream: LineStream, onStored: (results: readonly IngestResult[]) => void): Promise<void> {
  let storing: Promise<void> = Promise.resolve();
  let held = 0;
  const hold = (bytes: number) => {
    gate.budget.take(bytes);
    held += bytes;
  };
  const store = async ({ items, bytes }: Batch): Promise<void> => {
    const caller = await stream.callerNow();
    const options = {
      append: gate.appendOf(items.length),
      retentionDays: caller.retentionDays,
      source: caller.boundSource ?? undefined,
      sentAt: stream.senderNow(),
    };
    onStored(await ingest(platform, caller.context, items, options));
    gate.budget.giveBack(bytes);
    held -= bytes;
  };
  try {
    for await (const batch of batchesOf(stream, hold)) {
      await storing;
      storing = store(batch);
      // Looked at when it is waited for; until then its failure is not yet anybody's.
      storing.catch(() => undefined);
    }
  } finally {
    // What was being stored when the body broke off is waited for and told.
    await storing.finally(() => gate.budget.giveBack(held));
  }
}

interface Batch {
  items: JsonItem[];
  bytes: number;
  /** When its first line came, as `performance.now()`; never while it has none. */
  begunAt: number;
}

const newBatch = (): Batch => ({ items: [], bytes: 0, begunAt: Infinity });

async function* batchesOf({ chunks, idempotencyKey }: LineStream, hold: (bytes: number) => void): AsyncGenerator<Batch> {
  let batch = newBatch();
  let index = 0;
  for await (const lines of splitLines(chunks, { lineBytesMax })) {
    for (const line of lines) {
      const item = readLine(line, index);
      if (item === null) continue;
      const bytes = line.bytes?.length ?? 0;
      hold(bytes);
      if (batch.items.length === 0) batch.begunAt = performance.now();
      batch.items.push(keyedItem(item, idempotencyKey === undefined ? undefined : `${idempotencyKey}#${line.number}`));
      batch.bytes += bytes;
      index += 1;
      if (batch.items.length < batchEventsMax && batch.bytes < batchBytesMax) continue;
      yield batch;
      batch = newBatch();
    }
    if (performance.now() - batch.begunAt < batchWaitMs) continue;
    yield batch;
    batch = newBatch();
  }
  if (batch.items.length > 0) yield batch;
}
