import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callTrpc, setUpOwner, testApi } from "../../test/test-api.ts";
import type { Owner, TestApi } from "../../test/test-api.ts";

let api: TestApi;
let owner: Owner;
beforeAll(async () => {
  api = await testApi();
  owner = await setUpOwner(api);
});
afterAll(() => api.close());

const line = (at: number) =>
  JSON.stringify({ action: "repo.create", actor: "mona", created_at: 1_712_643_475_186 + at, repo: "acme/website", _document_id: `d${at}` });
const lines = (count: number, from = 0) => Array.from({ length: count }, (_, at) => line(from + at)).join("\n");

async function upload(
  body: string | Buffer,
  { vendor = "github", id = randomUUID() as string, headers = {} as Record<string, string>, cookie = owner.cookie } = {},
) {
  const response = await fetch(`${api.url}/api/imports?id=${id}&vendor=${vendor}&file=audit.ndjson`, {
    method: "POST",
    body: body as BodyInit,
    headers: { cookie, "x-daybook-organization": owner.organizationId, "content-type": "application/octet-stream", ...headers },
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown>, id };
}
const imported = async (id: string) => (await callTrpc(api, "imports.get", { input: { importId: id }, ...owner })).data as Record<string, unknown>;

test("a file that is sent comes in, compressed or not, and is in the history with its counts and bytes", async () => {
  const first = await upload(lines(2_500));
  expect(first).toMatchObject({ status: 200, body: { importId: first.id, records: 2_500, created: 2_500 } });
  expect(await imported(first.id)).toMatchObject({
    state: "completed",
    fileName: "audit.ndjson",
    startedBy: "Ada",
    bytesRead: lines(2_500).length,
    bytesTotal: lines(2_500).length,
  });
  expect((await upload(gzipSync(lines(2_500)))).body).toMatchObject({ created: 0, duplicates: 2_500 });
  expect((await upload(`{"events": [${line(90_000)}, ${line(90_001)}]}`)).body).toMatchObject({ created: 2 });
});

test("a file larger than what is held at once is read line by line, and its last line counts without a line break", async () => {
  const text = Array.from({ length: 900 }, (_, at) => JSON.stringify({ ...(JSON.parse(line(100_000 + at)) as object), note: "x".repeat(2_000) })).join("\n");
  expect(text.length).toBeGreaterThan(1_200_000);
  expect((await upload(text)).body).toMatchObject({ records: 900, created: 900 });
});

test.each([
  ["without a session", { cookie: "" }, 401],
  ["from another page", { headers: { origin: "https://evil.example" } }, 403],
  ["into an organization of others", { headers: { "x-daybook-organization": "0193aaaa-0000-7000-8000-000000000001" } }, 404],
  ["of an unknown vendor", { vendor: "gitlab" }, 400],
  ["without an id", { id: "x" }, 400],
])("a file %s is refused and nothing stored", async (_title, how, status) => {
  const answer = await upload(line(200_000), how);
  expect(answer.body).toMatchObject({ status, detail: expect.any(String) });
  expect((await upload(line(200_000), { id: randomUUID() })).body["created"]).toBeDefined();
});

test("a damaged gzip is refused in words", async () => {
  const answer = await upload(gzipSync(lines(40_000)).subarray(0, 30_000));
  expect(answer).toMatchObject({ status: 400, body: { detail: expect.stringContaining("no complete gzip") } });
});

test("nothing is imported through somebody else's eyes", async () => {
  const answer = await upload(line(7_000_000), { headers: { "x-daybook-as": owner.organizationId } });
  expect([answer.status, answer.body["code"]]).toEqual([403, "forbidden"]);
  expect((await callTrpc(api, "imports.get", { input: { importId: answer.id }, ...owner })).status).toBe(404);
});

test("an upload that breaks off keeps what is stored and says so; sent again, the rest comes in", async () => {
  const id = randomUUID();
  const text = lines(20_000, 300_000);
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => undefined);
  socket.write(
    `POST /api/imports?id=${id}&vendor=github&file=cut.ndjson HTTP/1.1\r\nhost: x\r\ncookie: ${owner.cookie}\r\nx-daybook-organization: ${owner.organizationId}\r\ncontent-type: text/plain\r\ncontent-length: ${text.length}\r\n\r\n`,
  );
  socket.write(text.slice(0, text.length - 100_000));
  await expect.poll(async () => Number((await imported(id))?.["created"] ?? 0), { timeout: 20_000 }).toBeGreaterThan(0);
  socket.destroy();
  await expect.poll(async () => (await imported(id))["state"], { timeout: 20_000 }).toBe("failed");
  const { created, error } = await imported(id);
  expect(error).toMatch(/broke off.*again/);
  expect((await upload(text)).body).toMatchObject({ created: 20_000 - Number(created), duplicates: created });
}, 60_000);

