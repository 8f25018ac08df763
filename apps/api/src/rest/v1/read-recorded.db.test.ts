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
