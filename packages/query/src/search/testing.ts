import fc from "fast-check";
import { comparisons, eventParts } from "../ast.ts";
import type { Clause, SearchValue } from "./clause.ts";
import { keyNames, numberKeys } from "./keys.ts";

/** Everything that the language gives a meaning to, and what breaks careless readers. */
const specials = [
  '"',
  "\\",
  '\\"',
  "(",
  ")",
  ":",
  "→",
  "->",
  "*",
  "-",
  " ",
  "\t",
  "\u00a0",
  " OR ",
  "OR",
  "or",
  "AND",
  "NOT",
  ">",
  "<=",
  "..",
  "@",
  "me",
  "é",
  "Σς",
  "İ",
  "🙂",
  "\ud800",
  "'",
  "“",
  "”",
  "=",
  "!=",
  "&&",
  "||",
  "%",
  "{",
  ",",
  ".",
  "/",
  "_",
];

export const nastyText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...specials), fc.constantFrom("alice", "A", "b", "7", "status:failed", "10.0.0", "::1", "created", "FAILED", "pending")), {
    minLength: 1,
    maxLength: 5,
  })
  .map((pieces) => pieces.join(""));

const exact = nastyText.map((text): SearchValue => ({ text, glob: false }));
const pattern = nastyText.map((text): SearchValue => ({ text: text.includes("*") ? text : `${text}*`, glob: true }));
const distinct = (value: fc.Arbitrary<SearchValue>) => fc.uniqueArray(value, { minLength: 1, maxLength: 3, selector: ({ text, glob }) => `${glob} ${text}` });
const path = fc.oneof(nastyText, fc.constantFrom("env", "run.id", "visibility", "a-b.c_d"));
const negated = fc.boolean();

/** Any clause that a text can say. */
const anyClause: fc.Arbitrary<Clause> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      is: fc.constant("key" as const),
      negated,
      key: fc.constantFrom(...keyNames.filter((key) => key !== "tag")),
      values: distinct(fc.oneof(exact, pattern)),
    }),
  },
  fc.record({ is: fc.constant("key" as const), negated, key: fc.constant("tag" as const), values: distinct(exact) }),
  fc.record({ is: fc.constant("metadata" as const), negated, path, values: distinct(exact) }),
  fc.record({
    is: fc.constant("compare" as const),
    negated,
    key: fc.constantFrom(...numberKeys),
    op: fc.constantFrom(...comparisons),
    value: fc.oneof(fc.maxSafeNat(), fc.constantFrom(0, 1, 999, 1_000, 90_000, 7_200_000)),
  }),
  fc.record({ is: fc.constant("has" as const), negated, part: fc.constantFrom(...eventParts) }),
  fc.record({ is: fc.constant("changed" as const), negated, path, before: nastyText, after: nastyText }, { requiredKeys: ["is", "negated", "path"] }),
  fc.record({ is: fc.constant("text" as const), negated, text: nastyText, anywhere: fc.boolean() }),
);

export const anyClauses = fc.array(anyClause, { maxLength: 8 });

/** Texts that look like searches, and some that do not. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom(...specials, ...keyNames.map((key) => `${key}:`), "changed:", "has:", "metadata.", "rows:", "failed", "x", "1"),
    maxLength: 25,
  }),
);
