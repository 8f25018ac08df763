import { comparisons, eventParts, keyNames, numberKeys, type Clause, type SearchValue } from "@daybook/query";
import fc from "fast-check";

/** What means something in the language, among words; without halves of letters, which no address can carry. */
const pieces = [
  '"',
  "\\",
  "(",
  ")",
  ":",
  "→",
  "*",
  "-",
  " ",
  " OR ",
  "OR",
  "NOT",
  ">",
  "..",
  "@",
  "me",
  "é",
  "🙂",
  "%",
  "&",
  "#",
  "+",
  "alice",
  "7",
  "status:failed",
  "10.0.0",
  "FAILED",
];
const nasty = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: "grapheme-ascii", maxLength: 3 })), { minLength: 1, maxLength: 4 })
  .map((some) => some.join("") || "a");

const exact = nasty.map((text): SearchValue => ({ text, glob: false }));
const pattern = nasty.map((text): SearchValue => ({ text: text.includes("*") ? text : `${text}*`, glob: true }));
const distinct = (value: fc.Arbitrary<SearchValue>) => fc.uniqueArray(value, { minLength: 1, maxLength: 3, selector: ({ text, glob }) => `${glob} ${text}` });
const path = fc.oneof(nasty, fc.constantFrom("env", "run.id", "a-b.c_d"));
const negated = fc.boolean();

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
  fc.record({ is: fc.constant("metadata" as const), negated, path, values: distinct(exact) }),
  fc.record({
    is: fc.constant("compare" as const),
    negated,
    key: fc.constantFrom(...numberKeys),
    op: fc.constantFrom(...comparisons),
    value: fc.oneof(fc.nat(), fc.constantFrom(0, 999, 1_000, 90_000, 7_200_000)),
  }),
  fc.record({ is: fc.constant("has" as const), negated, part: fc.constantFrom(...eventParts) }),
  fc.record({ is: fc.constant("changed" as const), negated, path, before: nasty, after: nasty }, { requiredKeys: ["is", "negated", "path"] }),
  fc.record({ is: fc.constant("text" as const), negated, text: nasty, anywhere: fc.boolean() }),
);

/** Any search that a text can say. */
export const anyClauses: fc.Arbitrary<Clause[]> = fc.array(anyClause, { maxLength: 6 });
