import fc from "fast-check";
import { expect, test } from "vitest";
import { splitLines } from "./split-lines.ts";
import type { Line } from "./split-lines.ts";

async function linesOf(chunks: Buffer[], lineBytesMax = 1_000): Promise<Line[]> {
  const found: Line[] = [];
  // oxlint-disable-next-line typescript/require-await -- a stream of bytes is asynchronous
  const stream = (async function* () {
    yield* chunks;
  })();
  for await (const lines of splitLines(stream, { lineBytesMax })) found.push(...lines);
  return found;
}

test("however a body is cut into pieces, its lines are the same, and numbered", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.string({ maxLength: 12 }).map((text) => text.replaceAll("\n", "")),
        { minLength: 1 },
      ),
      fc.array(fc.nat(40)),
      async (texts, cuts) => {
        const body = Buffer.from(texts.join("\n"));
        const edges = [...new Set([0, ...cuts.map((cut) => Math.min(cut, body.length)), body.length])].toSorted((a, b) => a - b);
        const pieces = edges.slice(1).map((edge, at) => body.subarray(edges[at], edge));
        const expected = texts.at(-1) === "" ? texts.slice(0, -1) : texts;
        expect((await linesOf(pieces)).map(({ number, bytes }) => [number, bytes?.toString()])).toEqual(expected.map((text, at) => [at + 1, text]));
      },
    ),
  );
});

test("a line over the bound is passed over without being held, and the next ones are read", async () => {
  const pieces = ["short\n", "x".repeat(30), "x".repeat(30), "x\nnext\n", "y".repeat(21), "\nlast"].map((text) => Buffer.from(text));
  expect((await linesOf(pieces, 20)).map(({ bytes }) => bytes?.toString() ?? null)).toEqual(["short", null, "next", null, "last"]);
});
