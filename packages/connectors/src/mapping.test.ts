import { checkEventInput } from "@daybook/event";
import type { Json } from "@daybook/event";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
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

describe("a record that is large or hostile", () => {
  const inLists = (split: string): Mapping => mappingSchema.parse({ split, fields: { action: "name", occurred_at: "$.at" } });
  const read = (mapping: Mapping, record: Json) => importerOfMapping({ slug: "x", name: "X", mapping }).toEvents(record, { index: 0 });
  const list = (count: number): Json[] => Array.from({ length: count }, (_, at) => ({ name: "sold", item: at }));

  test.each(["hits", "hits[*]", "answer.hits[*]", "answer.hits | hits[*]"])("split at %s repeats the list in none of its events", (split) => {
    const record = { at: "2026-10-01T00:00:00Z", shop: "s1", ...(split.startsWith("answer.") ? { answer: { hits: list(3) } } : { hits: list(3) }) };
    const events = read(inLists(split), record);
    expect(Array.isArray(events) && events.map(({ event }) => event.metadata)).toEqual([0, 1, 2].map((item) => ({ shop: "s1", item })));
    expect(Array.isArray(events) && events.map(({ part }) => part)).toEqual(list(3));
  });

  test.each(["hits", "hits[*]"])("of more events than one may hold is refused as a whole, and none of them is passed over in silence: %s", (split) => {
    expect(read(inLists(split), { at: "2026-10-01T00:00:00Z", hits: list(1_000) })).toHaveLength(1_000);
    expect(read(inLists(split), { at: "2026-10-01T00:00:00Z", hits: list(1_001) })).toMatchObject({ code: "event_too_large" });
  });

  test("nested without end inside a text is a problem, never an exception", () => {
    const deep = `{"x":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    for (const fields of [{ occurred_at: "d.x" }, { action: "d.x" }, { description: "d.x" }])
      for (const timeUnit of ["seconds", undefined] as const)
        expect(() =>
          read(mappingSchema.parse({ fields: { action: "event", occurred_at: "at", ...fields }, timeUnit }), { event: "sold", at: "2026-10-01", d: deep }),
        ).not.toThrow();
  });

  test("is looked at no more than a bounded number of times, whatever the paths multiply to", () => {
    const alternatives = Array.from({ length: 8 }, () => "$.hits[*].list[*].none").join(" | ");
    const fields = Object.fromEntries(Object.keys(mappingFields).map((field) => [field, alternatives]));
    const mapping = mappingSchema.parse({ split: "hits", fields: { ...fields, action: "'a'", occurred_at: "$.at" } });
    const hits = Array.from({ length: 1_000 }, () => ({ list: [{}, {}, {}] }));
    expect(read(mapping, { at: "2026-10-01T00:00:00Z", hits })).toMatchObject({
      code: "event_too_large",
      message: expect.stringContaining("too many values") as string,
    });
  });

  test("opens a text that holds JSON once, for however many events of it", () => {
    const payload = JSON.stringify({ user: "mona", pad: "y".repeat(100_000) });
    const mapping = mappingSchema.parse({ split: "hits", fields: { action: "name", occurred_at: "$.at", "actor.name": "$.payload.user" } });
    const parse = vi.spyOn(JSON, "parse");
    const events = read(mapping, { at: "2026-10-01T00:00:00Z", payload, hits: list(100) });
    const opened = parse.mock.calls.filter(([text]) => text === payload).length;
    parse.mockRestore();
    expect(Array.isArray(events) && events.every(({ event }) => event.actor?.name === "mona")).toBe(true);
    expect(opened).toBeLessThanOrEqual(2);
  });
});
