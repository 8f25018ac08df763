import { afterAll, beforeAll, expect, test } from "vitest";
import { actionsOf, callTrpc, getEvents, logOf, postEvents, setUpOwner, testApi } from "../../../test/test-api.ts";
import type { Owner, TestApi } from "../../../test/test-api.ts";

let api: TestApi;
let owner: Owner;
let now = new Date();
beforeAll(async () => {
  api = await testApi({ now: () => now });
  owner = await setUpOwner(api);
  const events = Array.from({ length: 25 }, (_, index) => ({
    action: index % 2 ? "odd" : "even",
    occurred_at: new Date(now.getTime() - index * 1_000).toISOString(),
    actor: { type: "user", id: `u${index % 3}` },
    metadata: { index },
  }));
  await postEvents(api, owner.token, JSON.stringify(events));
});
afterAll(() => api.close());

const get = (query: string, token = owner.token) => getEvents(api, token, query);
const created = async (scopes: string[]): Promise<string> => {
  const { data } = await callTrpc(api, "tokens.create", { input: { name: scopes.join(" "), scopes }, mutation: true, ...owner });
  return (data as { token: string }).token;
};

test("the feed hands out every event once, in the order of the sequence, and says when it is complete", async () => {
  const seen: number[] = [];
  const complete: unknown[] = [];
  for (let afterSeq = 0, steps = 0; steps < 20; steps += 1) {
    const { status, body } = await get(`?after_seq=${afterSeq}&limit=7`);
    expect(status).toBe(200);
    seen.push(...body.events.map(({ seq }) => seq));
    complete.push(body["complete_until"]);
    if (body["complete_until"] !== null) break;
    afterSeq = body["next_after_seq"] as number;
  }
  expect(seen).toEqual(Array.from({ length: seen.length }, (_, index) => index + 1));
  expect(seen.length).toBeGreaterThan(25);
  expect(complete.slice(0, -1).every((until) => until === null)).toBe(true);
  expect(complete.at(-1)).toBe(now.toISOString());
  const end = await get(`?after_seq=${seen.length}`);
  expect([end.body.events, end.body["next_after_seq"]]).toEqual([[], seen.length]);
});

test("the feed carries whole events", async () => {
  const { body } = await get("?after_seq=0&limit=1000");
  expect(body.events.find(({ metadata }) => metadata["index"] === 3)).toMatchObject({ action: "odd", actor: { id: "u0" }, source: "api", changes: null });
});

test("pages go from the newest to the oldest without gap or repeat", async () => {
  const times: string[] = [];
  const ids = new Set<string>();
  let cursor: string | null = null;
  do {
    const { body } = await get(`?limit=10&from=${now.toISOString().slice(0, 10)}T00:00:00Z${cursor ? `&cursor=${cursor}` : ""}&action=odd&action=even`);
    for (const event of body.events) {
      times.push(event.occurred_at);
      ids.add(event.id);
    }
    cursor = body["next_cursor"] as string | null;
  } while (cursor);
  expect(times).toEqual(times.toSorted().toReversed());
  expect(ids.size).toBe(times.length);
});

test("events are asked for by the teams that they belong to", async () => {
  const of = (id: string) => ({ action: "scenario_updated", team: { id, name: id } });
  await postEvents(api, owner.token, JSON.stringify([of("finance"), of("sales"), of("data")]));
  const { status, body } = await get("?team=finance&team=sales");
  expect(status).toBe(200);
  expect(body.events.map(({ team }) => `${team?.id}`).toSorted()).toEqual(["finance", "sales"]);
  expect((await get("?team=nobody")).body.events).toEqual([]);
});

test("filters narrow the pages: several values of one mean either, several filters mean all", async () => {
  const { body } = await get("?action=odd&actor=u0&actor=u1");
  expect(body.events.length).toBeGreaterThan(0);
  expect(body.events.every(({ action, actor }) => action === "odd" && ["u0", "u1"].includes(actor.id ?? ""))).toBe(true);
  expect((await get("?status=failed&action=odd")).body.events).toEqual([]);
});

test.each([
  ["?limit=0", "limit"],
  ["?limit=1e3", "limit"],
  ["?limit=500", "limit"],
  ["?after_seq=-1", "after_seq"],
  ["?after_seq=99999999999999999999", "after_seq"],
  ["?after_seq=0&action=odd", "action"],
  ["?cursor=nonsense", "cursor"],
  ["?from=yesterday", "from"],
  ["?status=broken", "status"],
  ["?q=colour:red", "q"],
  ["?q=actor:me", "filter.q"],
  ["?order=size", "order"],
])("%s is refused and names its parameter", async (query, path) => {
  const { status, body } = await get(query);
  expect([status, body["code"], body["path"]]).toEqual([400, "invalid", path]);
});

test.each([
  ["?q=a%00b", "filter.q"],
  ["?action=%00", "filter.action.0"],
  ["?from=0000-01-01T00:00:00Z", "filter.from"],
  ["?to=9999-12-31T23:59:59-23:59", "filter.to"],
  [`?cursor=${Buffer.from("0000-01-01T00:00:00Z 00000000-0000-7000-8000-000000000000").toString("base64url")}`, "cursor"],
])("%s, which the database could not read, is refused as well", async (query, path) => {
  const { status, body } = await get(query);
  expect([status, body["code"], body["path"]]).toEqual([400, "invalid", path]);
});

test("an offset that no place on earth has is still an instant", async () => {
  expect((await get("?from=2026-01-01T00:00:00%2B23:00&limit=1")).body.events).toHaveLength(1);
});

test("a parameter that is not known is refused", async () => {
  expect((await get("?actions=odd")).body).toMatchObject({ code: "invalid", detail: expect.stringContaining("actions") as unknown });
});

test("reading through the API is in the log, once per token and minute", async () => {
  const token = await created(["events:read"]);
  const reads = async () => (await actionsOf(api, owner.organizationId)).filter((action) => action === "audit_log_accessed").length;
  const before = await reads();
  for (let times = 0; times < 3; times += 1) await get("", token);
  expect(await reads()).toBe(before + 1);
  now = new Date(now.getTime() + 60_000);
  await get("", token);
  expect(await reads()).toBe(before + 2);
});

test("a token may only do what its scopes say, and a denial is in the log", async () => {
  const writer = await created(["events:write"]);
  const reader = await created(["events:read"]);
  expect((await get("", writer)).status).toBe(403);
  expect((await get("?after_seq=0", writer)).status).toBe(403);
  expect((await postEvents(api, reader, '{"action":"denied_write"}')).status).toBe(403);
  const log = await logOf(api, owner.organizationId);
  expect(log.filter(({ action }) => action === "access_denied").map(({ metadata }) => metadata["verb"])).toEqual([
    "events.list",
    "events.feed",
    "events.ingest",
  ]);
  expect(log.some(({ action }) => action === "denied_write")).toBe(false);
});
