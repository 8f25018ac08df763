import { checkEventInput } from "@daybook/event";
import type { Json } from "@daybook/event";
import { describe, expect, test } from "vitest";
import { defineEvents } from "./define-events.ts";
import { detailsSchema } from "./details-schema.ts";
import { catalogEntries, entriesOf } from "./entries.ts";
import type { CatalogEntry } from "./entries.ts";

const entries = catalogEntries();
const entryOf = (key: string): CatalogEntry => {
  const found = entries.find((entry) => entry.key === key);
  if (!found) throw new Error(`the catalog knows no ${key}`);
  return found;
};
const schemaOf = (entry: CatalogEntry) => detailsSchema({ ...entry, resourceType: entry.sampleEvent.resource?.type ?? "" });

test("what a sentence asks for stands in the details, so that whoever writes the event learns of it", () => {
  for (const { key, sentence, details } of entries) {
    const paths = details.map(({ path }) => path as string);
    const asked = [...sentence.matchAll(/\{([a-z_.]+)/g)].map(([, slot = ""]) => slot).filter((slot) => slot !== "resource");
    expect(paths, key).toEqual(expect.arrayContaining(asked));
  }
});

test("each example is of the type that its detail has, and one of its values where they are listed", () => {
  const typeOf = (value: Json) => (Array.isArray(value) ? "array" : Number.isInteger(value) ? "integer" : typeof value);
  for (const { key, details } of entries)
    for (const { path, type, example, values, title, format } of details) {
      expect(typeOf(example), `${key} ${path}`).toBe(type);
      if (values) expect(values, `${key} ${path}`).toContain(example);
      if (format === "date-time") expect(Number.isNaN(Date.parse(example as string))).toBe(false);
      expect(title).toMatch(/^[A-Z]|^dbt /);
    }
});

test("each sample is an event that the log takes as it stands", () => {
  for (const { sampleEvent } of entries) expect(checkEventInput(sampleEvent)).toEqual({ event: sampleEvent });
});

test.each([
  ["user_role_changed", { changes: { before: { role: "Member" }, after: { role: "Admin" } } }],
  ["connection_member_added_with_role", { metadata: { role: "query" }, related_resources: [{ type: "user" }] }],
  ["export_data_sql_exported", { rows_returned: 1_204, metadata: { format: "csv" }, resource: { type: "query" } }],
  ["dbt_data_sync_started", { status: "in_progress", operation_id: "op_7f3c", metadata: { environment_id: "env_42", environment_name: "Production" } }],
  ["alerts_sent", { metadata: { alert_count: 1, destination: "Slack #data-alerts" }, actor: { type: "system" } }],
  ["query_executed", { duration_ms: 1_200, rows_returned: 10 }],
  ["org_user_invited", { metadata: { email: "bob@company.com" } }],
  ["pipeline_failed", { status: "failed", error: { message: "Database connection timeout" }, metadata: { step: "Step 2" } }],
  ["data_store_record_updated", { origin: "interface", related_resources: [{ type: "data_store" }] }],
])("the sample of %s says what tells most about it", (key, said) => {
  expect(entryOf(key).sampleEvent).toMatchObject(said);
});

describe("the schema", () => {
  test("asks for the action and what is required, and leaves everything else open", () => {
    const schema = schemaOf(entryOf("connection_member_added_with_role"));
    expect(schema).toMatchObject({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      type: "object",
      required: ["action", "metadata"],
      properties: {
        action: { const: "connection_member_added_with_role" },
        metadata: { type: "object", required: ["role"], properties: { role: { type: "string", enum: ["query", "manage", "view"] } } },
      },
    });
    for (const entry of entries) expect(JSON.stringify(schemaOf(entry))).not.toContain("additionalProperties");
  });

  test("asks for a change without saying in which of its two forms", () => {
    const { required, properties } = schemaOf(entryOf("user_role_changed")) as { required: string[]; properties: { [name: string]: { required?: string[] } } };
    expect(required).toEqual(["action", "changes"]);
    expect(properties["changes"]?.required).toBeUndefined();
  });
});

test("a new action is one entry in one file: all that is not said follows from it", () => {
  const namespace = defineEvents({
    id: "lanterns",
    title: "Lanterns",
    sample: { type: "lantern", name: "Pier 4" },
    events: { lantern_lit: { title: "Lantern lit", sentence: "Lit lantern {resource} for {related.user|somebody}", operation: "updated" } },
  });
  const [entry] = entriesOf(namespace);
  expect(entry).toMatchObject({
    key: "lantern_lit",
    namespace: "lanterns",
    logType: "activity",
    scope: "team",
    availability: [],
    severity: "routine",
    since: "0.1",
    sample: 'Lit lantern "Pier 4" for "Grace Kim"',
    details: [{ path: "changes" }, { path: "related.user" }],
    sampleEvent: { action: "lantern_lit", resource: { type: "lantern", name: "Pier 4" } },
  });
});
