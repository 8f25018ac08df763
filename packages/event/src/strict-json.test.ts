import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eventDepthMax, eventKeysMax, stringLengthMax } from "./limits.ts";
import { JsonSyntaxProblem, parseScanned, scanItem, splitItems } from "./strict-json.ts";

describe("what JSON.parse accepts, the scanner reads to the same value", () => {
  test("for any JSON value, however it is spaced", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(0, 1, 2), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), null, indent);
        const item = scanItem(` ${text}\n`);
        if (!item.problem) expect(parseScanned(item)).toEqual(JSON.parse(text));
      }),
    );
  });

  test("an array falls into the items that its parts are", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 20 }), (values) => {
        const items = splitItems(JSON.stringify(values, null, 1));
        expect(items.map((item) => item.index)).toEqual(values.map((_, index) => index));
        expect(items.map(parseScanned)).toEqual(JSON.parse(JSON.stringify(values)));
      }),
    );
  });
});

test("text is refused exactly when JSON.parse refuses it", () => {
  const characters = fc.string({ unit: fc.constantFrom(...'{}[]",:0123456789.eE+-tfnul\\ \n'.split(""), "true", "null", '"a"'), maxLength: 24 });
  fc.assert(
    fc.property(characters, (text) => {
      const parses = succeeds(() => JSON.parse(text) as unknown);
      expect(succeeds(() => scanItem(text))).toBe(parses);
    }),
    { numRuns: 20_000 },
  );
});

test.each([
  ["a key that stands twice", '{"a":1,"b":2,"a":3}', "duplicate_key"],
  ["a key that stands twice in other letters", '{"a":1,"\\u0061":3}', "duplicate_key"],
  ["NUL in a string", '{"a":"x\\u0000y"}', "unsafe_text"],
  ["half a surrogate pair", '{"a":"\\ud800"}', "unsafe_text"],
  ["a number beyond every reader", '{"a":1e400}', "unsafe_number"],
  ["an integer above 2^53", '{"a":9007199254740993}', "unsafe_number"],
  ["a prototype in disguise", '{"__proto__":{"admin":true}}', "invalid_event"],
  ["a string that is too long", JSON.stringify({ a: "x".repeat(stringLengthMax + 1) }), "event_too_large"],
  ["too many keys", JSON.stringify(Object.fromEntries(Array.from({ length: eventKeysMax + 1 }, (_, at) => [`k${at}`, at]))), "event_too_large"],
  ["too deep a nest", "[".repeat(eventDepthMax + 1) + "]".repeat(eventDepthMax + 1), "event_too_large"],
])("%s is a problem of its item", (_, text, code) => {
  expect(scanItem(text).problem?.code).toBe(code);
});

test.each([
  ["a whole pair of surrogates", '{"a":"\\ud83d\\ude00"}'],
  ["2^53 - 1", '{"a":9007199254740991}'],
  ["a long fraction", '{"a":0.12345678901234567890}'],
  ["the same key in two objects", '{"a":{"x":1},"b":{"x":2}}'],
])("%s is no problem", (_, text) => {
  expect(scanItem(text).problem).toBeUndefined();
});

test("the problem of one item leaves its neighbours alone", () => {
  const items = splitItems('[{"a":1},{"a":1,"a":2},{"a":3}]');
  expect(items.map((item) => item.problem?.code)).toEqual([undefined, "duplicate_key", undefined]);
});

test("nesting without end is one item's problem and cannot exhaust the stack", () => {
  const deep = "[".repeat(200_000) + "]".repeat(200_000);
  const items = splitItems(`[{"a":1},${deep},{"a":"]"}]`);
  expect(items.map(({ problem }) => problem?.code)).toEqual([undefined, "event_too_large", undefined]);
  expect(() => splitItems("[".repeat(200_000))).toThrow(JsonSyntaxProblem);
  expect(() => splitItems(`[${"[".repeat(50)}${"}".repeat(50)}]`)).toThrow(JsonSyntaxProblem);
});

test("an object with too many keys is passed over to its end", () => {
  const keys = Array.from({ length: eventKeysMax + 5 }, (_, index) => `"k${index}":[{"]":"}"}]`).join(",");
  expect(splitItems(`[{"a":{${keys}},"b":1},{"c":2}]`).map(({ problem, text }) => problem?.code ?? text)).toEqual(["event_too_large", '{"c":2}']);
});

test("an array is read no further than the caller can use", () => {
  expect(splitItems("[1,2,3,4", { itemsMax: 2 })).toHaveLength(3);
  expect(splitItems("[1,2]", { itemsMax: 2 })).toHaveLength(2);
});

test("broken text is refused with the position of the break", () => {
  expect(() => splitItems('[{"a":1},{"a":}]')).toThrow("Expected a JSON value at character 15");
});

function succeeds(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
