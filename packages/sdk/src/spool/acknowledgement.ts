import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { segmentName, segmentsIn } from "./segment.ts";
import type { Position } from "./segment.ts";

/** Up to here the server has answered for every line. */
export interface Acknowledgement {
  readonly position: Position;
  /** Writes the position and removes segments that lie wholly before it; returns the bytes that were freed. */
  advance(position: Position): number;
  close(): void;
}

const fileName = "acknowledged";
const start: Position = { segment: 1, offset: 0 };

/**
 * The position is one line of fixed width, written over the last one. It is not synced: a position that is lost or torn means that
 * events are sent again, which their keys make harmless.
 */
export function openAcknowledgement(folder: string): Acknowledgement {
  let position = readPosition(folder);
  const file = openSync(join(folder, fileName), "a+", 0o600);
  closeSync(file);
  const writable = openSync(join(folder, fileName), "r+");
  return {
    get position() {
      return position;
    },
    advance(next) {
      const before = position.segment;
      position = next;
      writeSync(writable, `${String(next.segment).padStart(8, "0")} ${String(next.offset).padStart(16, "0")}\n`, 0);
      return next.segment > before ? removeBefore(folder, next.segment) : 0;
    },
    close: () => closeSync(writable),
  };
}

function readPosition(folder: string): Position {
  try {
    const found = /^(\d{8}) (\d{16})\n/.exec(readFileSync(join(folder, fileName), "utf8"));
    if (found) return { segment: Number(found[1]), offset: Number(found[2]) };
  } catch {
    // A lane without the file has nothing acknowledged.
  }
  return { ...start, segment: segmentsIn(folder)[0] ?? start.segment };
}

function removeBefore(folder: string, segment: number): number {
  let freed = 0;
  for (const old of segmentsIn(folder).filter((number) => number < segment)) {
    const path = join(folder, segmentName(old));
    freed += statSync(path).size;
    rmSync(path);
  }
  return freed;
}
