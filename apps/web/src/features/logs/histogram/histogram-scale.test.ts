import fc from "fast-check";
import { expect, test } from "vitest";
import { bucketLabel } from "./bucket-label.ts";
import { stepBucket, truncateTo } from "./bucket-time.ts";
import { barsOf, brushRange, bucketAt, moveBrush, placeOf, totalOf, type Bar, type Histogram } from "./histogram-scale.ts";
import { countOf, seriesOf } from "./histogram-series.ts";

const zone = "Europe/Paris";
const hour = 3_600;
const iso = (instant: number) => new Date(instant).toISOString();

/** All bars of a range, as the server gives them: also those without events. */
function histogram(unit: Histogram["unit"], bucketSeconds: number, { from, to }: { from: string; to: string }, counted: Record<string, number> = {}) {
  const grid = { unit, bucketSeconds, zone };
  const starts: number[] = [];
  for (let start = truncateTo(Date.parse(from), grid); start < Date.parse(to); start = stepBucket(start, 1, grid)) starts.push(start);
  return { ...grid, buckets: starts.map((start) => ({ start: iso(start), counts: { success: counted[iso(start)] ?? 0 } })) };
}
const sum = (bars: readonly Bar[]) => bars.reduce((total, bar) => total + totalOf(bar), 0);

test.each([
  ["2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", 23],
  ["2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", 25],
  ["2026-06-12", "2026-06-11T22:00:00Z", "2026-06-12T22:00:00Z", 24],
])("%s has as many hours in Paris as the clocks made it", (_day, from, to, hours) => {
  const bars = barsOf(histogram("hour", hour, { from, to }), { from, to });
  expect(bars).toHaveLength(hours);
  expect(iso(bars.at(-1)?.end ?? 0)).toBe(new Date(to).toISOString());
});

test("the hour that comes twice is told by the name of its clock, and no other day is", () => {
  const asked = { from: "2026-10-24T22:00:00Z", to: "2026-10-25T23:00:00Z" };
  const bars = barsOf(histogram("hour", hour, asked), asked);
  expect(bars.slice(1, 5).map(({ start }) => bucketLabel(start, hour, zone))).toEqual([
    "25 Oct 01:00 CEST",
    "25 Oct 02:00 CEST",
    "25 Oct 02:00 CET",
    "25 Oct 03:00 CET",
  ]);
  expect(bucketLabel(Date.parse("2026-11-20T12:00:00Z"), hour, zone)).toBe("20 Nov 13:00");
  expect(bucketLabel(Date.parse("2026-11-01T06:00:00Z"), hour, "America/New_York")).toBe("1 Nov 01:00 EST");
  expect(bucketLabel(Date.parse("2026-11-19T23:00:00Z"), 24 * hour, zone)).toBe("20 Nov 2026");
  expect(bucketLabel(Date.parse("2026-10-31T23:00:00Z"), 30 * 24 * hour, zone)).toBe("Nov 2026");
});

test("only the bars at the two edges are clipped to the exact range", () => {
  const asked = { from: "2026-11-20T00:17:05.000Z", to: "2026-11-20T02:30:00.000Z" };
  const bars = barsOf(histogram("hour", hour, asked, { "2026-11-20T00:00:00.000Z": 1, "2026-11-20T02:00:00.000Z": 2 }), asked);
  expect(bars.map(({ start, end }) => [iso(start).slice(11, 19), iso(end).slice(11, 19)])).toEqual([
    ["00:17:05", "01:00:00"],
    ["01:00:00", "02:00:00"],
    ["02:00:00", "02:30:00"],
  ]);
  expect(sum(bars)).toBe(3);
  expect(brushRange(bars, { anchor: 2, head: 0 })).toEqual({ from: asked.from, to: asked.to });
});

test("months begin where the calendar of the zone has them", () => {
  const asked = { from: "2026-01-31T23:00:00.000Z", to: "2026-05-31T22:00:00.000Z" };
  const bars = barsOf(histogram("month", 2_629_746, asked, { "2026-03-31T22:00:00.000Z": 5 }), asked);
  expect(bars.map(({ start }) => bucketLabel(start, 2_629_746, zone))).toEqual(["Feb 2026", "Mar 2026", "Apr 2026", "May 2026"]);
  expect(bars.map(totalOf)).toEqual([0, 0, 5, 0]);
});

