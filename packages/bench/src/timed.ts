const turns = 15;
const turnsNotCounted = 3;

export interface Times {
  p50: number;
  p95: number;
}

/** The first calls are not counted: they read from disk what the others find in memory. */
export async function timed(run: (turn: number) => Promise<void>): Promise<Times> {
  const times: number[] = [];
  for (let turn = -turnsNotCounted; turn < turns; turn += 1) {
    const started = performance.now();
    await run(turn + turnsNotCounted);
    if (turn >= 0) times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => round2(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0);
  return { p50: at(0.5), p95: at(0.95) };
}

export const line = (name: string, { p50, p95 }: Times, rows: string): string =>
  `${name.padEnd(46)}${p50.toFixed(1).padStart(8)}${p95.toFixed(1).padStart(8)}${rows.padStart(8)}`;
export const round2 = (value: number): number => Math.round(value * 100) / 100;
