import { expect, test } from "vitest";
import { fakeOperations } from "../../testing/fake-operations.ts";
import { spanMs, stateSentence } from "./operation-words.ts";
import type { OperationView } from "./operation-words.ts";

const now = Date.parse("2026-11-20T12:00:00.000Z");
const fake = (state: string): OperationView => {
  const found = fakeOperations.find((each) => each.state === state);
  if (!found) throw new Error(`no operation is ${state}`);
  return found;
};

test.each([
  ["running", "Still running for 1 h 30 m"],
  ["waiting", "Waiting for approval for 3 h 0 m"],
  ["never_ended", "Never ended: no word for 3 d 2 h"],
  ["ended", "Ended after 4 m 12 s"],
])("an operation that is %s reads: %s", (state, sentence) => {
  expect(stateSentence(fake(state), now)).toBe(sentence);
});

test("a failed end is told as such, and one of unknown length without it", () => {
  expect(stateSentence({ ...fake("ended"), status: "failed", durationMs: null }, now)).toBe("Failed");
});

test("a clock behind the server's never makes a span negative", () => {
  expect(spanMs(fake("running"), 0)).toBe(0);
});
