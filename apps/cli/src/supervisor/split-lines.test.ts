import { expect, test } from "vitest";
import { splitLines } from "./split-lines.ts";

function linesOf(pieces: (string | null)[]): string[] {
  const lines: string[] = [];
  const take = splitLines((line) => lines.push(line));
  for (const piece of pieces) take(piece);
  return lines;
}

test("lines are found however the stream is cut", () => {
  const text = "one\ntwo\r\n\nlast";
  for (let cut = 0; cut <= text.length; cut++) {
    // A carriage return belongs to its line end, wherever the cut falls.
    expect(linesOf([text.slice(0, cut), text.slice(cut), null])).toEqual(["one", "two", "", "last"]);
  }
});

test("a line without an end does not grow for ever", () => {
  const lines = linesOf(Array.from({ length: 50 }, () => "x".repeat(10_000)));
  expect(lines.length).toBeGreaterThan(3);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120_000);
});
