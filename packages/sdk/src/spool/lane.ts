import { renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Place } from "../queue.ts";
import { openAcknowledgement } from "./acknowledgement.ts";
import type { Acknowledgement } from "./acknowledgement.ts";
import { openLaneWriter } from "./lane-writer.ts";
import type { LaneWriter } from "./lane-writer.ts";
import { isBefore, segmentName, segmentsIn } from "./segment.ts";
import type { Position } from "./segment.ts";

/** A folder of segments that this process answers for. */
export interface Lane {
  readonly folder: string;
  readonly name: string;
  /** Bytes of its segments. */
  bytes: number;
  /** Lines before this are in memory or done with. */
  readFrom: Position;
  /** Lines in memory whose answer has not come. */
  outstanding: number;
  /** Its own lane has one; a lane taken over only empties. */
  readonly writer: LaneWriter | undefined;
  readonly end: Position;
  readonly unread: boolean;
  readonly done: boolean;
  acknowledge(place: Place): void;
  /** Stops writing to what has become another process's. */
  abandon(): void;
  remove(): void;
  /** Lets go of it, so that whoever looks next takes it over at once. */
  release(name: string): void;
}

export function openOwnLane(spool: string, name: string, { segmentBytesMax }: { segmentBytesMax: number }): Lane {
  const folder = join(spool, name);
  const writer = openLaneWriter(folder, { segmentBytesMax });
  return laneOf({ spool, name, writer, end: () => writer.end, bytes: 0, acknowledgement: openAcknowledgement(folder) });
}

/** Undefined, and gone, when it holds nothing. */
export function openAdoptedLane(spool: string, name: string): Lane | undefined {
  const folder = join(spool, name);
  const segments = segmentsIn(folder);
  const sizes = segments.map((segment) => statSync(join(folder, segmentName(segment))).size);
  const end = { segment: segments.at(-1) ?? 0, offset: sizes.at(-1) ?? 0 };
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  const lane = laneOf({ spool, name, writer: undefined, end: () => end, bytes, acknowledgement: openAcknowledgement(folder) });
  if (lane.unread) return lane;
  lane.remove();
  return undefined;
}

interface LaneParts {
  spool: string;
  name: string;
  writer: LaneWriter | undefined;
  end: () => Position;
  bytes: number;
  acknowledgement: Acknowledgement;
}

function laneOf({ spool, name, writer, end, bytes, acknowledgement }: LaneParts): Lane {
  const folder = join(spool, name);
  const closeFiles = () => {
    acknowledgement.close();
    writer?.close();
  };
  return {
    folder,
    name,
    bytes,
    readFrom: acknowledgement.position,
    outstanding: 0,
    writer,
    get end() {
      return end();
    },
    get unread() {
      return isBefore(this.readFrom, end());
    },
    get done() {
      return this.outstanding === 0 && !this.unread;
    },
    acknowledge({ segment, offset }) {
      this.bytes -= acknowledgement.advance({ segment, offset });
    },
    abandon: () => writer?.close(),
    remove() {
      closeFiles();
      rmSync(folder, { recursive: true, force: true });
    },
    release(released) {
      closeFiles();
      renameSync(folder, join(spool, released));
    },
  };
}
