import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { watchDatabase } from "./canary.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

test.each([
  ["answers with an error", () => Promise.reject(new Error("gone"))],
  ["never answers", () => new Promise<void>(() => undefined)],
])("a database that %s three times in a row is given up", async (_what, ping) => {
  const giveUp = vi.fn();
  const watch = watchDatabase({ store: { ping }, log }, giveUp);
  await vi.advanceTimersByTimeAsync(14_999);
  expect(giveUp).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(giveUp).toHaveBeenCalled();
  watch.stop();
});

test("one answer in between begins the count anew", async () => {
  const giveUp = vi.fn();
  let asked = 0;
  const ping = () => ((asked += 1) % 3 === 0 ? Promise.resolve() : Promise.reject(new Error("gone")));
  const watch = watchDatabase({ store: { ping }, log }, giveUp);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(giveUp).not.toHaveBeenCalled();
  watch.stop();
});
