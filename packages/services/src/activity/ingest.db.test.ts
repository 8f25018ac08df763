import { createHash } from "node:crypto";
import { splitItems } from "@daybook/event";
import { selfHosted } from "@daybook/policy";
import { equals, everything } from "@daybook/query";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testOrganization, testPlatform } from "../../test/test-platform.ts";
import type { TestPlatform } from "../../test/test-platform.ts";
import type { Context } from "../context.ts";
import { openGroupCommit } from "./group-commit.ts";
import { ingest } from "./ingest.ts";
import { recordLogAccess } from "./read-by-api.ts";

let platform: TestPlatform;
let context: Context;

beforeAll(async () => {
  platform = await testPlatform();
  context = await testOrganization(platform);
});
afterAll(() => platform.close());

const send = (body: string, retentionDays: number | null = null) =>
  ingest(platform, context, splitItems(body), { append: (organizationId, items) => platform.store.append(organizationId, items), retentionDays });
const codeOf = (result: Awaited<ReturnType<typeof send>>[number] | undefined) => (result?.status === "refused" ? result.error.code : result?.status);

describe("one bad event is refused with a code, and its neighbours are stored", () => {
  const ahead = new Date(Date.now() + 10 * 60_000).toISOString();
  test.each([
    ["NUL", '{"action":"x","reason":"a\\u0000b"}', "unsafe_text"],
    ["a lone surrogate", '{"action":"x","reason":"\\ud800"}', "unsafe_text"],
    ["1e400", '{"action":"x","metadata":{"n":1e400}}', "unsafe_number"],
    ["an integer above 2^53", '{"action":"x","metadata":{"n":9007199254740993}}', "unsafe_number"],
    ["a duplicate key", '{"action":"x","action":"y"}', "duplicate_key"],
    ["a time ten minutes ahead", JSON.stringify({ action: "x", occurred_at: ahead }), "time_in_future"],
    ["a string over the limit", JSON.stringify({ action: "x", metadata: { s: "x".repeat(20_000) } }), "event_too_large"],
    [
      "an event over the limit",
      JSON.stringify({ action: "x", metadata: Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`k${at}`, "x".repeat(10_000)])) }),
      "event_too_large",
    ],
    ["a missing action", "{}", "invalid_event"],
    ["a misspelt field", '{"action":"x","actr":{}}', "invalid_event"],
    ["no object at all", "17", "invalid_event"],
  ])("%s", async (_, bad, code) => {
    const results = await send(`[{"action":"before_created"},${bad},{"action":"after_created"}]`);
    expect(results.map(codeOf)).toEqual(["created", code, "created"]);
    expect(results.map(({ index }) => index)).toEqual([0, 1, 2]);
  });
});

test("an event older than the organization keeps events is refused with both times", async () => {
  const old = new Date(Date.now() - 31 * 86_400_000).toISOString();
  const body = JSON.stringify([
    { action: "x", occurred_at: old },
    { action: "x", occurred_at: new Date(Date.now() - 29 * 86_400_000).toISOString() },
  ]);
  expect((await send(body, 30)).map(codeOf)).toEqual(["older_than_retention", "created"]);
  expect((await send(body, null)).map(codeOf)).toEqual(["created", "created"]);
});

test("a key repeated with the same content gives the first id, whatever the order of its fields; with other content a conflict", async () => {
  const [first] = await send('{"action":"x","idempotency_key":"order-1","metadata":{"a":1,"b":2}}');
  const [again] = await send('{"metadata":{"b":2,"a":1},"idempotency_key":"order-1","action":"x"}');
  const [other] = await send('{"action":"y","idempotency_key":"order-1"}');
  expect([first, again, other].map(codeOf)).toEqual(["created", "duplicate", "idempotency_conflict"]);
  expect(first?.status === "created" && again?.status === "duplicate" && again.id === first.id).toBe(true);
});

test("secrets are cut out before anything is stored", async () => {
  const [result] = await send('{"action":"login","metadata":{"password":"hunter2"},"changes":{"before":{"api_key":"k1"},"after":{"api_key":"k2"}}}');
  if (result?.status !== "created") throw new Error("created");
  const found = await platform.store.readEvent(context.viewer.organizationId, { id: result.id, query: everything });
  expect(JSON.stringify(found)).not.toMatch(/hunter2|"k1"|"k2"/);
  expect(found?.event.redactions.map(({ path }) => path)).toContain("metadata.password");
});

test("single events that come at once share commits, and each caller gets its own outcome", async () => {
  let statements = 0;
  const counting = { ...platform.store, append: (...args: Parameters<typeof platform.store.append>) => ((statements += 1), platform.store.append(...args)) };
  const append = openGroupCommit(counting);
  const callers = Array.from({ length: 300 }, (_, at) =>
    ingest(platform, context, splitItems(JSON.stringify({ action: "x", idempotency_key: `group-${at % 250}` })), { append, retentionDays: null }),
  );
  const results = (await Promise.all(callers)).map(([result]) => result?.status);
  expect(results.filter((status) => status === "created")).toHaveLength(250);
  expect(results.filter((status) => status === "duplicate")).toHaveLength(50);
  expect(statements).toBeLessThan(30);
});

test("when the statement fails, every caller of the group hears it and none is acknowledged", async () => {
  const append = openGroupCommit({ ...platform.store, append: () => Promise.reject(new Error("gone")) });
  const callers = Array.from({ length: 5 }, () => ingest(platform, context, splitItems('{"action":"x"}'), { append, retentionDays: null }));
  const outcomes = await Promise.allSettled(callers);
  expect(outcomes.every(({ status }) => status === "rejected")).toBe(true);
});

test("who may not write is refused", async () => {
  const reader: Context = {
    ...context,
    viewer: {
      kind: "token",
      organizationId: context.viewer.organizationId,
      tokenId: "t",
      scopes: ["events:read"],
      plan: selfHosted,
      ipDisplay: "full",
      actor: { type: "api_key" },
    },
  };
  await expect(ingest(platform, reader, splitItems("{}"), { append: openGroupCommit(platform.store), retentionDays: null })).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("a producer cannot take the key of an event that Daybook is about to write", async () => {
  const minute = platform.now().toISOString().slice(0, 16);
  const keys = [0, 1].map((ahead) => new Date(Date.parse(`${minute}:00Z`) + ahead * 60_000).toISOString().slice(0, 16));
  const asked = createHash("sha256")
    .update(JSON.stringify(["Events", "all events"]))
    .digest("hex");
  await send(JSON.stringify(keys.map((at) => ({ action: "x", idempotency_key: `accessed:${context.viewer.actor.id}:${at}:${asked}` }))));
  await recordLogAccess(platform, context, { of: "Events", query: "all events" });
  const { events } = await platform.store.search(context.viewer.organizationId, { query: equals("action", "audit_log_accessed"), limit: 10 });
  expect(events).toHaveLength(1);
});
