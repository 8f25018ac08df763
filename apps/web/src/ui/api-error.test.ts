import { TRPCClientError } from "@trpc/client";
import { expect, test } from "vitest";
import { unlessRefused } from "./api-error.ts";

const answered = (httpStatus: number) => new TRPCClientError("no", { result: { error: { code: -32_600, message: "no", data: { code: "X", httpStatus } } } });

test("a page that asks again by itself stops once it was refused, and goes on past a server that is away", () => {
  for (const refusal of [402, 403, 404]) expect(unlessRefused(answered(refusal), 2_000)).toBe(false);
  for (const trouble of [null, answered(500), new TRPCClientError("fetch failed"), new Error("offline")]) expect(unlessRefused(trouble, 2_000)).toBe(2_000);
  expect(unlessRefused(null, false)).toBe(false);
});
