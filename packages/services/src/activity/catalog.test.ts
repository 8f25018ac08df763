import { catalogEntries, detailsSchema } from "@daybook/catalog";
import { expect, test } from "vitest";
import { z } from "zod";
import { demoEvents } from "./demo/demo-events.ts";

const entries = catalogEntries();
const schemaOf = ({ key, title, details, sampleEvent }: (typeof entries)[number]) =>
  z.fromJSONSchema(detailsSchema({ key, title, details, resourceType: sampleEvent.resource?.type ?? "" }) as z.core.JSONSchema.JSONSchema);

test("the schema of each action is one that a validator reads: it takes the sample, and none that lacks what it asks for", () => {
  for (const entry of entries) {
    const { key, details, sampleEvent } = entry;
    const schema = schemaOf(entry);
    expect(schema.safeParse(sampleEvent).error, key).toBeUndefined();
    expect(schema.safeParse({ ...sampleEvent, anything: "else" }).success, key).toBe(true);
    expect(schema.safeParse({ ...sampleEvent, action: "another_one" }).success, key).toBe(false);
    for (const { path, required } of details) {
      const [root = ""] = path.split(".");
      if (required && root !== "related") expect(schema.safeParse({ ...sampleEvent, [root]: undefined }).success, `${key} without ${root}`).toBe(false);
    }
  }
});

test("a month of the demo's events says what their actions ask for", () => {
  const schemas = new Map(entries.map((entry) => [entry.key, schemaOf(entry)]));
  const lacking = demoEvents({ now: new Date("2026-11-20T15:30:00.000Z"), seed: 7, zone: "Europe/Paris" }).flatMap((event) => {
    const issues = schemas.get(event.action)?.safeParse(event).error?.issues ?? [];
    return issues.map(({ path, message }) => `${event.action} ${path.join(".")}: ${message}`);
  });
  expect([...new Set(lacking)]).toEqual([]);
});
