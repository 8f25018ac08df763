import { parseSearch } from "@daybook/query";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyClauses } from "../../testing/any-clauses.ts";
import { canonicalText, searchFor, textOf, understoodText } from "./search-text.ts";

test("the text of any clauses says the same clauses again, and is its own canonical form", () => {
  fc.assert(
    fc.property(anyClauses, (clauses) => {
      const text = textOf(clauses);
      expect(parseSearch(text).problems).toEqual([]);
      expect(textOf(parseSearch(text).clauses)).toBe(text);
      expect(canonicalText(text)).toBe(text);
    }),
  );
});

test("any text has one canonical form, and what was understood of it is always understood", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), (text) => {
      const once = canonicalText(text);
      expect(canonicalText(once)).toBe(once);
      expect(parseSearch(understoodText(text)).problems).toEqual([]);
    }),
  );
});

test("values stand in one order whatever order they were chosen in", () => {
  expect(canonicalText("status:success status:failed")).toBe(canonicalText("status:(failed OR success)"));
});

test("a search for any value at all is a search for that value", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }), (value) => {
      expect(parseSearch(searchFor("resource", value))).toMatchObject({
        problems: [],
        clauses: [{ key: "resource", negated: false, values: [{ text: value, glob: false }] }],
      });
    }),
  );
});