test("a young log is drawn with the empty time before it", () => {
  const range = { from: "2026-11-20T11:00:00.000Z", to: "2026-11-20T12:03:00.000Z" };
  const bars = barsOf(histogram("hour", hour, range, { "2026-11-20T11:00:00.000Z": 5 }), {});
  expect(bars).toHaveLength(36);
  expect(bars.slice(-2).map(totalOf)).toEqual([5, 0]);
  expect(barsOf({ buckets: [], unit: "hour", bucketSeconds: hour, zone }, {})).toEqual([]);
});

test("bars join without a gap and keep the sum, whatever the unit, the zone and the edges", () => {
  const units = fc.constantFrom<[Histogram["unit"], number]>(
    ["minute", 300],
    ["hour", hour],
    ["hour", 3 * hour],
    ["day", 24 * hour],
    ["week", 7 * 24 * hour],
    ["year", 315_569_520],
  );
  const zones = fc.constantFrom("Europe/Paris", "UTC", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe");
  const gaps = fc.array(fc.tuple(fc.integer({ min: 1, max: 90_000 }), fc.nat(9)), { minLength: 1, maxLength: 120 });
  fc.assert(
    fc.property(units, zones, fc.integer({ min: 1, max: 2_000_000 }), gaps, ([unit, bucketSeconds], place, begin, steps) => {
      let at = begin * 1000;
      const buckets = steps.map(([seconds, count]) => ({ start: iso((at += seconds * 1000)), counts: { failed: count } }));
      const first = Date.parse(buckets[0]?.start ?? "");
      const asked = { from: iso(first + 500), to: iso(at + 700) };
      const bars = barsOf({ unit, bucketSeconds, zone: place, buckets }, asked);
      expect(sum(bars)).toBe(steps.reduce((total, [, count]) => total + count, 0));
      expect(bars.map(({ start }) => start)).toEqual([first + 500, ...bars.slice(0, -1).map(({ end }) => end)]);
      expect(bars.at(-1)?.end).toBe(at + 700);
    }),
  );
});

test.each([
  ["hour", hour],
  ["day", 24 * hour],
  ["week", 7 * 24 * hour],
  ["month", 2_629_746],
  ["quarter", 7_889_238],
  ["year", 31_556_952],
  ["year", 315_569_520],
])("a step on and a step back by a %s of %i seconds meet, over every change of the clocks", (unit, bucketSeconds) => {
  const grid = { unit, bucketSeconds, zone };
  const begin = truncateTo(Date.parse("2026-03-29T12:00:00Z"), grid);
  expect(stepBucket(stepBucket(begin, 1, grid), -1, grid)).toBe(begin);
  expect(truncateTo(begin, grid)).toBe(begin);
});

test("an instant has its place between the bars: before them, in one, behind them", () => {
  const asked = { from: "2026-11-20T00:00:00.000Z", to: "2026-11-20T04:00:00.000Z" };
  const bars = barsOf(histogram("hour", hour, asked), asked);
  const place = (time: string) => placeOf(Date.parse(`2026-11-${time}Z`), bars);
  expect([place("19T12:00:00"), place("20T01:30:00"), place("21T00:00:00")]).toEqual([0, 1.5, 4]);
});

test("of verbs the four most frequent stand for themselves and the rest as one, without losing any", () => {
  const counts = { created: 9, updated: 8, deleted: 7, viewed: 6, shared: 5, revoked: 4 };
  const series = seriesOf("operation", [{ start: 0, end: 1, counts }]);
  expect(series.map(({ label }) => label)).toEqual(["Created", "Updated", "Deleted", "Viewed", "Others"]);
  expect(series.reduce((total, one) => total + countOf(one, { counts }), 0)).toBe(39);
  expect(seriesOf("actor_type", [{ start: 0, end: 1, counts: { api_key: 2 } }]).map(({ label }) => label)).toEqual(["API key"]);
});

test("a pointer anywhere, also outside, is over a bar", () => {
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
