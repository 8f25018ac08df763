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
  expect(completeChanges({ before: { y: 1 }, after: { y: 2 }, fields }).fields).toEqual(fields);
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

test("an object that came as a text of JSON is compared field by field, in whole states and in fields", () => {
  const before = '{"visibility":"private","id":12345678901234567890,"tags":["a"]}';
  const after = '{ "id": 12345678901234567890, "tags": ["a","b"], "visibility": "shared" }';
  const inside = (at: string) => [
    { path: `${at}visibility`, before: "private", after: "shared" },
    { path: `${at}tags`, before: ["a"], after: ["a", "b"] },
  ];
  expect(diff(before, after)).toEqual(inside(""));
  expect(diff({ settings: before, x: 1 }, { settings: after, x: 1 })).toEqual(inside("settings."));
  expect(completeChanges({ fields: [{ path: "settings", before, after }] }).fields).toEqual(inside("settings."));
});

test("a text that is no object stays a text, and what only its spelling changed stays as it was told", () => {
  const fields: FieldChange[] = [
    { path: "a", before: "[1]", after: "[1, 2]" },
    { path: "b", before: '"x"', after: "{x}" },
    { path: "c", before: '{"a":1}', after: '{ "a": 1 }' },
  ];
  expect(completeChanges({ fields }).fields).toEqual(fields);
  expect(diff({ c: '{"a":1}' }, { c: '{ "a": 1 }' })).toEqual([]);
});

test("the changed fields, applied to what was before, give what is after", () => {
  const key = fc.stringMatching(/^[a-z]{1,3}$/);
  const { state } = fc.letrec<{ state: { [key: string]: Json }; value: Json }>((tie) => ({
    state: fc.dictionary(key, tie("value"), { maxKeys: 4 }) as fc.Arbitrary<{ [key: string]: Json }>,
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom<Json>(null, 0, 1, "x", "y", true),
      fc.array(fc.constantFrom<Json>(1, 2, "z"), { maxLength: 3 }),
      tie("state"),
      tie("state").map((inner) => JSON.stringify(inner)),
    ) as fc.Arbitrary<Json>,
  }));
  fc.assert(
    fc.property(state, state, (before, after) => {
      expect(applied(opened(before), diff(before, after))).toEqual(opened(after));
    }),
  );
});

/** A state with every object out of its text, as the changed fields tell of it. */
function opened(value: Json): Json {
  if (typeof value === "string" && value.startsWith("{")) return opened(JSON.parse(value) as Json);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, opened(member)]));
}

function applied(state: Json, fields: readonly FieldChange[]): Json {
  const result = structuredCopy(state) as { [key: string]: Json };
  for (const { path, after } of fields) {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    const at = keys.reduce((part, key) => part[key] as { [key: string]: Json }, result);
    if (after === undefined) delete at[last];
    else at[last] = opened(after);
  }
  return result;
}

const structuredCopy = (value: Json): Json => JSON.parse(JSON.stringify(value)) as Json;
