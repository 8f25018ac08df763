import { consume, foldOperations } from "@daybook/services";
import { afterAll, beforeAll, expect, test } from "vitest";
import { actionsOf, callTrpc, logOf, postEvents, setUpOwner, testApi } from "../../../test/test-api.ts";
import type { Owner, TestApi } from "../../../test/test-api.ts";

let api: TestApi;
let owner: Owner;
const now = new Date();
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString();
const oddId = `run/1 ä?&%25 ${"x".repeat(490)}`;

beforeAll(async () => {
  api = await testApi({ now: () => now });
  owner = await setUpOwner(api);
  const events = [
    { action: "pipeline_started", operation_id: "running", status: "in_progress", occurred_at: hoursAgo(2) },
    { action: "pipeline_started", operation_id: "lost", status: "in_progress", occurred_at: hoursAgo(30) },
    { action: "permission_requested", operation_id: "asked", status: "pending_approval", occurred_at: hoursAgo(1) },
    { action: "pipeline_started", operation_id: oddId, status: "in_progress", occurred_at: hoursAgo(4) },
    { action: "pipeline_completed", operation_id: oddId, occurred_at: hoursAgo(3) },
  ];
  expect((await postEvents(api, owner.token, JSON.stringify(events))).body.created).toBe(5);
  await consume(api.platform, foldOperations);
});
afterAll(() => api.close());

interface Answer extends Record<string, unknown> {
  operations: { operation_id: string }[];
  next_cursor: string | null;
}
const get = async (path: string, token = owner.token) => {
  const response = await fetch(`${api.url}/v1/operations${path}`, { headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, body: (await response.json()) as Answer };
};
const ids = async (query: string) => (await get(query)).body.operations.map(({ operation_id }) => operation_id);

test.each([
  ["", ["asked", "running", oddId, "lost"]],
  ["?state=running", ["running"]],
  ["?state=waiting", ["asked"]],
  ["?state=never_ended", ["lost"]],
  ["?state=never_ended&older_than_hours=1", ["running", "lost"]],
  ["?state=ended", [oddId]],
])("GET /v1/operations%s", async (query, expected) => {
  expect(await ids(query)).toEqual(expected);
});

test("pages are followed by their cursor, whatever stands in an id", async () => {
  const seen: string[] = [];
  for (let query = "?limit=1", pages = 0; pages < 10; pages += 1) {
    const { body } = await get(query);
    seen.push(...body.operations.map(({ operation_id }) => operation_id));
    if (body.next_cursor === null) break;
    query = `?limit=1&cursor=${body.next_cursor}`;
  }
  expect(seen).toEqual(["asked", "running", oddId, "lost"]);
});

test("one operation is found by an id with any letters and of any length that an event may have", async () => {
  const { status, body } = await get(`/${encodeURIComponent(oddId)}`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ operation: { operation_id: oddId, state: "ended", duration_ms: 3_600_000, event_count: 2 }, events_total: 2, events_purged: 0 });
  expect((body["events"] as { action: string }[]).map(({ action }) => action)).toEqual(["pipeline_started", "pipeline_completed"]);
  expect((await get("/nothing")).body).toMatchObject({ code: "not_found" });
});

test.each([
  ["?state=open", "state"],
  ["?limit=0", "limit"],
  ["?older_than_hours=0", "older_than_hours"],
  ["?cursor=x", "cursor"],
])("%s is refused and names its parameter", async (query, path) => {
  const { status, body } = await get(query);
  expect([status, body["code"], body["path"]]).toEqual([400, "invalid", path]);
});

test("reading operations is reading the log: it takes the scope, and is recorded", async () => {
  const create = async (scope: string) => {
    const { data } = await callTrpc(api, "tokens.create", { input: { name: scope, scopes: [scope] }, mutation: true, ...owner });
    return (data as { token: string }).token;
  };
  const [reader, writer] = [await create("events:read"), await create("events:write")];
  const reads = async () => (await actionsOf(api, owner.organizationId)).filter((action) => action === "audit_log_accessed").length;
  const before = await reads();
  expect((await get("/running", reader)).status).toBe(200);
  expect(await reads()).toBe(before + 1);
  expect((await get("?state=running", reader)).status).toBe(200);
  const told = (await logOf(api, owner.organizationId)).filter(({ action }) => action === "audit_log_accessed").slice(-2);
  expect(told.map(({ resource, metadata }) => [resource?.name, metadata["query"]])).toEqual([
    ["Operations", "operation_id:running"],
    ["Operations", "state=running"],
  ]);
  expect((await get("", writer)).status).toBe(403);
  expect((await get("/running", writer)).status).toBe(403);
});

test("the console asks the same of its own procedures", async () => {
  const ask = async (path: string, input: object) => (await callTrpc(api, `operations.${path}`, { input, ...owner })).data;
  expect(await ask("list", { state: "running", cursor: null, direction: "forward" })).toMatchObject({
    operations: [{ operationId: "running" }],
    nextCursor: null,
  });
  expect(await ask("counts", {})).toMatchObject({ counts: { running: 1, waiting: 1, never_ended: 1, ended: 1 } });
  expect(await ask("get", { operationId: oddId })).toMatchObject({ operation: { state: "ended" }, eventsTotal: 2 });
});
