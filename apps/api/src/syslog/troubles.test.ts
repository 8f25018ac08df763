import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openTroubles } from "./troubles.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("counts are told once a minute, only where there are any, and the last of them at the end", () => {
  const warn = vi.fn();
  const troubles = openTroubles({ info: () => undefined, warn, error: () => undefined });
  vi.advanceTimersByTime(60_000);
  troubles.count("too_long");
  troubles.count("no_token", 4);
  troubles.count("too_long");
  vi.advanceTimersByTime(60_000);
  troubles.count("cut_off");
  troubles.close();
  expect(warn.mock.calls.map(([fields]) => fields as object)).toEqual([{ reasons: { too_long: 2, no_token: 4 } }, { reasons: { cut_off: 1 } }]);
});
