import { expect, test } from "vitest";
import { gridState } from "./grid-state.ts";

const pending = { isPending: true, isSuccess: false, isError: false };
const success = { isPending: false, isSuccess: true, isError: false };
const failure = { isPending: false, isSuccess: false, isError: true };
const of = (query: typeof pending, length: number, more: { isWhole?: boolean; hidden?: number; isStale?: boolean } = {}, total?: number) =>
  gridState({ query, state: { isWhole: more.isWhole ?? true }, rows: { length, hidden: more.hidden ?? 0 }, isStale: more.isStale ?? false }, total);

test("a list that is on its way, old, empty, still searched through, or failed says which", () => {
  expect(of(pending, 0).panel).toBe("loading");
  expect(of(success, 5).panel).toBe("ready");
  expect(of(success, 5, { isStale: true }).panel).toBe("stale");
  expect(of(success, 0).panel).toBe("empty");
  expect(of(success, 0, { isStale: true }).panel).toBe("stale");
  expect(of(success, 0, { isWhole: false }).panel).toBe("loading");
  expect(of(failure, 0).panel).toBe("error");
});

test("rows are counted for a screen reader where their number is known, and never guessed", () => {
  expect(of(pending, 0, {}, 9).rowCount).toBe(-1);
  expect(of(success, 359).rowCount).toBe(360);
  expect(of(success, 100, { isWhole: false }, 359).rowCount).toBe(360);
  expect(of(success, 100, { isWhole: false }).rowCount).toBe(-1);
  expect(of(success, 100, { isWhole: false, hidden: 3 }, 359).rowCount).toBe(-1);
  expect(of(success, 104, { isWhole: false }, 100).rowCount).toBe(105);
});
