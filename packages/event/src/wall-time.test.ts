import fc from "fast-check";
import { expect, test } from "vitest";
import { isTimeZone, wallAsUtc, wallTime, zoneOffsetMs } from "./wall-time.ts";

const hour = 3_600_000;

test.each([
  ["2026-11-16T22:41:07.999Z", "UTC", { year: 2026, month: 11, day: 16, hour: 22, minute: 41, second: 7 }],
  ["2026-12-31T23:30:00Z", "Europe/Paris", { year: 2027, month: 1, day: 1, hour: 0, minute: 30, second: 0 }],
  ["2026-10-25T00:30:00Z", "Europe/Paris", { year: 2026, month: 10, day: 25, hour: 2, minute: 30, second: 0 }],
  ["2026-10-25T01:30:00Z", "Europe/Paris", { year: 2026, month: 10, day: 25, hour: 2, minute: 30, second: 0 }],
  ["2026-06-01T00:00:00Z", "Asia/Kolkata", { year: 2026, month: 6, day: 1, hour: 5, minute: 30, second: 0 }],
])("%s is read from a wall in %s", (instant, zone, wall) => {
  expect(wallTime(Date.parse(instant), zone)).toEqual(wall);
});

test("the wall is ahead of UTC by what the zone says on that day", () => {
  expect(zoneOffsetMs(Date.parse("2026-01-01T00:00:00Z"), "Europe/Paris")).toBe(hour);
  expect(zoneOffsetMs(Date.parse("2026-07-01T00:00:00Z"), "Europe/Paris")).toBe(2 * hour);
  expect(zoneOffsetMs(Date.parse("2026-07-01T00:00:00Z"), "America/St_Johns")).toBe(-2.5 * hour);
});

test("an instant and its offset give the wall again, before 1970 and within a second too", () => {
  const instants = fc.integer({ min: Date.UTC(1960, 0), max: Date.UTC(2090, 0) });
  fc.assert(
    fc.property(instants, fc.constantFrom("UTC", "Europe/Paris", "Australia/Lord_Howe", "America/New_York", "Asia/Kathmandu"), (instant, zone) => {
      const wall = wallAsUtc(wallTime(instant, zone));
      expect(instant + zoneOffsetMs(instant, zone) - wall).toBe(((instant % 1000) + 1000) % 1000);
    }),
  );
});

test("a zone is one that this runtime knows", () => {
  expect(["Europe/Paris", "europe/paris", "UTC"].map(isTimeZone)).toEqual([true, true, true]);
  expect(["Europe/Atlantis", "", "+25:00", "+05:30", "-03:00"].map(isTimeZone)).toEqual([false, false, false, false, false]);
});
