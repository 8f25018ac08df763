/** A hundred years at most: whoever means "for ever" writes null. */
export const retentionDaysMin = 1;
export const retentionDaysMax = 36_500;

const dayMs = 86_400_000;

/**
 * Events that occurred before this instant are past the policy; null keeps everything. A day is 24 hours of UTC, so the
 * cut does not move with anybody's clock change. Ingest refuses by the same cut, or the next purge would drop what it took.
 */
export function cutoff(days: number | null, now: Date): Date | null {
  if (days === null) return null;
  if (!Number.isInteger(days) || days < retentionDaysMin || days > retentionDaysMax) {
    throw new RangeError(`Retention is a whole number of days from ${retentionDaysMin} to ${retentionDaysMax}, or null; got ${days}`);
  }
  const at = now.getTime() - days * dayMs;
  if (Number.isNaN(at)) throw new RangeError("`now` is not an instant");
  return new Date(at);
}
