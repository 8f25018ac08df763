import { expect, test } from "vitest";
import { stacksOf } from "./histogram-bars.tsx";
import type { Bar } from "./histogram-scale.ts";
import { seriesOf } from "./histogram-series.ts";

const bar = (start: number, counts: Bar["counts"]): Bar => ({ start, end: start + 1, counts });

test("the parts of a bar stand on one another, the fullest bar is as high as the picture, and a part without events leaves no mark", () => {
  const bars = [bar(0, { success: 30, failed: 10 }), bar(1, {}), bar(2, { success: 20 })];
  expect(stacksOf(bars, seriesOf("status", bars))).toEqual(["M0.1 13h0.8v39h-0.8zM2.1 26h0.8v26h-0.8z", "", "", "M0.1 0h0.8v13h-0.8z"]);
});

test("one event among thousands can be seen", () => {
  const bars = [bar(0, { success: 9_000 }), bar(1, { failed: 1 })];
  expect(stacksOf(bars, seriesOf("status", bars)).at(-1)).toBe("M1.1 50.5h0.8v1.5h-0.8z");
});
