/** The same numbers in [0, 1) for the same seed, everywhere (mulberry32). Good for tests, useless for secrets. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

// 2026-01-01T00:00:00Z: ids of a test sort by creation, one millisecond apart, as version 7 promises.
const firstMillisecond = 1_767_225_600_000;

/** Valid UUIDs of version 7 that ascend and repeat with the seed. */
export function seededIds(seed: number): () => string {
  const random = seededRandom(seed);
  let created = 0;
  const digits = (count: number) => Array.from({ length: count }, () => Math.floor(random() * 16).toString(16)).join("");
  return () => {
    const time = (firstMillisecond + created++).toString(16).padStart(12, "0");
    const variant = "89ab"[Math.floor(random() * 4)] ?? "8";
    return `${time.slice(0, 8)}-${time.slice(8)}-7${digits(3)}-${variant}${digits(3)}-${digits(12)}`;
  };
}
