import type { Json } from "@daybook/event";
import fc from "fast-check";
import { expect, test } from "vitest";
import { opened } from "./open-json.ts";
import { valueChanges } from "./value-changes.ts";

test.each<[string, Json, Json]>([
  ["an object in a text", '{"a":1}', { a: 1 }],
  ["a text in a text", '"Client Secret"', "Client Secret"],
  ["a text in a text in a text", '"\\"x\\""', "x"],
  ["JSON in a list in a text", '["{\\"State\\":\\"Enabled\\"}"]', [{ State: "Enabled" }]],
  ["JSON in the members of an object", { log: '{"verb":"get"}', plain: "x" }, { log: { verb: "get" }, plain: "x" }],
  ["JSON over several lines", '[\r\n  "Alice"\r\n]', ["Alice"]],
  ["plain text", "enabled", "enabled"],
  ["a word that JSON knows", "true", "true"],
  ["digits", "42", "42"],
  ["text that begins like JSON", "[draft] budget", "[draft] budget"],
  ["an unfinished object", '{"a":', '{"a":'],
  ["nothing", null, null],
])("%s", (_name, value, expected) => {
  expect(opened(value)).toEqual(expected);
});

test("brackets without end stay text", () => {
  const deep = "[".repeat(5_000) + "]".repeat(5_000);
  expect(opened(deep)).toBe(deep);
});

test("an object or a list reads the same, however often it was put into a text", () => {
  fc.assert(
    fc.property(fc.oneof(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), fc.array(fc.jsonValue({ maxDepth: 4 }))), fc.nat(3), (value, times) => {
      let text = JSON.stringify(value);
      for (let time = 0; time < times; time += 1) text = JSON.stringify(text);
      expect(JSON.stringify(opened(text))).toBe(JSON.stringify(opened(JSON.parse(JSON.stringify(value)) as Json)));
    }),
  );
});

test("an integer above 2^53 inside a text keeps its digits", () => {
  expect(JSON.stringify(opened('{"id":9007199254740993}'))).toBe('{"id":9007199254740993}');
});

test.each<[string, Json | undefined, Json | undefined, object[]]>([
  ["texts", "on", "off", [{ path: "x", before: "on", after: "off" }]],
  ["objects in texts, by the members that differ", '{"a":1,"b":{"c":1}}', '{"a":1,"b":{"c":2}}', [{ path: "x.b.c", before: 1, after: 2 }]],
  ["something that was not there", undefined, "new", [{ path: "x", after: "new" }]],
  ["something that is gone", ["a"], undefined, [{ path: "x", before: ["a"] }]],
  [
    "long integers, by their digits",
    JSON.rawJSON("9007199254740993") as Json,
    JSON.rawJSON("9007199254740995") as Json,
    [{ path: "x", before: JSON.rawJSON("9007199254740993"), after: JSON.rawJSON("9007199254740995") }],
  ],
  ["the same twice", '{"a":1}', { a: 1 }, []],
])("changes of %s", (_name, before, after, expected) => {
  expect(JSON.stringify(valueChanges("x", before, after))).toBe(JSON.stringify(expected));
});
