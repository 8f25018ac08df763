import { expect, test } from "vitest";
import { seededRandom } from "./seeded.ts";

const take = <Value>(count: number, next: () => Value) => Array.from({ length: count }, next);

test("the same seed gives the same numbers, another seed others", () => {
  expect(take(50, seededRandom(7))).toEqual(take(50, seededRandom(7)));
  expect(take(50, seededRandom(7))).not.toEqual(take(50, seededRandom(8)));
});

test("numbers lie in [0, 1) and spread over it", () => {
  const numbers = take(10_000, seededRandom(1));
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
  for (let tenth = 0; tenth < 10; tenth++) {
    expect(numbers.filter((number) => Math.floor(number * 10) === tenth).length).toBeGreaterThan(800);
  }
});
