import { readFileSync } from "node:fs";
import { join } from "node:path";
import { refusalCodes } from "@daybook/event";
import { expect, test } from "vitest";
import { errors } from "./errors.ts";

const run = (...flags: string[]) => errors.run({ positionals: [], options: {}, flags: new Set(flags), say: () => {} });

test("the page of errors is the table of refusals as it stands", () => {
  const page = readFileSync(join(import.meta.dirname, "../../../../docs/generated/errors.md"), "utf8");
  expect(page, "run `npx -y pnpm@12 -s daybook errors --markdown > docs/generated/errors.md`").toBe(`${run("markdown").lines.join("\n")}\n`);
});

test("every code is told with its meaning and a remedy, each a sentence", () => {
  const { json, lines } = run();
  const { errors: codes } = json as { errors: { code: string; meaning: string; remedy: string }[] };
  expect(codes.map(({ code }) => code)).toEqual(Object.keys(refusalCodes));
  expect(lines).toHaveLength(codes.length);
  for (const { meaning, remedy } of codes) for (const sentence of [meaning, remedy]) expect(sentence).toMatch(/^[A-Z].*\.$/);
});
