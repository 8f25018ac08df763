import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readUpload } from "./read-upload.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "daybook-read-upload-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Large enough to be read line by line. */
const many = (count: number, note: string) => Array.from({ length: count }, (_, at) => JSON.stringify({ at, note }));

async function linesOf(content: string | Buffer): Promise<string[]> {
  const path = join(folder, "upload");
  await writeFile(path, content);
  const { text } = await readUpload(path);
  if (typeof text === "string") return expect.fail("the file is held as a whole");
  const lines: string[] = [];
  for await (const line of text) lines.push(line);
  return lines;
}

test.each([
  ["a line separator of Unicode", "a\u2028b\u2029c"],
  ["a carriage return inside a line", "a\u0085b"],
  ["letters of many bytes", "–é🙂"],
])("a record with %s in a text stays one line, compressed or not", async (_title, note) => {
  const lines = many(60_000, note);
  expect(await linesOf(lines.join("\n"))).toEqual(lines);
  expect(await linesOf(gzipSync(lines.join("\n")))).toEqual(lines);
});

test("a compressed file that was cut off is told in words behind the lines that are whole", async () => {
  const zipped = gzipSync(
    many(200_000, "")
      .map((line, at) => `${line}${(at * 7_919) % 100_003}`)
      .join("\n"),
  );
  await expect(linesOf(zipped.subarray(0, zipped.length - 1_000))).rejects.toThrow("no complete gzip");
});

test("a line without end is refused before it fills the memory", async () => {
  const zipped = gzipSync(`${many(30_000, "").join("\n")}\n${"x".repeat(40_000_000)}`);
  await expect(linesOf(zipped)).rejects.toThrow("A line has more than");
});
