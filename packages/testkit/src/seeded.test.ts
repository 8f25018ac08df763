import { expect, test } from "vitest";
import { seededIds, seededRandom } from "./seeded.ts";

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

test("ids are distinct, ascending UUIDs of version 7", () => {
  const ids = take(1000, seededIds(3));
  expect(new Set(ids).size).toBe(1000);
  expect(ids.toSorted()).toEqual(ids);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(take(5, seededIds(3))).toEqual(ids.slice(0, 5));
});
