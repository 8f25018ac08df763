import { TRPCClientError } from "@trpc/client";
import { expect, test } from "vitest";
import { readApiError } from "./api-error.ts";
import { namingValue } from "./naming-value.ts";

const refused = (message: string) =>
  new TRPCClientError(message, { result: { error: { code: -32_600, message, data: { code: "BAD_REQUEST", httpStatus: 400 } } } });
const said = (message: string, sent: unknown) => readApiError(namingValue(refused(message), sent)).message;

test("a refused value is named by itself, not by its place in the request", () => {
  const sent = { name: "siem", allowedCidrs: ["10.0.0.0/8", "300.1.2.3/99"] };
  expect(said("`allowedCidrs.1`: must be a network such as `203.0.113.0/24`", sent)).toBe("“300.1.2.3/99” must be a network such as 203.0.113.0/24.");
  expect(said("`name`: must be another", { name: "x".repeat(100) })).toBe(`“${"x".repeat(60)}…” must be another.`);
});

test("what says nothing of a value that was sent stays as it is", () => {
  for (const message of ["There is a team of this name already.", "`name`: Too long", "`emailDomains.7`: is not a domain"])
    expect(said(message, { emailDomains: ["a"] })).toBe(message);
  expect(namingValue(null, {})).toBe(null);
});
