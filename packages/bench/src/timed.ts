/** Rounds in which what else the machine does has a chance to be elsewhere. */
export const roundsMax = 3;
const turns = 15;
const turnsNotCounted = 3;
/** A round whose slowest calls took little longer than its usual ones was not disturbed, and needs no other. */
const undisturbed = 1.5;

export interface Times {
  p50: number;
  p95: number;
}

/**
 * Of several rounds the quietest: what else the machine does makes one slower, and none faster. The first calls are not counted: they read from disk what
 * the others find in memory.
 */
export async function timed(run: (turn: number) => Promise<void>, rounds = roundsMax): Promise<Times> {
  let turn = 0;
  while (turn < turnsNotCounted) await run(turn++);
  let quietest: Times = { p50: Infinity, p95: Infinity };
  for (let round = 0; round < rounds; round += 1) {
    const times: number[] = [];
    for (const end = turn + turns; turn < end; turn += 1) {
      const started = performance.now();
      await run(turn);
      times.push(performance.now() - started);
    }
    times.sort((a, b) => a - b);
    const at = (share: number) => round2(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0);
    if (at(0.95) < quietest.p95) quietest = { p50: at(0.5), p95: at(0.95) };
    if (quietest.p95 <= undisturbed * quietest.p50) break;
  }
  return quietest;
}

export const line = (name: string, { p50, p95 }: Times, rows: string): string =>
  `${name.padEnd(46)}${p50.toFixed(1).padStart(8)}${p95.toFixed(1).padStart(8)}${rows.padStart(8)}`;
export const round2 = (value: number): number => Math.round(value * 100) / 100;
