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

test("JSON holds every entry with all that is known of it, and people get a line for each", () => {
  const { json, lines } = run();
  const { entries } = json as { entries: Record<string, unknown>[] };
  expect(entries.map(({ key }) => key)).toEqual(catalogEntries().map(({ key }) => key));
  expect(lines).toHaveLength(entries.length);
  for (const entry of entries) {
    expect(Object.keys(entry).toSorted()).toEqual(
      [
        "key",
        "namespace",
        "title",
        "sentence",
        "operation",
        "log_type",
        "scope",
        "availability",
        "severity",
        "details",
        "since",
        "sample",
        "sample_event",
      ].toSorted(),
    );
    expect(entry["details"]).toMatchObject({ $schema: "https://json-schema.org/draft/2020-12/schema", type: "object" });
  }
  expect(entries.find(({ key }) => key === "organization_variable_created")?.["availability"]).toEqual([
    { preset: "automation", groups: ["Organization variables"], organization: true, team: false },
  ]);
  expect(JSON.parse(JSON.stringify(json))).toEqual(json);
});
