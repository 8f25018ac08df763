import type { Receipt } from "./receipt.ts";

/** One event on its way. Its text is fixed when it is logged, so each retry is the same event, byte by byte. */
export interface Entry {
  readonly key: string;
  readonly action: string;
  readonly text: string;
  readonly bytes: number;
  /** Its number among the events that this client logged, from 1; 0 for one that an earlier process left behind. */
  readonly number: number;
  /** Where its line ends on disk, once it is there. */
  place?: Place;
  settle(receipt: Receipt): void;
}

/** A position in a lane of the spool: the end of one line. */
export interface Place {
  /** Identity of the lane; only the spool looks inside. */
  lane: object;
  segment: number;
  offset: number;
}

export interface QueueBounds {
  eventsMax: number;
  bytesMax: number;
}

export interface Queue {
  readonly length: number;
  readonly bytes: number;
  fits(entry: { bytes: number }): boolean;
  push(entry: Entry): void;
  /** The oldest entries that fit one batch, at least one if there is any. They stay until dropped. */
  head(batch: QueueBounds): Entry[];
  drop(count: number): Entry[];
}

/** Entries in memory, oldest first, bounded in number and bytes. */
export function openQueue({ eventsMax, bytesMax }: QueueBounds): Queue {
  let entries: Entry[] = [];
  let first = 0;
  let bytes = 0;
  return {
    get length() {
      return entries.length - first;
    },
    get bytes() {
      return bytes;
    },
    fits: (entry) => entries.length - first < eventsMax && bytes + entry.bytes <= bytesMax,
    push(entry) {
      entries.push(entry);
      bytes += entry.bytes;
    },
    head(batch) {
      let count = 0;
      let batchBytes = 2;
      for (let at = first; at < entries.length && count < batch.eventsMax; at++, count++) {
        // One byte for the comma.
        batchBytes += (entries[at]?.bytes ?? 0) + 1;
        if (count > 0 && batchBytes > batch.bytesMax) break;
      }
      return entries.slice(first, first + count);
    },
    drop(count) {
      const dropped = entries.slice(first, first + count);
      first += dropped.length;
      for (const entry of dropped) bytes -= entry.bytes;
      // Moving the rest down costs its length; doing it when half is gone makes that a constant for each entry.
      if (first * 2 >= entries.length) {
        entries = entries.slice(first);
        first = 0;
      }
      return dropped;
    },
  };
}
