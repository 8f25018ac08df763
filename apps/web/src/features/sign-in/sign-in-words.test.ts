import { expect, test } from "vitest";
import { failedWords, refusalWords } from "./sign-in-words.ts";

test.each([
  [900, "15 minutes"],
  [61, "2 minutes"],
  [1, "1 minute"],
])("a lock of %i seconds says to come back in %s", (seconds, words) => {
  expect(refusalWords({ outcome: "locked", seconds }, "password")).toContain(`Try again in ${words}.`);
});

test("each step says what was wrong with it, and none whether the account exists", () => {
  const steps = (["password", "second_factor", "passkey"] as const).map((step) => refusalWords({ outcome: "refused" }, step));
  expect(new Set(steps).size).toBe(3);
  for (const sentence of steps) expect(sentence).not.toMatch(/unknown|exist/);
});

test("what failed before is counted, and how long ago", () => {
  const now = Date.parse("2026-11-21T12:03:00Z");
  expect(failedWords({ count: 2, lastAt: "2026-11-21T12:00:00Z" }, now)).toBe("Before this sign-in 2 attempts failed, the last 3 minutes ago.");
  expect(failedWords({ count: 1, lastAt: "2026-11-21T12:02:58Z" }, now)).toBe("Before this sign-in one attempt failed, the last just now.");
});
