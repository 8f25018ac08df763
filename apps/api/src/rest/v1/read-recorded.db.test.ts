import { afterAll, beforeAll, expect, test } from "vitest";
import { callTrpc, logOf, postEvents, setUpOwner, testApi } from "../../../test/test-api.ts";
import type { Owner, TestApi } from "../../../test/test-api.ts";

let api: TestApi;
let owner: Owner;
beforeAll(async () => {
  api = await testApi();
  owner = await setUpOwner(api);
  await postEvents(api, owner.token, JSON.stringify([{ action: "report_viewed", context: { ip: "192.168.1.7" } }]));
});
afterAll(() => api.close());

const cursors = {
  time: Buffer.from("2100-01-01T00:00:00.000Z ffffffff-ffff-ffff-ffff-ffffffffffff").toString("base64url"),
  seq: Buffer.from("seq 999999 2100-01-01T00:00:00.000Z").toString("base64url"),
};
const created = async (scopes: string[]): Promise<string> => {
  const { data } = await callTrpc(api, "tokens.create", { input: { name: `${scopes.join(" ")} ${(tokens += 1)}`, scopes }, mutation: true, ...owner });
  return (data as { token: string }).token;
};
let tokens = 0;
const request = (token: string, query: string, init: { method?: string; headers?: Record<string, string> } = {}) =>
  fetch(`${api.url}/v1/events${query}`, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });
const accesses = async () => (await logOf(api, owner.organizationId)).filter(({ action }) => action === "audit_log_accessed");

test.each([
  ["GET", `?cursor=${cursors.time}`],
  ["GET", `?order=seq&cursor=${cursors.seq}`],
  ["GET", "?after_seq=1"],
  ["HEAD", "?action=report_viewed"],
])("who begins to read with %s %s is in the log before anything is handed out", async (method, query) => {
  const token = await created(["events:read"]);
  const before = (await accesses()).length;
  expect((await request(token, query, { method })).status).toBe(200);
  expect(await accesses()).toHaveLength(before + 1);
});

test("what a program asked for stands in the log: each question of a token once a minute, however many pages it reads", async () => {
  const token = await created(["events:read"]);
  const before = (await accesses()).length;
  const asked = async (query: string) => expect((await request(token, query)).status).toBe(200);
  await asked("?q=status%3Afailed%20%20is%3Afailed&actor=u1&actor=u2&from=2026-01-01T00:00:00Z");
  await asked("?q=status%3Afailed&actor=u1&actor=u2&from=2026-02-01T00:00:00Z&limit=1&order=seq");
  await asked("?log_type=system");
  await asked("?after_seq=0");
  await asked("?after_seq=3");
  await asked("");
  expect((await accesses()).slice(before).map(({ resource, metadata }) => [resource?.name, metadata])).toEqual([
    ["Events", { query: "status:failed actor=u1,u2", from: "2026-01-01T00:00:00.000Z" }],
    ["System events", { query: "all events" }],
    ["Feed of events", { query: "all events" }],
    ["Events", { query: "all events" }],
  ]);
});

test("a question that is refused was not answered, so nothing stands in the log of it", async () => {
  const token = await created(["events:read"]);
  const before = (await accesses()).length;
  for (const query of ["?q=colour%3Ared", "?q=a%00b", "?cursor=nonsense", "?after_seq=0&action=x", "?limit=500"])
    expect((await request(token, query)).status, query).toBe(400);
  const recorded = (await accesses()).slice(before);
  // A cursor is read with the page, behind its entry.
  expect(recorded.map(({ metadata }) => metadata)).toEqual([{ query: "all events" }]);
});

test("an answer that the client holds already was read all the same, and a tag opens nothing for whoever may not read", async () => {
  const reader = await created(["events:read"]);
  const first = await request(reader, "?action=report_viewed");
  const tag = first.headers.get("etag") ?? "";
  expect(first.headers.get("cache-control")).toContain("private");
  const [another, writer] = [await created(["events:read"]), await created(["events:write"])];
  const before = (await accesses()).length;
  expect((await request(another, "?action=report_viewed", { headers: { "if-none-match": tag } })).status).toBe(304);
  expect(await accesses()).toHaveLength(before + 1);
  for (const headers of [{ "if-none-match": tag }, { "if-none-match": "*" }]) {
    expect((await request(writer, "?action=report_viewed", { headers })).status).toBe(403);
    expect((await request("no token", "?action=report_viewed", { headers })).status).toBe(401);
  }
});

test("by a cursor that somebody made up, the console's list is in the log as well", async () => {
  const before = (await accesses()).length;
  const { data } = await callTrpc(api, "events.list", { input: { logType: "activity", filter: { q: "report" }, cursor: cursors.time }, ...owner });
  expect((data as { events: unknown[] }).events).toHaveLength(1);
  expect((await accesses()).slice(before)).toMatchObject([{ actor: { type: "user" }, metadata: { query: "report" } }]);
});
