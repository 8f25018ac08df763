import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { requestBytesMax } from "@daybook/event";
import { describe, expect, test } from "vitest";
import { openBodyBudget, readBody } from "./read-body.ts";

const free = () => undefined;
const stream = (...chunks: Buffer[]) => Readable.from(chunks);

test("a body comes back as it was sent, in however many pieces", async () => {
  expect((await readBody(stream(Buffer.from("ab"), Buffer.from("cd")), {}, free)).toString()).toBe("abcd");
  const zipped = gzipSync("hello");
  expect((await readBody(stream(zipped.subarray(0, 3), zipped.subarray(3)), { "content-encoding": "GZIP" }, free)).toString()).toBe("hello");
});

test("a compressed body is bounded before it is inflated", async () => {
  await expect(readBody(stream(Buffer.alloc(requestBytesMax), Buffer.alloc(1)), { "content-encoding": "gzip" }, free)).rejects.toMatchObject({
    code: "batch_too_large",
  });
});

describe("the budget of all bodies together", () => {
  test("refuses what would exceed it, and takes it once others gave back", () => {
    const budget = openBodyBudget(10);
    budget.take(6);
    expect(() => budget.take(5)).toThrow(expect.objectContaining({ code: "unavailable" }) as Error);
    budget.giveBack(6);
    budget.take(10);
  });

  test("counts what a body inflates to as well", async () => {
    const budget = openBodyBudget(1_000);
    await expect(readBody(stream(gzipSync(Buffer.alloc(2_000))), { "content-encoding": "gzip" }, (bytes) => budget.take(bytes))).rejects.toMatchObject({
      code: "unavailable",
    });
  });
});
