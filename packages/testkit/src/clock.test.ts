import { expect, test } from "vitest";
import { fixedClock } from "./clock.ts";

test("the clock stands still until it is moved, and nobody can move it through a date it gave", () => {
  const { now, advance, set } = fixedClock("2026-03-01T09:00:00Z");
  now().setFullYear(1999);
  expect(now().toISOString()).toBe("2026-03-01T09:00:00.000Z");
  advance(1500);
  expect(now().toISOString()).toBe("2026-03-01T09:00:01.500Z");
  set("2026-04-01T00:00:00Z");
  expect(now().toISOString()).toBe("2026-04-01T00:00:00.000Z");
});

test("what is not a time is refused at once", () => {
  expect(() => fixedClock("yesterday")).toThrow(/not a time/);
});
