import { checkEventInput, eventBytesMax, eventDepthMax, eventKeysMax, statuses, stringLengthMax } from "@daybook/event";
import { operations } from "@daybook/catalog";
import type { Json } from "@daybook/event";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import cloudtrailText from "../../fixtures/aws-cloudtrail.ndjson?raw";
import azureText from "../../fixtures/azure-activity.ndjson?raw";
import databricksText from "../../fixtures/databricks-audit.ndjson?raw";
import entraText from "../../fixtures/entra-diagnostic.ndjson?raw";
import gcpText from "../../fixtures/gcp-audit.ndjson?raw";
import githubText from "../../fixtures/github-audit.ndjson?raw";
import googleText from "../../fixtures/google-workspace.ndjson?raw";
import m365Text from "../../fixtures/m365-unified-audit.ndjson?raw";
import oktaText from "../../fixtures/okta-system.ndjson?raw";
import slackText from "../../fixtures/slack-audit.ndjson?raw";
import snowflakeText from "../../fixtures/snowflake-account-usage.ndjson?raw";
import { importKey } from "../define-importer.ts";
import type { ImportedEvent, Importer, ImportProblem } from "../define-importer.ts";
import { frameRecords } from "../frame-records.ts";
import { utf8Bytes } from "../testing.ts";
import { importerOf, importers } from "./index.ts";

const realRecords = [
  cloudtrailText,
  githubText,
  oktaText,
  slackText,
  googleText,
  m365Text,
  entraText,
  azureText,
  gcpText,
  databricksText,
  snowflakeText,
].flatMap((text) => [...frameRecords(text)].flatMap((frame) => ("record" in frame ? [frame.record] : [])));
const context = { index: 0 };

test("ids are unique, and an importer is found by its id alone", () => {
  const ids = importers.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const importer of importers) {
    expect(importer.id).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(importerOf(importer.id)).toBe(importer);
  }
  expect(importerOf("nobody")).toBeUndefined();
});

describe.each(importers.map((importer): [string, Importer] => [importer.id, importer]))("importer %s", (id, importer) => {
  test("has a title, a hint and its vendor's documentation", () => {
    expect(importer.title.length).toBeGreaterThan(2);
    expect(importer.hint).toMatch(/\.$/);
    expect(importer.docsUrl).toMatch(/^https:\/\/[\w.-]+\/\S*$/);
  });

  test("maps its sample to its golden file", async () => {
    const mapped = importer.toEvents(importer.sample, context);
    expect(Array.isArray(mapped)).toBe(true);
    await expect(`${JSON.stringify(mapped, null, 2)}\n`).toMatchFileSnapshot(`./__golden__/${id}.json`);
    for (const { vendorId } of mapped as ImportedEvent[]) expect(vendorId).not.toBeNull();
  });

  test("does not change the record that it reads", () => {
    const before = JSON.stringify(importer.sample);
    importer.toEvents(deepFrozen(JSON.parse(before) as Json), context);
    expect(JSON.stringify(importer.sample)).toBe(before);
  });

  test("says in a sentence that a foreign record is not its own", () => {
    for (const record of [null, 1, "text", [], {}, { hello: "world" }] as Json[]) {
      const problem = importer.toEvents(record, context) as ImportProblem;
      expect(problem.code).toBe("invalid_event");
      expect(problem.message).toContain(importer.title);
    }
  });

  test("gives an event within every limit, or a problem, for any JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => expectLawful(importer.toEvents(value as Json, context))),
      { numRuns: 200 },
    );
  });

  test("gives events within every limit for its sample with any of its values replaced", () => {
    const paths = pathsOf(importer.sample);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...paths), wild), { minLength: 1, maxLength: 6 }), (changes) => {
        const record = changes.reduce((mutated, [path, value]) => replaced(mutated, path, value), importer.sample);
        expectLawful(importer.toEvents(record, context));
      }),
      { numRuns: 400 },
    );
  });

  test("never throws on the records of other vendors, lower-cased keys, or JSON as text", () => {
    for (const record of realRecords) {
      expectLawful(importer.toEvents(record, context));
      expectLawful(importer.toEvents(lowerCased(record), context));
      expectLawful(importer.toEvents(Object.fromEntries(Object.entries(record as object).map(([key, value]) => [key, JSON.stringify(value)])), context));
    }
  });
});