test("a preview shows events and problems by line, recognises the vendor, suggests a mapping and stores nothing", async () => {
  const before = await api.platform.store.lastSeq(owner.organizationId);
  const head = `${lines(600, 400_000)}\n{"broken`;
  const ask = async (input: object) => (await callTrpc(api, "imports.preview", { input, mutation: true, ...owner })).data as Record<string, unknown>;
  const recognised = await ask({ head: `{"broken"\n${lines(3)}`, whole: true });
  expect(recognised).toMatchObject({
    importer: { vendor: "github", reason: "recognised" },
    problemsTotal: 1,
    problems: [{ line: 1 }],
    suggestion: { fields: { action: "action" } },
  });
  expect(await ask({ head, whole: false, vendor: "github" })).toMatchObject({ problemsTotal: 0, importer: { reason: "chosen" } });
  const mapping = { fields: { action: "action", occurred_at: "created_at", "actor.name": "actor" } };
  const mapped = await ask({ head: lines(2), whole: true, mapping });
  expect(mapped["events"]).toMatchObject([{ line: 1, action: "repo.create", actor: { name: "mona" } }, { line: 2 }]);
  expect(await ask({ head: '{"hello": 1}', whole: true })).toMatchObject({ importer: null, events: [] });
  expect(await api.platform.store.lastSeq(owner.organizationId)).toBe(before);
});

test("only a preview may be as large as the beginning of a file", async () => {
  const head = lines(3_000).slice(0, 500_000);
  expect((await callTrpc(api, "imports.preview", { input: { head, whole: false }, mutation: true, ...owner })).status).toBe(200);
  expect((await callTrpc(api, "mappings.create", { input: { name: head, mapping: {} }, mutation: true, ...owner })).status).toBe(413);
});

test("a mapping is made, used for an import, changed and deleted, each told in the log", async () => {
  const mapping = { fields: { action: "what", occurred_at: "when", "actor.name": "who" } };
  const created = (await callTrpc(api, "mappings.create", { input: { name: "Billing audit", mapping }, mutation: true, ...owner })).data as {
    id: string;
    vendor: string;
  };
  expect(created.vendor).toBe("mapping:billing-audit");
  const answer = await upload('what,when,who\nlogin,2026-11-01 08:00:00,"Chen, Alice"\n', { vendor: created.vendor });
  expect(answer.body).toMatchObject({ records: 1, created: 1, problemsTotal: 0 });
  expect((await callTrpc(api, "mappings.create", { input: { name: "billing AUDIT", mapping }, mutation: true, ...owner })).status).toBe(409);
  await callTrpc(api, "mappings.update", { input: { mappingId: created.id, name: "Billing", mapping }, mutation: true, ...owner });
  expect((await callTrpc(api, "mappings.list", owner)).data).toMatchObject([{ name: "Billing", vendor: "mapping:billing-audit" }]);
  await callTrpc(api, "mappings.delete", { input: { mappingId: created.id }, mutation: true, ...owner });
  expect((await callTrpc(api, "mappings.list", owner)).data).toEqual([]);
  const { events } = (await callTrpc(api, "events.list", { input: { logType: "activity", filter: { resourceType: ["import_mapping"] }, limit: 10 }, ...owner }))
    .data as {
    events: { action: string }[];
  };
  expect(events.map(({ action }) => action).toSorted()).toEqual(["import_mapping_created", "import_mapping_deleted", "import_mapping_updated"]);
});
