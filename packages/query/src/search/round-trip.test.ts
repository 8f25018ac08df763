import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalSearch } from "./canonical.ts";
import type { Clause } from "./clause.ts";
import { completionAt } from "./complete.ts";
import { describeSearch } from "./describe-search.ts";
import { onlyValue, valuesOf, withoutClause, withoutKey, withoutValue, withValue } from "./edit.ts";
import { keyNames } from "./keys.ts";
import { searchClausesMax, searchLengthMax, searchProblemsMax, searchValuesMax } from "./limits.ts";
import { identityOf, merged } from "./merge.ts";
import { parseSearch } from "./parse.ts";
import { printSearch } from "./print.ts";
import { anyClauses, anyText, nastyText } from "./testing.ts";
import { clausesToQuery } from "./to-query.ts";

const bySaying = (clauses: readonly Clause[]) => merged(clauses).toSorted((a, b) => (identityOf(a) < identityOf(b) ? -1 : 1));
const sure = { numRuns: 2_000 };

test("what is printed reads back as what was meant, whatever stands in its values", () => {
  fc.assert(
    fc.property(anyClauses, (clauses) => {
      const text = printSearch(clauses);
      if (text.length > searchLengthMax) return;
      const read = parseSearch(text);
      expect(read.problems).toEqual([]);
      expect(bySaying(read.clauses)).toEqual(bySaying(clauses));
      expect(printSearch(read.clauses)).toBe(text);
    }),
    sure,
  );
});

test("the order in which keys are written does not matter; words keep theirs", () => {
  fc.assert(
    fc.property(
      anyClauses.chain((clauses) => fc.tuple(fc.constant(clauses), fc.shuffledSubarray(clauses, { minLength: clauses.length }))),
      ([clauses, shuffled]) => {
        const keys = (some: readonly Clause[]) => merged(some.filter(({ is }) => is !== "text"));
        const words = clauses.filter(({ is }) => is === "text");
        // Values of one clause keep their order as well, so what is merged is merged before.
        const order = shuffled.filter(({ is }) => is !== "text").map(identityOf);
        const moved = keys(clauses).toSorted((a, b) => order.indexOf(identityOf(a)) - order.indexOf(identityOf(b)));
        expect(printSearch([...words, ...moved])).toBe(printSearch(clauses));
      },
    ),
  );
});

test("any text is read without a throw, every place lies in it, and its canonical text says the same without problems", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { clauses, parts, problems } = parseSearch(text);
      let end = 0;
      for (const { from, to } of parts) {
        expect(from).toBeGreaterThanOrEqual(end);
        expect(to).toBeGreaterThanOrEqual(from);
        expect(to).toBeLessThanOrEqual(text.length);
        end = to;
      }
      for (const { from, to, message, fix } of problems) {
        expect(0 <= from && from <= to && to <= text.length).toBe(true);
        expect(message).toMatch(/[.?]$/);
        if (fix) expect(fix.text).not.toBe(text);
      }
      const canonical = canonicalSearch(text);
      expect(parseSearch(canonical)).toMatchObject({ problems: [] });
      expect(canonicalSearch(canonical)).toBe(canonical);
      expect(bySaying(parseSearch(canonical).clauses)).toEqual(bySaying(clauses));
      expect(clausesToQuery(clauses, { me: "u1" })).toBeDefined();
      expect(describeSearch(clauses)).not.toBe("");
    }),
    sure,
  );
});

test("following fixes ends, and never in a text that is worse", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      let current = text;
      for (let steps = 0; ; steps += 1) {
        const fix = parseSearch(current).problems.find((problem) => problem.fix)?.fix;
        if (!fix) return;
        expect(steps, current).toBeLessThan(200);
        current = fix.text;
      }
    }),
    { numRuns: 500 },
  );
});

test("a suggestion has a place wherever the caret stands", () => {
  fc.assert(
    fc.property(anyText, fc.nat(70), (text, caret) => {
      const { span } = completionAt(text, caret);
      const at = Math.min(caret, text.length);
      expect(0 <= span.from && span.from <= at && at <= span.to && span.to <= text.length).toBe(true);
    }),
    sure,
  );
});

test("what is added and taken away leaves what was there", () => {
  fc.assert(
    fc.property(anyClauses, fc.constantFrom(...keyNames), nastyText, fc.boolean(), (some, key, value, negated) => {
      const clauses = withoutValue(withoutValue(merged(some), key, value), key, value, { negated: true });
      const more = withValue(clauses, key, value, { negated });
      expect(valuesOf(more, key, negated).at(-1)).toEqual({ text: value, glob: false });
      expect(withoutValue(more, key, value, { negated })).toEqual(clauses);
      expect(withValue(more, key, value, { negated })).toEqual(more);
      expect(valuesOf(withValue(more, key, value, { negated: !negated }), key, negated)).toEqual(valuesOf(clauses, key, negated));
      expect(valuesOf(onlyValue(more, key, "x"), key)).toEqual([{ text: "x", glob: false }]);
      expect(valuesOf(onlyValue(more, key, "x"), key, true)).toEqual([]);
      expect(withoutKey(more, key).some((clause) => clause.is === "key" && clause.key === key)).toBe(false);
    }),
  );
});

test("each clause can be taken out by itself", () => {
  fc.assert(
    fc.property(anyClauses, (some) => {
      const clauses = merged(some);
      for (const clause of clauses) expect(withoutClause(clauses, clause)).toEqual(clauses.filter((each) => each !== clause));
    }),
  );
  const { clauses, parts } = parseSearch("status:failed status:success");
  expect(printSearch(withoutClause(clauses, parts[0]!.clause))).toBe("status:success");
});

test("a hostile text costs little, and is refused with words", () => {
  const hostile = [
    "(".repeat(2_000),
    '"'.repeat(1_999),
    "a:b ".repeat(500),
    "changed:".repeat(250),
    "-".repeat(2_000),
    "*".repeat(2_000),
    "a:(".repeat(666),
    '\\"'.repeat(1_000),
    "OR ".repeat(666),
    "metadata.".repeat(222),
    "1:".repeat(1_000),
    "a.".repeat(1_000),
    "a*".repeat(1_000),
    "statuss:x ".repeat(200),
  ];
  // The time of our own core: a busy machine must not fail it.
  const begin = process.cpuUsage();
  for (const text of hostile) {
    const { problems, clauses } = parseSearch(text);
    expect(problems.length + clauses.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(searchProblemsMax + 1);
    canonicalSearch(text);
  }
  expect(process.cpuUsage(begin).user / 1_000 / hostile.length).toBeLessThan(50);
});

test("what is over a limit is told and left out", () => {
  const long = parseSearch("x".repeat(searchLengthMax + 1));
  expect(long.clauses).toEqual([]);
  expect(long.problems[0]?.message).toBe("A search may be 2000 characters long; this one has 2001.");
  const many = parseSearch(Array.from({ length: searchClausesMax + 1 }, (_, at) => `w${at}`).join(" "));
  expect(many.clauses).toHaveLength(searchClausesMax);
  expect(many.problems[0]?.message).toMatch(/50 parts/);
  const values = parseSearch(`actor:(${Array.from({ length: searchValuesMax + 1 }, (_, at) => `u${at}`).join(" OR ")})`);
  expect(values.clauses[0]).toMatchObject({ values: expect.objectContaining({ length: searchValuesMax }) });
  expect(values.problems[0]?.message).toMatch(/100 values/);
});
