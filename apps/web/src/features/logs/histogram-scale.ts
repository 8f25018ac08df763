import type { inferOutput, Trpc } from "../../trpc.ts";

export type Histogram = inferOutput<Trpc["events"]["histogram"]>;
export type Bucket = Histogram["buckets"][number];
export const series = ["success", "in_progress", "pending_approval", "failed"] as const;

/** From one bucket to another, both included, in either order. */
export interface Brush {
  anchor: number;
  head: number;
}

export const totalOf = (bucket: Bucket): number => series.reduce((sum, status) => sum + bucket[status], 0);

const bucketsMax = 400;

/** Every bucket of the span, also those the answer left out because nothing happened. A local day of 23 or 25 hours still takes one place. */
export function fillBuckets({ buckets, bucketSeconds }: Histogram): Bucket[] {
  const first = buckets[0];
  if (!first || bucketSeconds <= 0) return [];
  const origin = Date.parse(first.start);
  const placeOf = (bucket: Bucket) => Math.round((Date.parse(bucket.start) - origin) / (bucketSeconds * 1000));
  const places = buckets.map(placeOf);
  const count = (places.at(-1) ?? 0) + 1;
  if (count > bucketsMax || new Set(places).size !== places.length) return [...buckets];
  const byPlace = new Map(buckets.map((bucket, index) => [places[index], bucket]));
  return Array.from({ length: count }, (_, place) => byPlace.get(place) ?? emptyBucket(new Date(origin + place * bucketSeconds * 1000).toISOString()));
}

/** A log an hour old is one bucket: empty time before it keeps a bar the width of a bar. */
export function padBuckets(buckets: readonly Bucket[], bucketSeconds: number, countMin: number): Bucket[] {
  const first = buckets[0];
  if (!first || buckets.length >= countMin) return [...buckets];
  const origin = Date.parse(first.start);
  const missing = countMin - buckets.length;
  const before = Array.from({ length: missing }, (_, index) => emptyBucket(new Date(origin - (missing - index) * bucketSeconds * 1000).toISOString()));
  return [...before, ...buckets];
}

const emptyBucket = (start: string): Bucket => ({ start, success: 0, failed: 0, in_progress: 0, pending_approval: 0 });

/** Which bucket stands at this part (0 to 1) of the width. */
export function bucketAt(fraction: number, count: number): number {
  return Math.min(Math.max(Math.floor(fraction * count), 0), count - 1);
}

/** The range a brush stands for: from the start of its first bucket up to, not including, the start of the one after its last. */
export function brushRange(buckets: readonly Bucket[], bucketSeconds: number, { anchor, head }: Brush): { from: string; to: string } | null {
  const first = buckets[Math.min(anchor, head)];
  const last = buckets[Math.max(anchor, head)];
  if (!first || !last) return null;
  const after = buckets[Math.max(anchor, head) + 1];
  const to = after ? Date.parse(after.start) : Date.parse(last.start) + bucketSeconds * 1000;
  return { from: new Date(first.start).toISOString(), to: new Date(to).toISOString() };
}

export const moveBrush = (brush: Brush | null, step: number, extend: boolean, count: number): Brush => {
  const start = brush?.head ?? (step > 0 ? -1 : count);
  const head = Math.min(Math.max(start + step, 0), count - 1);
  return { anchor: extend && brush ? brush.anchor : head, head };
};
