import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callTrpc, setUpOwner, testApi } from "../../../test/test-api.ts";
import type { Call, Owner, TestApi } from "../../../test/test-api.ts";

let api: TestApi;
let owner: Owner;
beforeAll(async () => {
  api = await testApi();
  owner = await setUpOwner(api);
});
afterAll(() => api.close());

const call = (path: string, request: Call = {}) => callTrpc(api, path, { cookie: owner.cookie, organizationId: owner.organizationId, ...request });
const act = (path: string, input: unknown = {}) => call(path, { input, mutation: true });

test("an integration is added, run, run again too early, listed and removed through the console's API", async () => {
  const folder = await mkdtemp(join(tmpdir(), "daybook-dbt-"));
  const kinds = (await call("sources.kinds")).data;
  expect(kinds).toMatchObject([{ id: "dbt", title: "dbt", settingsSchema: { type: "object" } }]);
  const { id: sourceId } = (await act("sources.create", { kind: "dbt", name: "Models", settings: { folder } })).data as { id: string };
  expect((await act("sources.runNow", { sourceId })).data).toMatchObject({ runId: expect.any(String) });
  expect(await act("sources.runNow", { sourceId })).toMatchObject({ status: 409, refusal: { code: "conflict" } });
  const run = {
    id: expect.any(String),
    operationId: expect.any(String),
    state: "queued",
    trigger: { name: "Ada" },
    startedAt: null,
    finishedAt: null,
    durationMs: null,
    counts: {},
    error: null,
  };
  expect((await call("sources.runs", { input: { sourceId } })).data).toMatchObject([run]);
  expect((await call("sources.list")).data).toMatchObject([{ id: sourceId, kind: "dbt", name: "Models", settings: { folder }, lastRun: run }]);
  expect(await act("sources.remove", { sourceId })).toMatchObject({ status: 409, refusal: { code: "conflict" } });
  await rm(folder, { recursive: true });
});

test("demo data comes and goes through the console's API as an organization of one's own", async () => {
  expect((await call("demo.status")).data).toEqual({ loaded: false, organization: null });
  const { organization } = (await act("demo.load")).data as { organization: { id: string; slug: string } };
  expect(organization.slug).toBe("larkspur-analytics");
  expect((await call("demo.status")).data).toEqual({ loaded: true, organization });
  const mine = async () => ((await call("session.me")).data as { organizations: { slug: string; demo: boolean; role: string }[] }).organizations;
  expect(await mine()).toMatchObject([{ demo: false }, { slug: "larkspur-analytics", demo: true, role: "owner" }]);
  expect(
    (await call("events.list", { input: { logType: "activity", filter: { actor: ["Tomasz Nowak"] }, limit: 5 }, organizationId: organization.id })).data,
  ).toMatchObject({ events: [{}, {}, {}, {}, {}] });
  expect((await act("demo.remove")).data).toEqual({});
  expect(await mine()).toMatchObject([{ demo: false }]);
});
