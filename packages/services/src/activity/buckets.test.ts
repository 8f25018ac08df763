import { wallTime } from "@daybook/event";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bucketsMax, daysBetween, gridsOf } from "./buckets.ts";

const hour = 3_600_000;
const zones = ["UTC", "Europe/Paris", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia"];
const paris = (from: string, to: string) => gridsOf({ from: Date.parse(from), to: Date.parse(to), zone: "Europe/Paris" })[0];

test.each([
  ["2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", 23],
  ["2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", 25],
  ["2026-06-12", "2026-06-11T22:00:00Z", "2026-06-12T22:00:00Z", 24],
])("the day %s in Paris has as many bars as hours", (_day, from, to, bars) => {
  const grid = paris(from, to);
  expect([grid?.unit, grid?.bucketSeconds, grid?.starts.length]).toEqual(["hour", 3_600, bars]);
  expect(grid?.starts[0]).toBe(Date.parse(from));
});

test("days begin at local midnight on both sides of a change of clocks, also where midnight is skipped", () => {
  expect(daysBetween({ from: Date.parse("2026-10-24T10:00:00Z"), to: Date.parse("2026-10-27T10:00:00Z"), zone: "Europe/Paris" }).map(iso)).toEqual([
    "2026-10-23T22:00:00.000Z",
    "2026-10-24T22:00:00.000Z",
    "2026-10-25T23:00:00.000Z",
    "2026-10-26T23:00:00.000Z",
  ]);
  const beirut = daysBetween({ from: Date.parse("2026-03-28T12:00:00Z"), to: Date.parse("2026-03-29T12:00:00Z"), zone: "Asia/Beirut" });
  expect(beirut.map(iso)).toEqual(["2026-03-27T22:00:00.000Z", "2026-03-28T22:00:00.000Z"]);
});

test("a zone of half an hour has its hours at half past", () => {
  const grid = gridsOf({ from: Date.parse("2026-06-12T00:10:00Z"), to: Date.parse("2026-06-13T00:10:00Z"), zone: "Asia/Kolkata" })[0];
  expect(grid?.starts.slice(0, 2).map(iso)).toEqual(["2026-06-11T23:30:00.000Z", "2026-06-12T00:30:00.000Z"]);
});

test.each([
  ["2026-06-12T10:00:00Z", "2026-06-12T10:45:00Z", "minute", 60],
  ["2026-06-12T10:00:00Z", "2026-06-12T15:00:00Z", "minute", 300],
  ["2026-06-09T22:00:00Z", "2026-06-16T22:00:00Z", "hour", 10_800],
  ["2026-05-13T22:00:00Z", "2026-06-12T22:00:00Z", "day", 86_400],
  ["2026-03-14T23:00:00Z", "2026-06-12T22:00:00Z", "day", 86_400],
  ["2025-06-12T22:00:00Z", "2026-06-12T22:00:00Z", "week", 604_800],
  ["1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "year", 3_155_695_200],
])("from %s to %s there is a bar for each %s of %i seconds", (from, to, unit, seconds) => {
  expect(paris(from, to)).toMatchObject({ unit, bucketSeconds: seconds });
});

test("weeks begin on a Monday, months and years on their first", () => {
  const weekdayOf = (at: number) =>
    new Date(Date.UTC(wallTime(at, "Europe/Paris").year, wallTime(at, "Europe/Paris").month - 1, wallTime(at, "Europe/Paris").day)).getUTCDay();
  expect(new Set(paris("2025-06-12T10:00:00Z", "2026-06-12T10:00:00Z")?.starts.map(weekdayOf))).toEqual(new Set([1]));
  const months = paris("2020-06-12T10:00:00Z", "2026-06-12T10:00:00Z");
  expect(months?.unit).toBe("month");
  expect(months?.starts.every((at) => wallTime(at, "Europe/Paris").day === 1 && wallTime(at, "Europe/Paris").hour === 0)).toBe(true);
});

test("in any zone and range the bars ascend, cover its begin, none lies behind its end, and there are never too many", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) }),
      fc.oneof(fc.nat(48 * hour), fc.nat(200 * 24 * hour), fc.nat(4_000 * 24 * hour), fc.nat(Date.UTC(9_000, 0, 1))),
      fc.constantFrom(...zones),
      (from, span, zone) => {
        for (const { starts, bucketSeconds } of gridsOf({ from, to: from + span, zone })) {
          expect(starts.length).toBeLessThanOrEqual(bucketsMax);
          expect(starts[0]).toBeLessThanOrEqual(from);
          expect(starts.every((start, index) => index === 0 || start > (starts[index - 1] ?? 0))).toBe(true);
          if (starts.length > 1) expect(starts.at(-1)).toBeLessThan(from + span);
          // A change of clocks lengthens a bar by an hour; a day that a zone skipped, by a day.
          expect(from + span - (starts.at(-1) ?? 0)).toBeLessThanOrEqual(bucketSeconds * 1_040 + 26 * hour);
        }
      },
    ),
  );
});

const iso = (at: number): string => new Date(at).toISOString();
