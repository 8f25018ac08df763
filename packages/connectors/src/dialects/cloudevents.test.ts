import { expect, test } from "vitest";
import { eventOf, readBody, tools } from "../dialect-testing.ts";
import { cloudevents } from "./cloudevents.ts";

const event = (more: object) => ({ specversion: "1.0", id: "1", source: "/s", type: "t", ...more });
const structured = { headers: { "content-type": "application/cloudevents+json" } };

test.each([
  ["com.example.document.shared", "document.shared"],
  ["io.acme.user.created", "user.created"],
  ["db.user.created", "db.user.created"],
  ["com.example", "com.example"],
  ["created", "created"],
])("the type %s is the action %s, and stays", (type, action) => {
  expect(eventOf(cloudevents, event({ type }))).toMatchObject({ action, metadata: { cloudevents: { type } } });
});

test.each([
  ["document/42", { type: "document", id: "42" }],
  ["42", { type: "document", id: "42" }],
  ["/a/b/c", { type: "document", id: "/a/b/c" }],
])("the subject %s is a resource", (subject, resource) => {
  expect(eventOf(cloudevents, event({ type: "document.shared", subject })).resource).toEqual(resource);
});

test.each([
  ["app_user", "user", { authtype: "app_user" }],
  ["user", "user", {}],
  ["service_account", "service_user", { authtype: "service_account" }],
  ["unauthenticated", "anonymous", { authtype: "unauthenticated" }],
])("authtype %s acts as %s", (authtype, type, kept) => {
  expect(eventOf(cloudevents, event({ authtype, authid: "a" }))).toMatchObject({ actor: { type, id: "a" }, metadata: { cloudevents: kept } });
});

test("source and id are the key, and no two pairs have the same", () => {
  expect(eventOf(cloudevents, event({})).idempotency_key).toBe("cloudevents:/s 1");
  expect(eventOf(cloudevents, event({ source: "/s", id: "1 2" })).idempotency_key).toBe("cloudevents:/s 1 2");
  expect(readBody(cloudevents, event({ source: "/s 1", id: "2" }))).toMatchObject({ items: [{ problem: { path: "source" } }] });
});

test("data that only looks like an event of ours stays data", () => {
  const data = { action: "ours", unknown: 1 };
  expect(eventOf(cloudevents, event({ data }))).toMatchObject({ action: "t", metadata: { data } });
  expect(eventOf(cloudevents, event({ data: { action: "ours" }, time: "2026-11-21T09:00:00Z" }))).toMatchObject({
    action: "ours",
    occurred_at: "2026-11-21T09:00:00.000Z",
  });
});

test.each([
  ["another version", { specversion: "0.3" }, "specversion"],
  ["no id", { id: "" }, "id"],
  ["no type", { type: 7 }, undefined],
  ["a time that is none", { time: "soon" }, "time"],
])("%s", (_what, more, path) => {
  const reading = readBody(cloudevents, event(more), structured);
  expect(reading).toMatchObject({ items: [path === undefined ? { event: { action: "7" } } : { problem: { path } }] });
});

test("Avro and the like are refused by their name", () => {
  const reading = cloudevents.read({
    path: "/cloudevents",
    params: {},
    headers: {},
    contentType: "application/cloudevents+avro",
    body: { base64: "AA==" },
    tools,
  });
  expect(reading).toMatchObject({ problem: { code: "unsupported_media_type" } });
});
