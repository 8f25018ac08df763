import { expect, test } from "vitest";
import { closingLine, unsteadyLines } from "./closing-line.ts";

test("the closing line names what was skipped only when something was", () => {
  expect(closingLine({ passed: 4, failed: 0, skipped: 0 })).toBe("4 passed, 0 failed");
  expect(closingLine({ passed: 4, failed: 1, skipped: 2 })).toBe("4 passed, 1 failed, 2 skipped");
});

test("a test that passed only when tried again is named, and no other", () => {
  const tried = (fullName: string, flaky: boolean) => ({ fullName, module: { relativeModuleId: "a.test.ts" }, diagnostic: () => ({ flaky }) });
  expect(unsteadyLines([tried("holds", false), tried("wavers", true)])).toEqual(["passed only when tried again: a.test.ts > wavers"]);
  expect(unsteadyLines([{ ...tried("did not run", true), diagnostic: () => undefined }])).toEqual([]);
});
