/** How one run of a process ended: how long it ran, and how often in a row it had ended before. */
export interface EndedRun {
  ranMs: number;
  endedBefore: number;
}

const firstMs = 200;
const mostMs = 15_000;
/** A process that ran this long was healthy: what ended it is news, not the same fault again. */
const healthyMs = 30_000;

/**
 * At once for a process that was killed, ever slower for one that cannot start: 0.2 s, 0.4 s, … 15 s. It never gives up,
 * because the reason (a database that is away, a full disk) may pass.
 */
export function restartDelay({ ranMs, endedBefore }: EndedRun): { delayMs: number; endedInARow: number } {
  const endedInARow = ranMs >= healthyMs ? 1 : endedBefore + 1;
  return { delayMs: Math.min(mostMs, firstMs * 2 ** Math.min(endedInARow - 1, 20)), endedInARow };
}
