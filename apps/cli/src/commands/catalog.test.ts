import { readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogEntries } from "@daybook/catalog";
import { expect, test } from "vitest";
import { catalog } from "./catalog.ts";

const run = (...flags: string[]) => catalog.run({ positionals: [], options: {}, flags: new Set(flags), say: () => {} });

test("the page of events is the catalog as it stands", () => {
  const page = readFileSync(join(import.meta.dirname, "../../../../docs/generated/events.md"), "utf8");
  expect(page, "run `npx -y pnpm@12 -s daybook catalog --markdown > docs/generated/events.md`").toBe(`${run("markdown").lines.join("\n")}\n`);
});

test("JSON holds every entry, and people get a line for each", () => {
  const { json, lines } = run();
  expect(json).toMatchObject({ entries: catalogEntries() });
  expect(lines).toHaveLength(catalogEntries().length);
});
