import type { inferOutput, Trpc } from "../../../trpc.ts";
import { stepBucket, type BucketGrid } from "./bucket-time.ts";

export type Histogram = inferOutput<Trpc["events"]["histogram"]>;

/** What stands at one place of the time line: the events of a stretch, end exclusive, in epoch milliseconds. */
export interface Bar {
  start: number;
  end: number;
  counts: Readonly<Record<string, number>>;
}

/** From one bar to another, both included, in either order. */
export interface Brush {
  anchor: number;
  head: number;
}

export interface Asked {
  from?: string;
  to?: string;
}

/** A log an hour old is one bar: empty time before it keeps that bar as wide as a bar. */
const barsMin = 36;

export const totalOf = ({ counts }: Pick<Bar, "counts">): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

/** The bars of an answer, each up to the next; those at the edges are clipped to the exact range, so that their sum is the count of the list. */
export function barsOf({ buckets, ...grid }: Pick<Histogram, "buckets" | "unit" | "bucketSeconds" | "zone">, asked: Asked): Bar[] {
  const starts = buckets.map(({ start }) => Date.parse(start));
  const bars = buckets.map(({ counts }, index): Bar => {
    const start = starts[index] ?? 0;
    return { start, end: starts[index + 1] ?? stepBucket(start, 1, grid), counts };
  });
  return clip(asked.from === undefined ? pad(bars, grid) : bars, asked);
}

function pad(bars: Bar[], grid: BucketGrid): Bar[] {
  const padded = [...bars];
  for (let first = padded[0]; first && padded.length < barsMin; first = padded[0]) {
    padded.unshift({ start: stepBucket(first.start, -1, grid), end: first.start, counts: {} });
  }
  return padded;
}

function clip(bars: Bar[], { from, to }: Asked): Bar[] {
  const [left, right] = [from === undefined ? -Infinity : Date.parse(from), to === undefined ? Infinity : Date.parse(to)];
  return bars.map((bar) => ({ ...bar, start: Math.max(bar.start, left), end: Math.min(bar.end, right) }));
}

/** Which bar stands at this part (0 to 1) of the width. */
export function bucketAt(fraction: number, count: number): number {
  return Math.min(Math.max(Math.floor(fraction * count), 0), count - 1);
}

/** Where an instant stands between the bars, in widths of a bar. */
export function placeOf(instant: number, bars: readonly Bar[]): number {
  const index = bars.findIndex(({ end }) => end > instant);
  const bar = bars[index];
  if (!bar) return bars.length;
  return index + Math.min(Math.max((instant - bar.start) / (bar.end - bar.start), 0), 1);
}

/** The range a brush stands for: from the start of its first bar up to, not including, the end of its last. */
export function brushRange(bars: readonly Bar[], { anchor, head }: Brush): { from: string; to: string } | null {
  const first = bars[Math.min(anchor, head)];
  const last = bars[Math.max(anchor, head)];
  if (!first || !last) return null;
  return { from: new Date(first.start).toISOString(), to: new Date(last.end).toISOString() };
}

export const moveBrush = (brush: Brush | null, step: number, extend: boolean, count: number): Brush => {
  const start = brush?.head ?? (step > 0 ? -1 : count);
  const head = Math.min(Math.max(start + step, 0), count - 1);
  return { anchor: extend && brush ? brush.anchor : head, head };
};
