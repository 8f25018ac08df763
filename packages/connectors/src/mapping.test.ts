import { checkEventInput } from "@daybook/event";
import type { Json } from "@daybook/event";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { importConflictKey, importKey } from "./define-importer.ts";
import { parseLossless } from "./lossless-json.ts";
import { importerOfMapping, mappingFields, mappingSchema, mappingSlug, usualStatus } from "./mapping.ts";
import type { Mapping } from "./mapping.ts";
import { mapOne } from "./testing.ts";

const importer = (mapping: Partial<Omit<Mapping, "fields">> & { fields?: Partial<Mapping["fields"]> }) =>
  importerOfMapping({
    slug: "shop",
    name: "Shop",
    mapping: mappingSchema.parse({ ...mapping, fields: { action: "event", occurred_at: "at", ...mapping.fields } }),
  });
const sale: Json = {
  event: "invoice paid",
  at: "2026-10-01 08:00:11",
  who: { name: "Mona", mail: "mona@acme.example", kind: "Service account" },
  outcome: "nope",
  from: "203.0.113.7:443",
  basket: { id: "b1", total: 12 },
};

describe("a mapping", () => {
  test("fills every field of an event from its path", () => {
    const fields = {
      "actor.name": "who.name",
      "actor.email": "who.mail",
      "actor.type": "who.kind",
      "resource.id": "basket.id",
      "resource.type": "'basket'",
      status: "outcome",
      ip: "from",
    };
    expect(mapOne(importer({ fields, statuses: { NOPE: "failed" } }), sale)).toEqual({
      action: "invoice_paid",
      log_type: "activity",
      occurred_at: "2026-10-01T08:00:11.000Z",
      actor: { type: "service_user", name: "Mona", email: "mona@acme.example" },
      resource: { type: "basket", id: "b1" },
      status: "failed",
      context: { ip: "203.0.113.7" },
      metadata: { basket: { total: 12 } },
    });
  });

  test("keeps in the metadata what no path names, and nothing that one does", () => {
    expect(mapOne(importer({}), { ...(sale as object), at: "2026-10-01", text: '{"a": 1}', __proto__x: 1 } as Json).metadata).toEqual({
      who: { name: "Mona", mail: "mona@acme.example", kind: "Service account" },
      outcome: "nope",
      from: "203.0.113.7:443",
      basket: { id: "b1", total: 12 },
      text: { a: 1 },
      __proto__x: 1,
    });
  });

  test("splits one record into several events, whose ids differ", () => {
    const split = importer({ split: "events", fields: { action: "name", occurred_at: "$.at", id: "$.id", "actor.name": "$.who" } });
    const mapped = split.toEvents({ id: "r1", at: 1_759_305_600, who: "Mona", note: "n", events: [{ name: "a", more: 1 }, { name: "b" }] }, { index: 0 });
    expect(mapped).toMatchObject([
      { vendorId: "r1", event: { action: "a", actor: { name: "Mona" }, metadata: { more: 1, note: "n" } } },
      { vendorId: "r1:1", event: { action: "b", metadata: { note: "n" } } },
    ]);
    expect(split.toEvents({ id: "r2", at: 1, who: "x", events: [] }, { index: 0 })).toMatchObject({ message: expect.stringContaining("no list at `events`") });
  });

  test.each([
    [{ at: "2026-10-01" }, "has no action at `event`"],
    [{ event: "x" }, "has no time at `at`"],
    [{ event: "x", at: "yesterday" }, 'has no readable time at `at`: "yesterday"'],
    ["text", "is no JSON object"],
  ] as [Json, string][])("says of %j that it %s", (record, why) => {
    expect(importer({}).toEvents(record, { index: 0 })).toMatchObject({ code: "invalid_event", message: expect.stringContaining(why) });
  });

  test.each([
    [undefined, 1_759_305_611, "2025-10-01T08:00:11.000Z"],
    ["seconds", 12, "1970-01-01T00:00:12.000Z"],
    ["milliseconds", "1759305611475", "2025-10-01T08:00:11.475Z"],
    ["microseconds", 1_759_305_611_475_999, "2025-10-01T08:00:11.475Z"],
    ["nanoseconds", parseLossless("1759305611475999000"), "2025-10-01T08:00:11.475Z"],
    ["seconds", "2025-10-01T08:00:11Z", "2025-10-01T08:00:11.000Z"],
  ] as [Mapping["timeUnit"], Json, string][])("reads a time in %s: %j", (timeUnit, at, expected) => {
    expect(mapOne(importer({ ...(timeUnit && { timeUnit }) }), { event: "x", at }).occurred_at).toBe(expected);
  });

  test.each(["failed", "FAILURE", "denied", "Access Denied", "error", "no", "false", "403", "500", "unauthorized"])("takes %s for a failure", (word) => {
    expect(usualStatus(word.toLowerCase())).toBe("failed");
  });
  test.each(["success", "ok", "200", "yes", "true", "granted", "", "none"])("takes %j for a success", (word) => {
    expect(usualStatus(word)).toBe("success");
  });

  test("makes an event that the log accepts of any record, or a problem, and never throws", () => {
    const paths = Object.fromEntries(Object.keys(mappingFields).map((field, at) => [field, ["a", "b", "c[*]", "d.e"][at % 4]]));
    const any = importer({ fields: { ...paths, action: "a | 'x'", occurred_at: "t" } as Mapping["fields"] });
    const value = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(fc.record({ a: value, b: value, c: value, d: value, t: fc.constant("2026-01-01") }, { requiredKeys: ["t"] }), (record) => {
        const mapped = any.toEvents(record as Json, { index: 0 });
        if (Array.isArray(mapped)) for (const { event } of mapped) expect(checkEventInput(event)).toHaveProperty("event");
      }),
    );
  });
});

describe("a mapping that is saved", () => {
  test.each([
    [{ fields: { action: "a" } }, "occurred_at"],
    [{ fields: { action: "a[", occurred_at: "t" } }, "action"],
    [{ fields: { action: "a", occurred_at: "t", color: "c" } }, ""],
    [{ fields: { action: "a", occurred_at: "t" }, statuses: { x: "great" } }, "x"],
    [{ fields: { action: "a", occurred_at: "t" }, timeUnit: "weeks" }, "timeUnit"],
  ])("%j is refused at %s", (mapping, path) => {
    expect(mappingSchema.safeParse(mapping).error?.issues[0]?.path.join(".")).toMatch(path);
  });

  test("has keys within their length, whatever its name and the vendor's id", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 100, unit: "grapheme" }), (name) => {
        const slug = mappingSlug(name);
        expect(slug).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?$/);
        const key = { importer: `mapping:${slug}`, vendorId: "v".repeat(160), contentHash: "c".repeat(64) };
        expect(Math.max(importKey({ ...key, index: 9 }).length, importConflictKey(key).length)).toBeLessThanOrEqual(256);
      }),
    );
  });
});
