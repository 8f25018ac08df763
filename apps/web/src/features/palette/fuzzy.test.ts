import { expect, test } from "vitest";
import fc from "fast-check";
import { fuzzyScore } from "./fuzzy.ts";

const best = (typed: string, texts: string[]): string | undefined =>
  texts
    .map((text) => ({ text, score: fuzzyScore(text, typed) }))
    .filter(({ score }) => score !== null)
    .toSorted((a, b) => (b.score ?? 0) - (a.score ?? 0))[0]?.text;

const pages = [
  "Activity logs",
  "System logs",
  "Alerts",
  "API tokens",
  "Service users",
  "Weekly review",
  "Integrations",
  "Organization: Audit logs",
  "Settings: Audit log",
];

test.each([
  ["act", "Activity logs"],
  ["al", "Alerts"],
  ["sl", "System logs"],
  ["log sys", "System logs"],
  ["TOKENS", "API tokens"],
  ["tok", "API tokens"],
  ["service-users", "Service users"],
  ["wkly", "Weekly review"],
  ["intgr", "Integrations"],
  ["audit settings", "Settings: Audit log"],
])("%s finds %s", (typed, found) => expect(best(typed, pages)).toBe(found));

test("what has a letter that does not occur is not found", () => {
  expect(fuzzyScore("Activity logs", "xq")).toBeNull();
  expect(fuzzyScore("Activity logs", "activity zebra")).toBeNull();
});

test("whatever begins a word of a text finds that text", () => {
  const word = fc.stringMatching(/^[a-z]{1,12}$/);
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), fc.nat(), fc.nat(), (words, which, length) => {
      const chosen = words[which % words.length] ?? "";
      expect(fuzzyScore(words.join(" "), chosen.slice(0, 1 + (length % chosen.length)))).not.toBeNull();
    }),
  );
});
