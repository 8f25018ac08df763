import fc from "fast-check";
import { expect, test } from "vitest";
import { readRequest, requestDepthMax } from "./read-request.ts";

test("any JSON comes back as it is", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.stringify(readRequest(JSON.stringify(value)))).toBe(JSON.stringify({ body: value }));
    }),
  );
});

test.each(["9007199254740993", "[12345678901234567890]", '{"a": 1e400}', '{"a":-0.12345678901234567}', "[ 1.5E3, 1e5 ]"])("%s keeps its digits", (text) => {
  const read = readRequest(`{"n":${text}}`);
  if (!("body" in read)) throw new Error("it is JSON");
  const digits = text.match(/[\d.]{16,}|\d+e400/i)?.[0];
  if (digits) expect(JSON.stringify(read.body)).toContain(digits);
});

test.each([
  ["an end too early", '{"a":', "malformed_json"],
  ["a key twice", '[{"a":1,"a":2}]', "duplicate_key"],
  ["a key twice under another spelling", '{"a":1,"\\u0061":2}', "duplicate_key"],
  ["too many levels", "[".repeat(requestDepthMax + 1) + "]".repeat(requestDepthMax + 1), "event_too_large"],
  ["endless levels", "[".repeat(500_000), "event_too_large"],
  ["nothing", "", "malformed_json"],
])("%s refuses the whole", (_what, text, code) => {
  expect(readRequest(text)).toMatchObject({ problem: { code } });
});
