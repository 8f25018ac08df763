/** Full jitter (every wait is drawn between nothing and the ceiling) spreads clients that failed together better than any fixed wait. */
export const firstRetryCeilingMs = 500;
export const retryCeilingMaxMs = 30_000;
/** A wrong token is not repaired within seconds; asking twice a minute is enough to notice when it is. */
export const slowRetryMs = 30_000;
/** What a server may ask us to wait at most. */
export const retryAfterMaxMs = 10 * 60_000;

/** `attempt` counts the failures so far, from 1. */
export function retryWaitMs(attempt: number, random: () => number): number {
  const ceiling = Math.min(retryCeilingMaxMs, firstRetryCeilingMs * 2 ** Math.min(attempt - 1, 16));
  return Math.floor(random() * ceiling);
}

/** Between one and two times the slow wait, so that a fleet with one wrong token does not knock in step. */
export const slowWaitMs = (random: () => number): number => Math.floor(slowRetryMs * (1 + random()));

/** `Retry-After` is a number of seconds or a date; anything else says nothing. */
export function readRetryAfterMs(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  const afterMs = /^\s*\d{1,9}\s*$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - nowMs;
  return Number.isNaN(afterMs) ? undefined : Math.min(Math.max(afterMs, 0), retryAfterMaxMs);
}
