import { readdirSync } from "node:fs";

/** A lane's lines stand in numbered files, so that what is acknowledged can be removed while the lane grows. */
export const segmentName = (segment: number): string => `${String(segment).padStart(8, "0")}.ndjson`;

/** The numbers of a lane's segments, ascending. Throws when the folder is gone. */
export const segmentsIn = (folder: string): number[] =>
  readdirSync(folder)
    .flatMap((name) => (/^\d{8}\.ndjson$/.test(name) ? [Number(name.slice(0, 8))] : []))
    .toSorted((a, b) => a - b);

export interface Position {
  segment: number;
  /** Bytes from the beginning of the segment. */
  offset: number;
}

export const isBefore = (a: Position, b: Position): boolean => a.segment < b.segment || (a.segment === b.segment && a.offset < b.offset);
