import { diff as serverDiff } from "@daybook/event";
import type { Json } from "@daybook/event";
import fc from "fast-check";
import { expect, test } from "vitest";
import { diff } from "./diff.ts";

test("a diff is the changes of an event: the fields that differ, as they would be sent", () => {
  interface Row {
    name: string;
    plan: { seats: number };
    renewed: Date;
    size: bigint;
    note?: string | undefined;
  }
  const before: Row = { name: "Acme", plan: { seats: 3 }, renewed: new Date("2026-01-01T00:00:00Z"), size: 1n, note: undefined };
  const after: Row = { name: "Acme", plan: { seats: 5 }, renewed: new Date("2026-02-01T00:00:00Z"), size: 1n, note: "paid" };
  expect(diff(before, after)).toEqual({
    fields: [
      { path: "plan.seats", before: 3, after: 5 },
      { path: "renewed", before: "2026-01-01T00:00:00.000Z", after: "2026-02-01T00:00:00.000Z" },
      { path: "note", after: "paid" },
    ],
  });
});

test("something made and something removed are changes of each of its fields", () => {
  expect(diff(undefined, { a: 1 })).toEqual({ fields: [{ path: "a", after: 1 }] });
  expect(diff({ a: 1 }, undefined)).toEqual({ fields: [{ path: "a", before: 1 }] });
  expect(diff({ a: 1 }, { a: 1 })).toEqual({ fields: [] });
});

test("it is the server's own diff, but for texts that hold JSON, which the server opens, and for empty keys", () => {
  // Through its text, because -0 is a number that JSON does not send.
  const json = fc
    .jsonValue({ maxDepth: 4 })
    .map((value) => JSON.stringify(value))
    .filter((text) => !text.includes('"{') && !text.includes('"":'))
    .map((text) => JSON.parse(text) as Json);
  const edited = fc.tuple(json, json, fc.boolean()).map(([one, other, nested]): [Json, Json] =>
    nested
      ? [
          { a: one, b: other },
          { b: other, a: other },
        ]
      : [one, other],
  );
  fc.assert(
    fc.property(edited, ([before, after]) => {
      expect(diff(before, after).fields).toEqual(serverDiff(before, after));
    }),
    { numRuns: 500 },
  );
  const wide = (value: number) => Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`k${n}`, value]));
  expect(diff(wide(1), wide(2)).fields).toEqual(serverDiff(wide(1), wide(2)));
});

test("a value that has no JSON form is absent; nothing throws", () => {
  const circle: { self?: unknown } = {};
  circle.self = circle;
  expect(diff(circle, { a: 1 })).toEqual({ fields: [{ path: "a", after: 1 }] });
  expect(diff(() => 1, Symbol("x"))).toEqual({ fields: [] });
});
