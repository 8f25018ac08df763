import { expect, test } from "vitest";
import { restartDelay } from "./restart-delay.ts";

test("a healthy program that is killed starts again almost at once", () => {
  expect(restartDelay({ ranMs: 3_600_000, endedBefore: 7 })).toEqual({ delayMs: 200, endedInARow: 1 });
});

test("a program that cannot start is tried ever more slowly, but at least every 15 seconds for ever", () => {
  const delays: number[] = [];
  let endedBefore = 0;
  for (let run = 0; run < 2000; run++) {
    const next = restartDelay({ ranMs: 10, endedBefore });
    delays.push(next.delayMs);
    endedBefore = next.endedInARow;
  }
  expect(delays.slice(0, 8)).toEqual([200, 400, 800, 1600, 3200, 6400, 12_800, 15_000]);
  expect(Math.max(...delays)).toBe(15_000);
  expect(delays.toSorted((a, b) => a - b)).toEqual(delays);
});
