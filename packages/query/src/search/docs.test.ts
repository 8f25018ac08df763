import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { eventParts } from "../ast.ts";
import { keyInfo, searchKeys } from "./key-info.ts";
import { searchClausesMax, searchLengthMax, searchValuesMax } from "./limits.ts";

const page = readFileSync(new URL("../../../../docs/search.md", import.meta.url), "utf8");

test("the page on searching has a row for each key, as the table of keys says it, and names every part and limit", () => {
  for (const key of searchKeys) {
    const { title, aliases, example } = keyInfo[key];
    const written = key === "metadata" ? "metadata.path" : key;
    expect(page).toContain(`| \`${written}\` | ${title} | ${aliases.map((alias) => `\`${alias}\``).join(", ")} | \`${example}\` |`);
  }
  for (const part of eventParts) expect(page).toContain(`\`${part}\``);
  for (const limit of [searchLengthMax, searchClausesMax, searchValuesMax]) expect(page).toContain(limit.toLocaleString("en-US"));
});
