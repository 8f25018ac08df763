import fc from "fast-check";
import { expect, test } from "vitest";
import { bucketAt, brushRange, fillBuckets, moveBrush, padBuckets, totalOf, type Bucket, type Histogram } from "./histogram-scale.ts";

const hour = 3600;
const bucket = (start: string, success = 1): Bucket => ({ start, success, failed: 0, in_progress: 0, pending_approval: 0 });
const of = (bucketSeconds: number, ...buckets: Bucket[]): Histogram => ({ zone: "UTC", bucketSeconds, buckets, total: buckets.length });

test("hours in which nothing happened keep their place, and no count is lost", () => {
  const filled = fillBuckets(of(hour, bucket("2026-11-20T00:00:00.000Z", 3), bucket("2026-11-20T03:00:00.000Z", 4)));
  expect(filled.map(({ start, success }) => [start.slice(11, 13), success])).toEqual([
    ["00", 3],
    ["01", 0],
    ["02", 0],
    ["03", 4],
  ]);
  expect(filled.reduce((sum, each) => sum + totalOf(each), 0)).toBe(7);
});

test("local days of 23 and 25 hours take one place each", () => {
  const days = [bucket("2026-10-23T22:00:00.000Z"), bucket("2026-10-24T22:00:00.000Z"), bucket("2026-10-25T23:00:00.000Z"), bucket("2026-10-26T23:00:00.000Z")];
  expect(fillBuckets(of(24 * hour, ...days))).toEqual(days);
});

test("a young log is drawn with the empty time before it", () => {
  const padded = padBuckets([bucket("2026-11-20T12:00:00.000Z", 5)], hour, 4);
  expect(padded.map(({ start, success }) => [start.slice(11, 13), success])).toEqual([
    ["09", 0],
    ["10", 0],
    ["11", 0],
    ["12", 5],
  ]);
  expect(padBuckets(padded, hour, 3)).toEqual(padded);
  expect(padBuckets([], hour, 3)).toEqual([]);
});

test("a span too long to fill is drawn as it came", () => {
  const far = [bucket("2001-01-01T00:00:00.000Z"), bucket("2026-01-01T00:00:00.000Z")];
  expect(fillBuckets(of(hour, ...far))).toEqual(far);
});

test("a brush covers whole buckets: its first start to the start after its last, in either direction", () => {
  const buckets = fillBuckets(of(hour, bucket("2026-11-20T00:00:00.000Z"), bucket("2026-11-20T05:00:00.000Z")));
  const range = { from: "2026-11-20T01:00:00.000Z", to: "2026-11-20T04:00:00.000Z" };
  expect(brushRange(buckets, hour, { anchor: 1, head: 3 })).toEqual(range);
  expect(brushRange(buckets, hour, { anchor: 3, head: 1 })).toEqual(range);
  expect(brushRange(buckets, hour, { anchor: 5, head: 5 })).toEqual({ from: "2026-11-20T05:00:00.000Z", to: "2026-11-20T06:00:00.000Z" });
});

test("a pointer anywhere, also outside, is over a bucket", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, min: -2, max: 3 }), fc.integer({ min: 1, max: 120 }), (fraction, count) => {
      const index = bucketAt(fraction, count);
      expect(index).toBeGreaterThanOrEqual(0);
      expect(index).toBeLessThan(count);
    }),
  );
});

test("arrow keys begin at an end, walk, extend with Shift and stop at the borders", () => {
  expect(moveBrush(null, 1, false, 5)).toEqual({ anchor: 0, head: 0 });
  expect(moveBrush(null, -1, false, 5)).toEqual({ anchor: 4, head: 4 });
  expect(moveBrush({ anchor: 2, head: 2 }, 1, true, 5)).toEqual({ anchor: 2, head: 3 });
  expect(moveBrush({ anchor: 2, head: 4 }, 1, true, 5)).toEqual({ anchor: 2, head: 4 });
  expect(moveBrush({ anchor: 2, head: 4 }, -1, false, 5)).toEqual({ anchor: 3, head: 3 });
});
