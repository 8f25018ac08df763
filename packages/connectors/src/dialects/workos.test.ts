import { expect, test } from "vitest";
import { eventOf, readBody } from "../dialect-testing.ts";
import { workos } from "./workos.ts";

const body = (event: object) => ({ event: { action: "user.signed_in", occurred_at: "2026-11-21T09:00:00Z", ...event } });

test("the first target is the resource, the others are related to it, and their metadata keeps its place", () => {
  const targets = [
    { type: "team", id: "t" },
    { type: "user", id: "u", metadata: { a: 1 } },
  ];
  expect(eventOf(workos, body({ targets }))).toMatchObject({
    resource: { type: "team", id: "t" },
    related_resources: [{ type: "user", id: "u" }],
    metadata: { workos: { targets: [null, { metadata: { a: 1 } }] } },
  });
});

test.each([
  ["user", "user", undefined],
  ["Service Account", "service_user", "Service Account"],
  ["api-key", "api_key", "api-key"],
  ["robot", "user", "robot"],
])("an actor of type %s is a %s, and a word that says more is kept", (type, expected, kept) => {
  const event = eventOf(workos, body({ actor: { id: "x", type } }));
  expect(event.actor).toEqual({ type: expected, id: "x" });
  expect(event.metadata).toEqual(kept === undefined ? undefined : { workos: { actor: { type: kept } } });
});

test("a location is the address where it is one, and stays where it is a place", () => {
  expect(eventOf(workos, body({ context: { location: "203.0.113.7" } })).context).toEqual({ ip: "203.0.113.7" });
  expect(eventOf(workos, body({ context: { location: "Berlin" } })).metadata).toEqual({ workos: { context: { location: "Berlin" } } });
});

test("the key of the request is the event's", () => {
  expect(eventOf(workos, body({}), { headers: { "idempotency-key": "k" } }).idempotency_key).toBe("workos:k");
  expect(eventOf(workos, body({}), { headers: { "idempotency-key": "k".repeat(400) } }).idempotency_key).toMatch(/^workos:sha256:\d{64}$/);
  expect(eventOf(workos, body({}))).not.toHaveProperty("idempotency_key");
});

test.each([
  ["no event", {}, "event"],
  ["no action", { event: { occurred_at: "2026-11-21T09:00:00Z" } }, "event.action"],
  ["no time", { event: { action: "a" } }, "event.occurred_at"],
])("%s is refused with the field's path", (_what, json, path) => {
  const reading = readBody(workos, json);
  expect("problem" in reading ? reading.problem.path : reading.items).toEqual(
    path === "event" ? path : [expect.objectContaining({ problem: expect.objectContaining({ path }) })],
  );
});

test("the client shows the sentence, which it looks for in `errors`", () => {
  expect(workos.refuse({ code: "invalid_event", message: "Say what.", path: "event.action", status: 422, requestId: "r" }).body).toEqual({
    code: "invalid_event",
    message: "Say what.",
    errors: [{ code: "Say what.", field: "event.action" }],
  });
});
