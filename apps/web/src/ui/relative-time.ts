const units = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;
const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** "3 minutes ago". Only ever beside an exact time, never instead of one. */
export function relativeTime(instant: number, now: number): string {
  const seconds = Math.round((instant - now) / 1000);
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit);
  }
  // The page's clock ticks twice a minute: what just happened may lie a little ahead of it.
  return seconds > -10 ? "just now" : words.format(seconds, "second");
}
