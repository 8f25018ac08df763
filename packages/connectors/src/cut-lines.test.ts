import fc from "fast-check";
import { expect, test } from "vitest";
import { LineCutter } from "./cut-lines.ts";

const linesOf = (pieces: readonly string[]): string[] => {
  const cutter = new LineCutter();
  return [...pieces.flatMap((piece) => [...cutter.take(piece, Error)]), cutter.rest()];
};

test("however a text is cut into pieces, its lines are the same, and only a line feed ends one", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "\n", "\r", "\u2028", "é"), maxLength: 30 });
  fc.assert(
    fc.property(fc.array(text, { maxLength: 8 }), (pieces) => {
      expect(linesOf(pieces)).toEqual(pieces.join("").split("\n"));
    }),
  );
});

test("a line that never ends is an error, however small its pieces are", () => {
  expect(() => linesOf(Array.from({ length: 17 * 1_024 }, () => "x".repeat(1_024)))).toThrow("A line has more than 16777216 characters.");
});