test("keys: by vendor id, else by content, and several events of one record differ", () => {
  const contentHash = "f".repeat(64);
  expect(importKey({ importer: "okta", vendorId: "u-1", contentHash, index: 0 })).toBe("import:okta:u-1");
  expect(importKey({ importer: "okta", vendorId: null, contentHash, index: 0 })).toBe(`import:okta:content:${contentHash}`);
  expect(importKey({ importer: "okta", vendorId: null, contentHash, index: 1 })).not.toBe(
    importKey({ importer: "okta", vendorId: null, contentHash, index: 0 }),
  );
});

const hostileText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    "\0",
    "\ud800",
    "__proto__",
    "constructor",
    "toString",
    "redacted",
    "",
    " ",
    "x".repeat(20_000),
    "A".repeat(20_000),
    `${".".repeat(20_000)}a`,
    "\u0001".repeat(9_000),
    "é".repeat(20_000),
    "[".repeat(5_000),
    "arn:",
    "arn:aws:iam::1:user/",
  ),
);
const wild: fc.Arbitrary<Json> = fc.oneof(
  hostileText,
  fc.jsonValue() as fc.Arbitrary<Json>,
  fc.constantFrom<Json>(null, 0, -1, 1e308, JSON.rawJSON("12345678901234567890"), JSON.rawJSON("1e400")),
  fc.array(hostileText, { maxLength: 40 }),
  fc.constantFrom<Json>(
    nested(60),
    wide(900),
    Array.from({ length: 400 }, (_, n) => ({ id: `id-${n}`, type: "T".repeat(600), ARN: `arn:aws:s3:::b/${"k".repeat(600)}${n}` })),
  ),
  fc.dictionary(fc.constantFrom("__proto__", "id", "type", "name", "a\0b", ""), hostileText) as fc.Arbitrary<Json>,
);

/** What the log demands of every event, whatever the record was. */
function expectLawful(mapped: ImportedEvent[] | ImportProblem): void {
  if (!Array.isArray(mapped)) {
    expect(mapped.message).toMatch(/\.$/);
    return;
  }
  expect(mapped.length).toBeGreaterThan(0);
  for (const { event, vendorId } of mapped) {
    const text = JSON.stringify(event);
    const checked = checkEventInput(JSON.parse(text));
    expect(checked).not.toHaveProperty("problem");
    expect(utf8Bytes(text)).toBeLessThanOrEqual(eventBytesMax);
    expect(text.includes("\\u0000")).toBe(false);
    expect(text.isWellFormed() && !/\\ud[89a-f]/.test(text)).toBe(true);
    const size = sizeOf(JSON.parse(text) as Json);
    expect(size.depth).toBeLessThanOrEqual(eventDepthMax);
    expect(size.keys).toBeLessThanOrEqual(eventKeysMax);
    expect(size.longest).toBeLessThanOrEqual(stringLengthMax);
    expect(event.actor).toBeDefined();
    expect(event.description).toBeTruthy();
    expect(operations as readonly string[]).toContain(event.operation);
    expect(statuses).toContain(event.status);
    expect(vendorId === null || vendorId.length > 0).toBe(true);
    if (event.occurred_at === undefined) expect(event.metadata?.["time_missing"] === true || event.metadata?.["cut"] !== undefined).toBe(true);
  }
}

function sizeOf(value: Json): { depth: number; keys: number; longest: number } {
  if (typeof value === "string") return { depth: 0, keys: 0, longest: JSON.stringify(value).length };
  if (typeof value !== "object" || value === null) return { depth: 0, keys: 0, longest: 0 };
  const inner = Object.values(value).map(sizeOf);
  return {
    depth: 1 + Math.max(0, ...inner.map(({ depth }) => depth)),
    keys: (Array.isArray(value) ? 0 : Object.keys(value).length) + inner.reduce((sum, { keys }) => sum + keys, 0),
    longest: Math.max(0, ...inner.map(({ longest }) => longest)),
  };
}

function pathsOf(value: Json, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [...(path.length > 0 ? [path] : []), ...Object.entries(value).flatMap(([key, member]) => pathsOf(member, [...path, key]))];
}

function replaced(value: Json, path: string[], replacement: Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return replacement;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === key ? replaced(item, rest, replacement) : item));
  return { ...value, [key]: replaced(value[key] ?? null, rest, replacement) };
}

const lowerCased = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(lowerCased);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key.toLowerCase(), lowerCased(member)]));
};

function nested(depth: number): Json {
  return depth === 0 ? "deep" : { inner: [nested(depth - 1)] };
}

function wide(keys: number): Json {
  return Object.fromEntries(Array.from({ length: keys }, (_, n) => [`key_${n}`, `value ${n}`]));
}

function deepFrozen(value: Json): Json {
  if (typeof value === "object" && value !== null) for (const member of Object.values(Object.freeze(value))) deepFrozen(member);
  return value;
}
