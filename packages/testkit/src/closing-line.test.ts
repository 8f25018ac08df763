import { expect, test } from "vitest";
import { closingLine } from "./closing-line.ts";

test("the closing line names what was skipped only when something was", () => {
  expect(closingLine({ passed: 4, failed: 0, skipped: 0 })).toBe("4 passed, 0 failed");
  expect(closingLine({ passed: 4, failed: 1, skipped: 2 })).toBe("4 passed, 1 failed, 2 skipped");
});
