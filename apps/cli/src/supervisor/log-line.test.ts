import { expect, test } from "vitest";
import { terminalLine } from "./log-line.ts";

test.each([
  ["an ordinary entry stays in the file", '{"level":30,"msg":"request"}', "stdout", null],
  ["a warning is shown", '{"level":40,"msg":"slow disk"}', "stdout", "warn  slow disk"],
  ["an error is shown with its reason", '{"level":50,"msg":"failed","err":{"message":"no route"}}', "stdout", "error  failed  no route"],
  ["a reason may be plain text", '{"level":60,"msg":"crash","error":"Error: x"}', "stderr", "fatal  crash  Error: x"],
  ["plain output stays in the file", "hello", "stdout", null],
  ["plain error output is shown", "SyntaxError: no", "stderr", "SyntaxError: no"],
  ["an empty line is nothing", "  ", "stderr", null],
  ["what only looks like an entry is plain output", "{oops", "stderr", "{oops"],
  ["an entry without a level stays in the file", '{"msg":"x"}', "stderr", null],
] as const)("%s", (_promise, line, stream, expected) => {
  expect(terminalLine(line, stream)).toBe(expected);
});
