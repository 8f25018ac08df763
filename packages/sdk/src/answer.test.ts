import { expect, test } from "vitest";
import { judge } from "./answer.ts";

const created = { index: 0, status: "created", id: "i0", seq: 7 };
const refused = { index: 1, status: "refused", error: { code: "invalid_event", message: "`actor`: unknown", path: "actor" } };
const json = (value: unknown) => JSON.stringify(value);

test.each<[string, number, string, unknown]>([
  ["all stored", 200, json({ results: [created, { index: 1, status: "duplicate", id: "i1" }] }), { kind: "settled" }],
  ["some refused", 207, json({ results: [created, refused] }), { kind: "settled" }],
  ["results in another order", 207, json({ results: [refused, created] }), { kind: "settled" }],
  ["all refused", 422, json({ code: "invalid_event", results: [{ ...refused, index: 0 }, refused] }), { kind: "settled" }],
  ["all in conflict", 409, json({ code: "idempotency_conflict", results: [{ ...refused, index: 0 }, refused] }), { kind: "settled" }],
  ["one result too few", 200, json({ results: [created] }), { kind: "again", code: "not_accepted" }],
  ["one result twice", 200, json({ results: [created, created] }), { kind: "again", code: "not_accepted" }],
  ["a result without its id", 200, json({ results: [{ ...created, id: undefined }, refused] }), { kind: "again", code: "not_accepted" }],
  ["a result of a kind that nobody knows", 200, json({ results: [created, { index: 1, status: "parked" }] }), { kind: "again", code: "not_accepted" }],
  ["a result for an event that was not sent", 200, json({ results: [created, { ...created, index: 9 }] }), { kind: "again", code: "not_accepted" }],
  ["results that are no objects", 200, json({ results: [null, 3] }), { kind: "again", code: "not_accepted" }],
  ["another server's page", 200, "<html>", { kind: "again", code: "not_accepted" }],
  ["half an answer", 200, '{"results":[{"index":0,"sta', { kind: "again", code: "not_accepted" }],
  ["a batch that is not liked", 422, json({ code: "invalid", detail: "No." }), { kind: "split", code: "invalid" }],
  ["text that is not liked", 400, json({ code: "malformed_json" }), { kind: "split", code: "malformed_json" }],
  ["a bad request to somebody else", 400, "Bad Request", { kind: "stuck" }],
  ["too large", 413, "<html>", { kind: "split", code: "event_too_large" }],
  ["no valid token", 401, "{}", { kind: "stuck", code: "not_accepted" }],
  ["no grant", 403, "{}", { kind: "stuck", code: "not_accepted" }],
  ["a wrong path", 404, "", { kind: "stuck", code: "not_accepted" }],
  ["a redirect", 302, "", { kind: "stuck", message: expect.stringContaining("redirects") }],
  ["a redirect, as a browser shows it", 0, "", { kind: "stuck", message: expect.stringContaining("redirects") }],
  ["a request that timed out there", 408, "", { kind: "again" }],
  ["too many requests", 429, "", { kind: "again", code: "unreachable" }],
  ["a server's fault", 500, "", { kind: "again" }],
  ["a proxy without a server", 502, "<html>", { kind: "again" }],
])("%s: status %i", (_what, status, text, verdict) => {
  expect(judge({ status, retryAfter: null, text }, ["k0", "k1"], 0)).toMatchObject(verdict as object);
});

test("each receipt names the key of its own event", () => {
  expect(judge({ status: 207, retryAfter: null, text: json({ results: [refused, created] }) }, ["k0", "k1"], 0)).toEqual({
    kind: "settled",
    receipts: [
      { status: "created", idempotencyKey: "k0", id: "i0", seq: 7 },
      { status: "refused", idempotencyKey: "k1", code: "invalid_event", message: "`actor`: unknown", path: "actor" },
    ],
  });
});
