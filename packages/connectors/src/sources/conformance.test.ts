import { Refusal } from "@daybook/event";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Source } from "../define-source.ts";
import { sourceOf, sources } from "./index.ts";

test("ids are unique, and a source is found by its id alone", () => {
  expect(new Set(sources.map(({ id }) => id)).size).toBe(sources.length);
  for (const source of sources) expect(sourceOf(source.id)).toBe(source);
  expect(sourceOf("nobody")).toBeUndefined();
});

describe.each(sources.map((source): [string, Source] => [source.id, source]))("source %s", (id, source) => {
  const { settings, files } = source.sample;

  test("its settings describe themselves: every field has a title and a hint", () => {
    const schema = z.toJSONSchema(source.settings) as { properties: Record<string, { title?: string; hint?: string }> };
    expect(Object.keys(schema.properties).length).toBeGreaterThan(0);
    for (const field of Object.values(schema.properties)) expect(field).toMatchObject({ title: expect.any(String), hint: expect.any(String) });
  });

  test("its actions are snake_case, noun first and past participle last", () => {
    for (const action of Object.values(source.actions)) expect(action).toMatch(/^[a-z]+(?:_[a-z]+)*_(?:started|completed|failed)$/);
  });

  test("asks for files by plain names, each with a bound", () => {
    const wanted = source.wants(settings);
    expect(wanted.folder).not.toBe("");
    for (const file of wanted.files) {
      expect(file.name).toMatch(/^[\w.-]+$/);
      expect(file.bytesMax).toBeGreaterThan(0);
    }
  });

  test("reads its sample as its golden file", async () => {
    await expect(`${JSON.stringify(source.interpret(settings, files), null, 2)}\n`).toMatchFileSnapshot(`./__golden__/${id}.json`);
  });

  test("refuses settings that its schema does not know", () => {
    for (const wrong of [null, {}, { folder: "" }, { ...(settings as object), surprise: 1 }])
      expect(() => source.wants(wrong)).toThrow(expect.objectContaining({ name: "Refusal", code: "invalid" }) as Refusal);
  });

  test("never throws for what a file says, and a problem is a sentence", () => {
    const names = source.wants(settings).files.map(({ name }) => name);
    const content = fc.oneof(fc.constant(undefined), fc.string(), fc.json(), fc.constantFrom(...Object.values(files)));
    const mutated = fc
      .tuple(fc.constantFrom(...Object.values(files)), fc.nat(), fc.nat({ max: 40 }))
      .map(([text, at, length]) => text.slice(0, at % text.length) + text.slice((at % text.length) + length));
    fc.assert(
      fc.property(fc.array(fc.oneof(content, mutated), { minLength: names.length, maxLength: names.length }), (contents) => {
        const reading = source.interpret(settings, Object.fromEntries(names.map((name, index) => [name, contents[index]])));
        if ("problem" in reading) expect(reading.problem.message).toMatch(/\.$/);
        else expect(["success", "failed"]).toContain(reading.result);
      }),
      { numRuns: 500 },
    );
  });
});
