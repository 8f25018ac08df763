import { createHash } from "node:crypto";
import { checkEventInput } from "@daybook/event";
import type { Json } from "@daybook/event";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tokenOf } from "../define-dialect.ts";
import type { Dialect, DialectReading, DialectRequest } from "../define-dialect.ts";
import { isObject } from "../read-json.ts";
import { dialects } from "./index.ts";

const tools = { sha256Hex: (text: string) => createHash("sha256").update(text).digest("hex") };

const requestOf = ({ sample }: Dialect, json: Json): DialectRequest => ({
  path: sample.path,
  params: sample.params ?? {},
  headers: sample.headers,
  contentType: sample.headers["content-type"] ?? "application/json",
  body: { json },
  tools,
});

const itemsOf = (reading: DialectReading) => ("items" in reading ? reading.items : []);

test("ids are unique, and each is also a source", () => {
  const ids = dialects.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z][a-z0-9_]*$/);
});

test("no two dialects share a path", () => {
  const paths = dialects.flatMap(({ routes }) => routes.map(({ path }) => path));
  expect(new Set(paths).size).toBe(paths.length);
});

describe.each(dialects.map((dialect): [string, Dialect] => [dialect.id, dialect]))("dialect %s", (id, dialect) => {
  test("has a title and its vendor's documentation, and its sample goes to one of its routes with a token", () => {
    expect(dialect.title.length).toBeGreaterThan(2);
    expect(dialect.docsUrl).toMatch(/^https:\/\/[\w.-]+\/\S*$/);
    const route = dialect.routes.find(({ path }) => path === dialect.sample.path);
    expect(route?.contentType.test(requestOf(dialect, {}).contentType)).toBe(true);
    expect(tokenOf(dialect, { ...dialect.sample.headers, authorization: dialect.sample.headers["authorization"]?.replace("…", "x") })).toBe("dbk_live_wsx");
    expect(tokenOf(dialect, {})).toBe("");
  });

  test("reads its sample as its golden file says, and what it reads is an event", async () => {
    const reading = dialect.read(requestOf(dialect, dialect.sample.body));
    await expect(
      `${JSON.stringify(
        itemsOf(reading).map((item) => ("event" in item ? item.event : item.problem)),
        null,
        2,
      )}\n`,
    ).toMatchFileSnapshot(`./__golden__/${id}.json`);
    expect(itemsOf(reading).length).toBeGreaterThan(0);
    for (const item of itemsOf(reading)) {
      if (!("event" in item)) throw new Error(item.problem.message);
      expect(checkEventInput(item.event)).not.toHaveProperty("problem");
    }
  });

  test("says in a sentence what is wrong, and never throws, whatever the body is", () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue({ stringUnit: "binary" }), mutationsOf(dialect.sample.body)), (body) => {
        const reading = dialect.read(requestOf(dialect, body as Json));
        const problems = "problem" in reading ? [reading.problem] : reading.items.flatMap((item) => ("problem" in item ? [item.problem] : []));
        for (const { message } of problems) expect(message.length).toBeGreaterThan(5);
        for (const item of itemsOf(reading)) if ("event" in item) expect(item.event.action).toMatch(/^[a-zA-Z0-9][\w.:-]{0,127}$/);
      }),
      { numRuns: 500 },
    );
  });

  test("answers what was stored with 2xx, and what was refused with the vendor's own body", () => {
    const request = requestOf(dialect, dialect.sample.body);
    const records = itemsOf(dialect.read(request)).map(({ record }) => record);
    const stored = dialect.answer(
      records.map((record) => ({ record, outcome: { status: "created", id: "e-1" } })),
      request,
    );
    expect(Math.floor(stored.status / 100)).toBe(2);
    const error = { code: "time_in_future", message: "It is too early." } as const;
    const refused = dialect.answer(
      records.map((record) => ({ record, outcome: { status: "refused", error } })),
      request,
    );
    expect(JSON.stringify(refused.body)).toContain(error.message);
    const whole = dialect.refuse({ code: "unavailable", message: "Come back.", status: 503, requestId: "r-1" });
    expect([whole.status, JSON.stringify(whole.body)]).toEqual([503, expect.stringContaining("Come back.")]);
  });
});

// OTLP's own rule is that members of unknown names are ignored; its attributes are held in its own test.
describe.each(dialects.filter(({ id }) => id !== "otlp").map((dialect): [string, Dialect] => [dialect.id, dialect]))("dialect %s", (_id, dialect) => {
  test("loses nothing without a word: a member of any name, at any place, is in the event or refused", () => {
    const places = objectPaths(dialect.sample.body);
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        fc.constantFrom("extra", "name", "id", "type", "metadata", "fields", "data", "time", dialect.id),
        markers,
        (place, key, [marker, value]) => {
          const body = changed(dialect.sample.body, place, (object) => ({ ...(object as object), [key]: value }));
          const reading = dialect.read(requestOf(dialect, body));
          if ("problem" in reading) return;
          for (const item of reading.items) if ("event" in item) expect(JSON.stringify(item.event)).toContain(marker);
        },
      ),
      { numRuns: 500 },
    );
  });
});

const markers: fc.Arbitrary<[string, Json]> = fc
  .tuple(fc.string({ unit: fc.constantFrom(..."abcdef0123456789"), minLength: 12, maxLength: 12 }), fc.constantFrom("text", "list", "object", "long"))
  .map(([hex, kind]): [string, Json] => [
    hex,
    kind === "text" ? hex : kind === "list" ? [hex] : kind === "object" ? { deep: { [hex]: hex } } : `${hex}${"x".repeat(700)}`,
  ]);

const mutationsOf = (body: Json): fc.Arbitrary<Json> =>
  fc
    .array(fc.tuple(fc.constantFrom(...objectPaths(body)), fc.string({ unit: "binary", maxLength: 20 }), fc.jsonValue()), { minLength: 1, maxLength: 5 })
    .chain((changes) =>
      fc.constant(
        changes.reduce<Json>(
          (mutated, [place, key, value]) =>
            changed(mutated, place, (old) =>
              isObject(old)
                ? Object.fromEntries(
                    Object.entries({ ...old, [key]: value as Json }).map(([name, member], at) => [name, at % 3 === key.length % 3 ? (value as Json) : member]),
                  )
                : old,
            ),
          body,
        ),
      ),
    );

function objectPaths(value: Json, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [];
  return [...(Array.isArray(value) ? [] : [path]), ...Object.entries(value).flatMap(([key, member]) => objectPaths(member, [...path, key]))];
}

function changed(value: Json, [key, ...rest]: string[], change: (old: Json) => Json): Json {
  if (key === undefined) return change(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === key ? changed(item, rest, change) : item));
  return { ...value, [key]: changed(value[key] ?? null, rest, change) };
}
