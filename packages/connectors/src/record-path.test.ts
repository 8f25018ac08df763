import type { Json } from "@daybook/event";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { itemsAtPath, parseRecordPath, printRecordPath, startLooking, textAtPath, valueAtPath } from "./record-path.ts";

const record: Json = {
  actor: { login: "mona", "e.mail": "mona@acme.example" },
  events: [{ name: "a", tags: ["x", "y"] }, { name: "b" }],
  Count: 7,
  blank: " ",
  none: null,
  inside: '{"deep": {"id": "d1"}}',
};
const pathOf = (text: string) => {
  const parsed = parseRecordPath(text);
  if ("problem" in parsed) throw new Error(parsed.problem);
  return parsed.path;
};
const textAt = (text: string, value: Json = record, root: Json = record) => textAtPath({ value, root, looking: startLooking() }, pathOf(text));

describe("a path", () => {
  test.each([
    ["actor.login", "mona"],
    ['actor."e.mail"', "mona@acme.example"],
    ['actor["e.mail"]', "mona@acme.example"],
    ["events[1].name", "b"],
    ["events[-1].name", "b"],
    ["events[*].tags[*]", "x"],
    ["count", "7"],
    ["blank | none | actor.login", "mona"],
    ["actor.login + '@' + Count", "mona@7"],
    ["actor.nobody + '!' | 'nobody'", "nobody"],
    ["inside.deep.id", "d1"],
    ["'it\\'s'", "it's"],
    ["$.actor.login", "mona"],
    [" actor . login ", "mona"],
  ])("%s leads to %s", (text, expected) => {
    expect(textAt(text)).toBe(expected);
  });

  test.each(["actor.nobody", "events[9].name", "blank", "none", "actor", "actor.login.more", "__proto__.x", "constructor.name", "events.length"])(
    "%s leads nowhere",
    (text) => {
      expect(textAt(text)).toBeUndefined();
    },
  );

  test.each([
    "",
    " ",
    "a..b",
    "a.",
    ".a",
    "a[",
    "a[x]",
    "a[1",
    '"a',
    "'a",
    "a | ",
    "a + ",
    "a b]",
    "a|b|c|d|e|f|g|h|i",
    "a.".repeat(20) + "a",
    "x".repeat(501),
  ])("%j is refused with a sentence", (text) => {
    expect(parseRecordPath(text)).toEqual({ problem: expect.stringMatching(/\.$/) });
  });

  test("begins at an item of a split record, and with $ at the record around it", () => {
    expect(textAt("name", { name: "item" }, { name: "whole" })).toBe("item");
    expect(textAt("$.name", { name: "item" }, { name: "whole" })).toBe("whole");
  });

  test("gives values as they are, and lists as their items", () => {
    expect(valueAtPath({ value: record, root: record, looking: startLooking() }, pathOf("Count"))).toBe(7);
    expect(valueAtPath({ value: record, root: record, looking: startLooking() }, pathOf("none | 'x'"))).toBe("x");
    expect(itemsAtPath(record, pathOf("events"))).toHaveLength(2);
    expect(itemsAtPath(record, pathOf("events[*]"))).toHaveLength(2);
    expect(itemsAtPath(record, pathOf("nowhere"))).toEqual([]);
  });

  test("that is printed from any keys leads to where they lead", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" }).filter((key) => key !== "__proto__"),
          { minLength: 1, maxLength: 6 },
        ),
        (keys) => {
          const nested = keys.reduceRight<Json>((inner, key) => ({ [key]: inner }), "found");
          expect(textAt(printRecordPath(keys), nested)).toBe("found");
        },
      ),
    );
  });

  test("is read or refused, whatever the text, and never throws", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40, unit: fc.constantFrom(..."ab.[]*0|+'\"$\\ ") }), fc.json(), (text, json) => {
        const parsed = parseRecordPath(text);
        if ("path" in parsed) textAtPath({ value: JSON.parse(json) as Json, root: null, looking: startLooking() }, parsed.path);
      }),
    );
  });
});
