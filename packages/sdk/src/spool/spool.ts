import { mkdirSync } from "node:fs";
import type { Spool, SpoolParts } from "../client.ts";
import type { Entry, Place } from "../queue.ts";
import { unref } from "../sender.ts";
import { openAdoptedLane, openOwnLane } from "./lane.ts";
import type { Lane } from "./lane.ts";
import { readLane } from "./lane-reader.ts";
import { LaneLost, syncFolder } from "./lane-writer.ts";
import type { LaneWriter } from "./lane-writer.ts";
import { adoptOrphans, heartbeatMs, laneName, makeLane, releasedName, touch } from "./ownership.ts";
import type { Position } from "./segment.ts";

export interface SpoolOptions {
  folder: string;
  bytesMax: number;
  /** Ask the disk to write through before an event counts as spooled. */
  fsync: boolean;
  nowMs: () => number;
  dice: () => string;
}

/** Acknowledged bytes are removed a segment at a time: small enough to give room back, large enough to be rare. */
const segmentBytesUsual = 4 * 1_048_576;
const segmentsOfSpoolMin = 8;
/** What one turn of the event loop may collect before it is written at once. */
const unwrittenBytesMax = 1_048_576;
/** A disk that refused is asked again after this. */
const reopenAfterMs = 5_000;

interface Unwritten {
  entry: Entry;
  done: (durable: boolean) => void;
}

