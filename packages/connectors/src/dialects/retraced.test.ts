import { expect, test } from "vitest";
import { eventOf, readBody } from "../dialect-testing.ts";
import { tokenOf } from "../define-dialect.ts";
import { retracedHashText } from "./retraced-hash.ts";
import { retraced } from "./retraced.ts";

test.each([
  ["c", "created"],
  ["r", "viewed"],
  ["u", "updated"],
  ["d", "deleted"],
])("crud %s is the operation %s", (crud, operation) => {
  expect(eventOf(retraced, { action: "a.b", crud }).operation).toBe(operation);
});

test("null and nothing between quotes are as good as absent", () => {
  expect(eventOf(retraced, { action: "a", crud: null, created: "", actor: null, source_ip: null })).toEqual({
    action: "a",
    metadata: { retraced: { created: "" } },
  });
});

test("what is anonymous is told as that, and a failure is one", () => {
  expect(eventOf(retraced, { action: "a", is_anonymous: true, is_failure: true })).toEqual({ action: "a", actor: { type: "anonymous" }, status: "failed" });
  expect(eventOf(retraced, { action: "a" })).toEqual({ action: "a" });
});

test("what is no address, and a group without an id, stay in the metadata", () => {
  expect(eventOf(retraced, { action: "a", source_ip: "office", group: { name: "North" } })).toEqual({
    action: "a",
    metadata: { retraced: { source_ip: "office", group: { name: "North" } } },
  });
});

test("where the sender's metadata has a name that we need, it moves below one of ours", () => {
  expect(eventOf(retraced, { action: "a", version: "1", metadata: { retraced: "mine" } }).metadata).toEqual({
    metadata: { retraced: "mine" },
    retraced: { version: "1" },
  });
});

test("an action in other letters is made a key, and kept as it was", () => {
  expect(eventOf(retraced, { action: "Übung: started" })).toEqual({ action: "bung:_started", metadata: { retraced: { action: "Übung: started" } } });
});

test.each([
  ["no action", { crud: "c" }, "Missing required field 'action'"],
  ["a crud that is none", { action: "a", crud: "x" }, "crud"],
  ["a time that is none", { action: "a", created: "yesterday" }, "created"],
])("%s is refused", (_what, event, message) => {
  const reading = readBody(retraced, event);
  expect(reading).toMatchObject({ items: [{ problem: { code: "invalid_event", message: expect.stringContaining(message) } }] });
});

test("the token stands behind `token=`, with or without the word before it", () => {
  expect(tokenOf(retraced, { authorization: "token=abc" })).toBe("abc");
  expect(tokenOf(retraced, { authorization: "Token token=abc" })).toBe("abc");
  expect(tokenOf(retraced, { authorization: "Bearer abc" })).toBe("");
});

// Computed with `buildHashTarget` of @retracedhq/retraced 0.7.23.
test.each([
  [{ action: "a" }, "id:a::::" + ":0:0::"],
  [{ action: "a:%", target: {}, actor: { id: "x" }, group: { id: "g" }, source_ip: "::1", is_failure: true }, "id:a%3A%25::x:g:%3A%3A1:1:0::"],
  [{ action: "a", fields: { b: "=", a: ";" }, is_anonymous: true, external_id: "e", metadata: { m: ":" } }, "id:a:::::0:1:a=%3B;b=%3D;:e:m=%3A;"],
])("the text that is hashed is the vendor's: %j", (record, text) => {
  expect(retracedHashText(record, "id")).toBe(text);
});
