import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { firstRetryCeilingMs, readRetryAfterMs, retryAfterMaxMs, retryCeilingMaxMs, retryWaitMs, slowRetryMs, slowWaitMs } from "./backoff.ts";

test("a wait is drawn between nothing and a ceiling that doubles up to its bound", () => {
  const ceilings = [1, 2, 3, 7, 8, 1_000_000].map((attempt) => retryWaitMs(attempt, () => 1));
  expect(ceilings).toEqual([firstRetryCeilingMs, 1_000, 2_000, retryCeilingMaxMs, retryCeilingMaxMs, retryCeilingMaxMs]);
  fc.assert(
    fc.property(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (attempt, dice) => {
      const waitMs = retryWaitMs(attempt + 1, () => dice);
      return waitMs >= 0 && waitMs <= retryCeilingMaxMs;
    }),
  );
  expect([slowWaitMs(() => 0), slowWaitMs(() => 1)]).toEqual([slowRetryMs, 2 * slowRetryMs]);
});

describe("Retry-After", () => {
  const nowMs = Date.parse("2026-03-01T12:00:00Z");
  test.each([
    ["3", 3_000],
    [" 0 ", 0],
    ["Sun, 01 Mar 2026 12:00:30 GMT", 30_000],
    ["Sun, 01 Mar 2026 11:00:00 GMT", 0],
    ["999999999", retryAfterMaxMs],
    ["soon", undefined],
    ["", undefined],
    [null, undefined],
  ])("%o asks for %o ms", (header, waitMs) => {
    expect(readRetryAfterMs(header, nowMs)).toBe(waitMs);
  });
});
