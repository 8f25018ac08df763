import { describe, expect, test } from "vitest";
import { cutoff } from "./cutoff.ts";

describe("the cut", () => {
  test.each<[number, string, string]>([
    [30, "2026-11-20T12:00:00.000Z", "2026-10-21T12:00:00.000Z"],
    [1, "2026-03-01T00:00:00.000Z", "2026-02-28T00:00:00.000Z"],
    [1, "2028-03-01T00:00:00.000Z", "2028-02-29T00:00:00.000Z"],
    // The night Europe's clocks go forward has 23 hours; the policy's day has 24.
    [1, "2026-03-29T12:00:00.000Z", "2026-03-28T12:00:00.000Z"],
    [365, "2026-01-01T00:00:00.000Z", "2025-01-01T00:00:00.000Z"],
  ])("%i days before %s is %s", (days, now, expected) => {
    expect(cutoff(days, new Date(now))?.toISOString()).toBe(expected);
  });

  test("of no policy is nothing", () => {
    expect(cutoff(null, new Date())).toBeNull();
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 36_501])("of %s days is refused: a slip must not empty the log", (days) => {
    expect(() => cutoff(days, new Date("2026-11-20T12:00:00.000Z"))).toThrow(RangeError);
  });

  test("from a clock that shows nothing is refused", () => {
    expect(() => cutoff(30, new Date("nonsense"))).toThrow(RangeError);
  });
});