/** Lines are written before they are sent. Each process writes a lane of its own and empties those of processes that are gone. */
export function openSpool({ folder, bytesMax, fsync, nowMs, dice }: SpoolOptions, { queue, settings, tell, wake, refuse }: SpoolParts): Spool {
  const segmentBytesMax = Math.min(segmentBytesUsual, Math.floor(bytesMax / segmentsOfSpoolMin));
  const adopted = new Set<Lane>();
  let own: Lane | undefined;
  let unwritten: Unwritten[] = [];
  let unwrittenBytes = 0;
  let refusedMs = -Infinity;
  let toldFull = false;
  let scheduled: ReturnType<typeof setImmediate> | undefined;

  const lanes = () => [...adopted, ...(own ? [own] : [])];
  const bytesNow = () => lanes().reduce((sum, lane) => sum + lane.bytes, 0);
  const failed = (what: string, error: unknown) =>
    tell({
      code: "spool_failed",
      message: `${what} in the spool ${folder} failed: ${(error as Error).message}. Until it works, new events stay in memory only.`,
    });

  function adopt(): void {
    const mine = new Set(lanes().map(({ name }) => name));
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      for (const name of adoptOrphans({ folder, mine, nowMs: nowMs(), newName: () => laneName(nowMs(), dice()) })) {
        const lane = openAdoptedLane(folder, name);
        if (lane) adopted.add(lane);
      }
    } catch (error) {
      failed("Taking over what another process left", error);
    }
  }

  /** The lane to write to. A disk that refused is left alone for a while. */
  function ownLane(): Lane | undefined {
    if (nowMs() - refusedMs < reopenAfterMs) return undefined;
    if (own) return own;
    const name = laneName(nowMs(), dice());
    makeLane(folder, name);
    own = openOwnLane(folder, name, { segmentBytesMax });
    syncFolder(folder);
    return own;
  }

  function drain(): void {
    clearImmediate(scheduled);
    scheduled = undefined;
    const batch = unwritten;
    unwritten = [];
    unwrittenBytes = 0;
    if (batch.length === 0) return;
    const room = roomFor(batch);
    const durable = write(batch.slice(0, room));
    if (durable) for (const { done } of batch.slice(0, room)) void durable.then(done);
    for (const { entry, done } of durable ? batch.slice(room) : batch) done(keepInMemory(entry));
    wake();
  }

  /** How many of the entries, from the first, the spool has bytes for. */
  function roomFor(batch: readonly Unwritten[]): number {
    if (own?.done && own.bytes > 0 && bytesNow() + segmentBytesMax > bytesMax) startAfresh(own);
    let free = bytesMax - bytesNow();
    const count = batch.findIndex(({ entry }) => (free -= entry.bytes + 1) < 0);
    if (count === -1) {
      toldFull = false;
      return batch.length;
    }
    if (!toldFull)
      tell({ code: "spool_full", message: `The spool ${folder} holds ${bytesMax} bytes. Until the server takes events, new ones stay in memory only.` });
    toldFull = true;
    return count;
  }

  /** All of it is acknowledged: a new lane costs nothing and gives its bytes back. */
  function startAfresh(lane: Lane): void {
    own = undefined;
    try {
      lane.remove();
    } catch (error) {
      failed("Removing what was sent", error);
    }
  }

  /** Undefined when the disk did not take them. */
  function write(batch: readonly Unwritten[], retried = false): Promise<boolean> | undefined {
    if (batch.length === 0) return undefined;
    try {
      const lane = ownLane();
      return lane?.writer && take(lane, lane.writer, batch);
    } catch (error) {
      if (error instanceof LaneLost && own) {
        // Its new owner sends what stood there; only these lines may have come too late for it.
        own.abandon();
        own = undefined;
        if (!retried) return write(batch, true);
      }
      refusedMs = nowMs();
      failed("Writing", error);
      return undefined;
    }
  }

  /** Once one entry had no room in memory, those after it stay on disk as well, so that the order is kept. */
  function take(lane: Lane, writer: LaneWriter, batch: readonly Unwritten[]): Promise<boolean> {
    let held = !lane.unread;
    const places = writer.append(batch.map(({ entry }) => entry.text));
    const durable = fsync ? writer.sync().then(() => true, undurably) : Promise.resolve(true);
    for (const [at, place] of places.entries()) {
      const entry = batch[at]?.entry;
      if (!entry) throw new Error("every place is that of an entry");
      lane.bytes += entry.bytes + 1;
      held &&= queue.fits(entry);
      if (held) hold(lane, entry, place);
      else void durable.then(() => entry.settle({ status: "spooled", idempotencyKey: entry.key }));
    }
    return durable;
  }

  const undurably = (error: unknown) => {
    failed("Syncing", error);
    return false;
  };

  function hold(lane: Lane, entry: Entry, end: Position): void {
    entry.place = { lane, ...end };
    lane.readFrom = end;
    lane.outstanding += 1;
    queue.push(entry);
  }

  function keepInMemory(entry: Entry): false {
    if (queue.fits(entry)) queue.push(entry);
    else refuse(entry, "queue_full");
    return false;
  }

  /** False when there is nothing more to read or no room for it. */
  async function readInto(lane: Lane): Promise<boolean> {
    if (!lane.unread || queue.length * 2 >= settings.queueEventsMax || queue.bytes * 2 >= settings.queueBytesMax) return false;
    try {
      const { lines, next, tornBytes } = await readLane(lane.folder, lane.readFrom, lane.end);
      if (tornBytes > 0) torn(`${tornBytes} bytes`);
      for (const { text, end } of lines) {
        const entry = readEntry(text);
        if (entry && queue.length > 0 && !queue.fits(entry)) return false;
        if (entry) hold(lane, entry, end);
        else torn("A line");
        lane.readFrom = end;
      }
      lane.readFrom = next;
      removeIfDone(lane);
      return true;
    } catch (error) {
      failed("Reading", error);
      return false;
    }
  }

  const torn = (what: string) =>
    tell({
      code: "spool_torn",
      message: `${what} of the spool ${folder} cannot be read: it was being written when the machine went down. It was not promised to anybody.`,
    });

  function removeIfDone(lane: Lane): void {
    if (!adopted.has(lane) || !lane.done) return;
    adopted.delete(lane);
    lane.remove();
  }

  function beat(): void {
    for (const lane of lanes()) {
      try {
        touch(lane.folder, nowMs());
      } catch {
        // The next write finds out and starts afresh.
      }
    }
    adopt();
    if (adopted.size > 0) wake();
  }

  adopt();
  const heart = unref(setInterval(beat, heartbeatMs));
  return {
    add: (entry) =>
      new Promise((done) => {
        unwritten.push({ entry, done });
        unwrittenBytes += entry.bytes;
        if (unwrittenBytes >= unwrittenBytesMax) drain();
        else scheduled ??= setImmediate(drain);
      }),
    drain,
    async refill() {
      for (const lane of lanes()) while (await readInto(lane));
    },
    get unread() {
      return lanes().some((lane) => lane.unread);
    },
    acknowledge(entries) {
      const last = new Map<Lane, Place>();
      for (const { place } of entries) {
        if (!place) continue;
        const lane = place.lane as Lane;
        last.set(lane, place);
        lane.outstanding -= 1;
      }
      for (const [lane, place] of last) {
        try {
          lane.acknowledge(place);
          removeIfDone(lane);
        } catch {
          // Unrecorded, it is sent again by whoever reads the lane, and the key makes that harmless.
        }
      }
    },
    async close() {
      drain();
      clearInterval(heart);
      await own?.writer?.sync().catch(undurably);
      for (const lane of lanes()) {
        try {
          if (lane.done) lane.remove();
          else lane.release(releasedName(nowMs(), dice()));
        } catch (error) {
          failed("Closing a lane", error);
        }
      }
      adopted.clear();
      own = undefined;
    },
  };
}

/** Lines are our own writing; what does not read as such was cut off. */
function readEntry(text: string): Entry | undefined {
  try {
    const { idempotency_key: key, action } = JSON.parse(text) as { idempotency_key?: unknown; action?: unknown };
    if (typeof key !== "string" || typeof action !== "string") return undefined;
    return { key, action, text, bytes: Buffer.byteLength(text), number: 0, settle: () => {} };
  } catch {
    return undefined;
  }
}
