import { facetKeys, parseSearch, printSearch } from "@daybook/query";
import type { CaseSubject } from "@daybook/store";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keptSearch } from "../search-text.ts";
import { reviewItems } from "../review-items.ts";
import { recipeOf, recipes } from "./index.ts";

const nasty = ['orders "2026"', "a:b", "x OR y", "(draft)", "-minus", "*", "Umsätze – Q2", "\\", "192.168.1.0/24", "is:failed", "me", "→"];
const subjectsOf = (kinds: readonly CaseSubject["kind"][], value: string): CaseSubject[] =>
  kinds.length === 0 ? [{ kind: "nothing", value: "" }] : kinds.map((kind) => ({ kind, value }));

describe.each(recipes.map((recipe) => [recipe.id, recipe] as const))("%s", (_id, recipe) => {
  test("is found by its id, and its steps are told apart", () => {
    expect(recipeOf(recipe.id)).toBe(recipe);
    expect(recipe.id).toMatch(/^[a-z]+(_[a-z]+)*$/);
    const ids = recipe.steps.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    // `events.counts` takes ten searches at once.
    expect(ids.length).toBeLessThanOrEqual(10);
    for (const { question, show } of recipe.steps) {
      expect(question).toMatch(/\?$/);
      if (show.as === "top") expect(facetKeys).toContain(show.by);
    }
  });

  test.each(["orders", ...nasty])("each step about %j is a search that is understood as a whole and says the subject as it is", (value) => {
    for (const subject of subjectsOf(recipe.asks, value))
      for (const step of recipe.steps) {
        const q = step.q(subject);
        const { clauses, problems } = parseSearch(q);
        expect(problems, `${step.id}: ${q}`).toEqual([]);
        expect(printSearch(clauses), step.id).toBe(q);
        if (subject.kind !== "nothing") expect(JSON.stringify(clauses)).toContain(JSON.stringify(value));
      }
  });

  test("any subject that a person could type makes searches that parse", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 80, unit: "grapheme" }), (typed) => {
        const value = typed.trim();
        fc.pre(value !== "" && !/\p{Cc}/u.test(value));
        for (const subject of subjectsOf(recipe.asks, value)) for (const step of recipe.steps) expect(parseSearch(step.q(subject)).problems).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

test("the searches of the weekly review are understood as a whole", () => {
  for (const { id, q } of reviewItems) if (q !== null) expect(parseSearch(q).problems, id).toEqual([]);
  expect(new Set(reviewItems.map(({ id }) => id)).size).toBe(reviewItems.length);
});

describe("a search that is kept with a case", () => {
  test("is kept in its one spelling", () => {
    expect(keptSearch('  status:failed   resource:"orders"  ')).toBe("status:failed resource:orders");
    expect(keptSearch("")).toBe("");
  });

  test.each(["(", "status:nonsense", "ip:10.0.0.0/99", "foo:bar"])("%j is refused with words", (q) => {
    expect(() => keptSearch(q)).toThrow(expect.objectContaining({ code: "invalid" }));
  });

  test("names a person where the explorer would take `me`", () => {
    expect(() => keptSearch("actor:me")).toThrow(expect.objectContaining({ code: "invalid", path: "q" }));
  });
});
