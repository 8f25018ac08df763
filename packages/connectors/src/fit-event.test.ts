import { checkEventInput, eventBytesMax } from "@daybook/event";
import type { EventInput } from "@daybook/event";
import { expect, test } from "vitest";
import { fitEvent } from "./fit-event.ts";
import { utf8Bytes } from "./testing.ts";

const fit = (event: Partial<EventInput>) => fitEvent({ action: "repo.create", ...event });
const isAccepted = (event: EventInput) => "event" in checkEventInput(JSON.parse(JSON.stringify(event)));

test("an event within the limits stays as it is, without its blank fields", () => {
  const event: EventInput = { action: "repo.create", actor: { type: "user", name: "cat" }, metadata: { a: [1, null, { b: "c" }] }, context: { ip: "1.2.3.4" } };
  expect(fitEvent({ ...event, description: undefined, error: { code: undefined }, resource: undefined })).toEqual(event);
});

test("identifiers and sentences become one clean line of bounded length", () => {
  const event = fit({ actor: { type: "user", name: " a\0b\nc\ud800 ", id: "x".repeat(9_000) }, description: "s".repeat(9_000) });
  expect(event.actor?.name).toBe("a\uFFFDb c\uFFFD");
  expect(event.actor?.id).toHaveLength(512);
  expect(event.description).toHaveLength(1_000);
  expect(isAccepted(event)).toBe(true);
});

test("what is nested too deep, too long, or too much is cut, and metadata names the place", () => {
  let deep: EventInput["metadata"] = { leaf: true };
  for (let level = 0; level < 30; level += 1) deep = { inner: deep };
  const event = fit({
    metadata: { first: "kept", deep, long: "x".repeat(20_000), many: Object.fromEntries(Array.from({ length: 900 }, (_, n) => [`k${n}`, n])) },
  });
  expect(event.metadata).toMatchObject({ first: "kept", many: { k0: 0 } });
  expect(event.metadata?.["cut"]).toEqual([expect.stringMatching(/^deep(?:\.inner)+$/), "long", expect.stringMatching(/^many\.k\d+$/)]);
  expect(isAccepted(event)).toBe(true);
});

test("a flood of changes and resources leaves room for the metadata and stays within the event's bytes", () => {
  const event = fit({
    changes: { fields: Array.from({ length: 900 }, (_, n) => ({ path: `field_${n}`, before: "é".repeat(400), after: "x" })) },
    related_resources: Array.from({ length: 900 }, (_, n) => ({ type: "t", id: `${"é".repeat(400)}${n}` })),
    metadata: { time_missing: true, text: "é".repeat(8_000) },
  });
  expect(event.metadata).toMatchObject({ time_missing: true, cut: expect.arrayContaining(["related_resources", "changes"]) });
  expect(utf8Bytes(JSON.stringify(event))).toBeLessThanOrEqual(eventBytesMax);
  expect(isAccepted(event)).toBe(true);
});

test("one resource is named once", () => {
  const repository = { type: "repository", name: "acme/repo" };
  expect(fit({ related_resources: [repository, { ...repository }] }).related_resources).toEqual([repository]);
});

test("a number that no double holds becomes its digits, and `__proto__` is no key", () => {
  const metadata = JSON.parse('{"__proto__":{"polluted":true},"fine":1}') as EventInput["metadata"];
  expect(fit({ metadata: { ...metadata, id: JSON.rawJSON("9007199254740993") } }).metadata).toEqual({ fine: 1, id: "9007199254740993" });
  expect(JSON.stringify(fit({ metadata }).metadata)).toBe('{"fine":1}');
});
