import { expect, test } from "vitest";
import { safeNext } from "./safe-next.ts";

const origin = "https://daybook.test";

test("the way back keeps its query", () => {
  expect(safeNext("/o/acme/logs/activity?status=failed", origin)).toBe("/o/acme/logs/activity?status=failed");
});

test.each([
  undefined,
  "",
  "https://evil.test/",
  "//evil.test/x",
  "/\\evil.test",
  "javascript:alert(1)",
  "/sign-in?next=/sign-in",
  "o/acme",
  "/.//evil.test",
  "/%2e//evil.test",
])("%j leads home", (next) => {
  expect(safeNext(next, origin)).toBe("/");
});
