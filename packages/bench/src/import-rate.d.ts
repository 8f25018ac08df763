import type { Arena } from "./arena.ts";
/** Events a second of an import: real time from the first line read to the last commit, database on disk. */
export declare function importRate(arena: Arena, records: number): Promise<number>;
/** Of the size and shape of CloudTrail's own: 1.5 kB, 25 to 40 members, four levels deep. */
export declare const cloudTrailLines: (records: number) => string;
