import { open } from "node:fs/promises";
import { join } from "node:path";
import { isBefore, segmentName, segmentsIn } from "./segment.ts";
import type { Position } from "./segment.ts";

export interface LaneLine {
  text: string;
  /** Where the line ends, its line feed included. */
  end: Position;
}

export interface LaneRead {
  lines: LaneLine[];
  /** Where the next read begins. */
  next: Position;
  /** Bytes that are no whole line: the machine went down while they were written. */
  tornBytes: number;
}

/** More than the longest line (`batchBytesMax` is below 1 MiB), so that every read gets on. */
const chunkBytes = 1_048_576;
const lineFeed = 0x0a;

/** The next lines between two positions, up to 1 MiB of them. An empty read that does not get on has reached the end. */
export async function readLane(folder: string, from: Position, until: Position): Promise<LaneRead> {
  if (!isBefore(from, until)) return { lines: [], next: from, tornBytes: 0 };
  const bytes = await readChunk(join(folder, segmentName(from.segment)), from.offset);
  const last = from.segment === until.segment;
  const own = last ? bytes.subarray(0, Math.max(0, until.offset - from.offset)) : bytes;
  const wholeEnd = own.lastIndexOf(lineFeed) + 1;
  const lines = wholeEnd > 0 ? split(own.subarray(0, wholeEnd), from) : [];
  if (bytes.length === chunkBytes && wholeEnd > 0) return { lines, next: { ...from, offset: from.offset + wholeEnd }, tornBytes: 0 };
  return { lines, next: last ? until : nextSegment(folder, from, until), tornBytes: own.length - wholeEnd };
}

async function readChunk(path: string, offset: number): Promise<Buffer> {
  const file = await open(path, "r");
  try {
    const buffer = Buffer.allocUnsafe(chunkBytes);
    let length = 0;
    while (length < chunkBytes) {
      const { bytesRead } = await file.read(buffer, length, chunkBytes - length, offset + length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return buffer.subarray(0, length);
  } finally {
    await file.close();
  }
}

function split(bytes: Buffer, { segment, offset }: Position): LaneLine[] {
  const lines: LaneLine[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(lineFeed, start) + 1;
    lines.push({ text: bytes.toString("utf8", start, end - 1), end: { segment, offset: offset + end } });
    start = end;
  }
  return lines;
}

const nextSegment = (folder: string, { segment }: Position, until: Position): Position => ({
  segment: segmentsIn(folder).find((number) => number > segment) ?? until.segment,
  offset: 0,
});
