/** A drill is a value: it does something unfriendly to the real server for as long as it is told, and says what was lost. */
export interface Drill {
  name: string;
  /** What it counts: bodies, kills. The default ends within a minute. */
  count: { unit: string; byDefault: number };
  run(options: { count: number; seed: number; say: (line: string) => void }): Promise<DrillResult>;
}

export interface DrillResult {
  figures: Record<string, number>;
  /** What may not happen and did, in sentences; empty when the drill was passed. */
  failures: string[];
}

export const defineDrill = (drill: Drill): Drill => drill;
