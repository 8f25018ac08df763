import fc from "fast-check";
import { expect, test } from "vitest";
import type { FieldChange, Json } from "./audit-event.ts";
import { completeChanges, diff } from "./change.ts";

test("a change of two fields is told as those two fields", () => {
  expect(diff({ title: "Report", visibility: "private", id: 1 }, { title: "Q2 Sales Report", visibility: "shared", id: 1 })).toEqual([
    { path: "title", before: "Report", after: "Q2 Sales Report" },
    { path: "visibility", before: "private", after: "shared" },
  ]);
});

test("an added field has no before, a removed one no after", () => {
  expect(diff({ old: 1 }, { new: 2 })).toEqual([
    { path: "old", before: 1 },
    { path: "new", after: 2 },
  ]);
});

test("whole objects that come or go are told by their fields", () => {
  expect(diff(undefined, { a: 1 })).toEqual([{ path: "a", after: 1 }]);
  expect(diff({ a: { b: 1 } }, null)).toEqual([{ path: "a", before: { b: 1 } }]);
});

test("nothing changed means no field, whatever the value and the order of its keys", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      expect(diff(value as Json, shuffled(value as Json))).toEqual([]);
    }),
  );
});

test("a producer's own list of fields is kept as it is", () => {
  const fields: FieldChange[] = [{ path: "x", before: 1, after: 2 }];
  expect(completeChanges({ before: { y: 1 }, after: { y: 2 }, fields }).fields).toBe(fields);
});

function shuffled(value: Json): Json {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, shuffled(member)]),
  );
}
