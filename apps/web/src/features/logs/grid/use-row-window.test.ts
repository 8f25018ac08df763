import fc from "fast-check";
import { expect, test } from "vitest";
import { windowIndexes } from "./use-row-window.ts";

test("what is mounted are the rows of the window and the kept one, each once, in their order, and none that is not there", () => {
  const any = fc.record({
    from: fc.integer({ min: -20, max: 300 }),
    to: fc.integer({ min: -20, max: 300 }),
    count: fc.nat(250),
    kept: fc.integer({ min: -1, max: 300 }),
  });
  fc.assert(
    fc.property(any, (asked) => {
      const { from, to, count, kept } = asked;
      const all = Array.from({ length: count }, (_, index) => index);
      expect(windowIndexes(asked)).toEqual(all.filter((index) => (index >= from && index <= to) || index === kept));
    }),
  );
});

test("of a million rows no more are mounted than are asked for", () => {
  expect(windowIndexes({ from: 999_000, to: 999_040, count: 1_000_000, kept: 3 })).toHaveLength(42);
});
