import { describe, expect, test } from "vitest";
import { z } from "zod";
import { settingsOf } from "../define-alert-kind.ts";
import { alertKindOf, alertKinds } from "./index.ts";

interface FieldSchema {
  title?: string;
  hint?: string;
}

test("no two kinds share an id, and each is found by it", () => {
  expect(new Set(alertKinds.map((kind) => kind.id)).size).toBe(alertKinds.length);
  for (const kind of alertKinds) expect(alertKindOf(kind.id)).toBe(kind);
  expect(alertKindOf("no_such_kind")).toBeUndefined();
});

describe.each(alertKinds.map((kind) => [kind.id, kind] as const))("%s", (_id, kind) => {
  test("has an id that can be stored and words that a person can read", () => {
    expect(kind.id).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(kind.title).not.toBe("");
    expect(kind.description).toMatch(/\.$/);
  });

  test("describes every setting with a title and a hint, as JSON Schema", () => {
    const schema = z.toJSONSchema(kind.settings) as { properties: Record<string, FieldSchema> };
    expect(Object.keys(schema.properties).sort()).toEqual(Object.keys(kind.defaults).sort());
    for (const [name, field] of Object.entries(schema.properties)) {
      expect(field.title, name).toBeTruthy();
      expect(field.hint, name).toBeTruthy();
    }
  });

  test("takes its own defaults, and its sample fires under them", () => {
    expect(settingsOf(kind, {})).toEqual(kind.defaults);
    expect(kind.matches(kind.defaults, kind.sample)).toBe(true);
    expect(kind.groupBy(kind.defaults, kind.sample)).not.toBe("");
    expect(kind.titleOf(kind.defaults, kind.sample, 1)).not.toBe("");
  });
});
