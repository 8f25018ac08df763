import { afterAll, beforeAll, expect, test } from "vitest";
import { asNow } from "../../test/log-readers.ts";
import { testMember } from "../../test/test-platform.ts";
import { openWorld } from "../../test/world.ts";
import type { World } from "../../test/world.ts";
import { grantAuditor } from "../access/auditors/index.ts";
import { borrowView } from "../access/simulation/index.ts";
import type { Context } from "../context.ts";
import { perform, read } from "../verb.ts";
import { stepEventsMax, tailStep } from "./follow.ts";
import { openLogPage } from "./open-log-page.ts";

let world: World;
let owner: Context;

beforeAll(async () => {
  world = await openWorld("2026-11-20T12:00:00Z");
  owner = await world.found("Opened");
  await world.write(
    owner,
    Array.from({ length: 5 }, () => ({ action: "report_viewed" })),
  );
});
afterAll(() => world.close());

const open = (context: Context, input: object = {}) => read(world.platform, context, openLogPage, { logType: "activity", ...input });
const told = async () => (await world.log(owner, "audit_log_accessed")).map(({ actor, metadata }) => [actor.id, metadata["query"]]);

test("who opens the log is in the log once for each query in ten minutes, with what was asked, however many pages they read", async () => {
  const { id } = owner.viewer.actor;
  const first = await open(owner, { filter: { q: "report" }, limit: 2 });
  await open(owner, { filter: { q: "report" }, limit: 2, cursor: first.nextCursor });
  await open(owner, { filter: { q: " report ", from: "2026-11-19T00:00:00.000Z" } });
  expect(await told()).toEqual([[id, "report"]]);
  await open(owner, { filter: { q: "status:failed  is:failed" } });
  await open(owner, { filter: {} });
  expect(await told()).toEqual([
    [id, "report"],
    [id, "status:failed"],
    [id, "all events"],
  ]);
  await world.clock.set("2026-11-20T12:10:00Z");
  await open(owner, { filter: { q: "report" } });
  expect(await told()).toHaveLength(4);
});

test("whoever begins with a page further on, by a cursor that they kept or made up, is in the log like whoever begins with the first", async () => {
  const reader = await testMember(world.platform, owner, "admin");
  const made = Buffer.from("2026-11-20T12:20:00.000Z ffffffff-ffff-ffff-ffff-ffffffffffff").toString("base64url");
  const opened = async () => (await told()).filter(([id]) => id === reader.viewer.actor.id).map(([, query]) => query);
  expect((await open(reader, { filter: { q: "report" }, cursor: made })).events).toHaveLength(5);
  await open(reader, { filter: { q: "report" }, cursor: made });
  expect(await opened()).toEqual(["report"]);
  await open(reader, { filter: {}, cursor: Buffer.from("seq 99 2026-11-20T12:20:00.000Z").toString("base64url"), order: "seq" });
  expect(await opened()).toEqual(["report", "all events"]);
});

test("its own entry stands in the page, so that it does not arrive as news behind it", async () => {
  const page = await open(owner, { filter: { q: "action:audit_log_accessed" } });
  expect(page.events.map(({ seq }) => seq)).toContain(page.lastSeq);
});

test("an auditor's reading is told once, as an auditor's, and looking through somebody else's eyes is told as that", async () => {
  const auditor = await testMember(world.platform, owner, "auditor");
  const member = await testMember(world.platform, owner, "member");
  await perform(world.platform, owner, grantAuditor, {
    email: auditor.viewer.actor.email ?? "",
    filter: { action: ["report_viewed"] },
    expiresAt: "2026-12-21T12:00:00.000Z",
    reason: "Audit",
  });
  const before = await told();
  await open(await asNow(world.platform, auditor), { filter: { q: "report" } });
  await open({ ...owner, as: await borrowView(world.platform, owner, member.viewer.actor.id ?? "") }, { filter: { q: "through bob" } });
  expect(await told()).toEqual(before);
  expect(await world.log(owner, "audit_log_viewed")).toHaveLength(1);
});

test("what was refused was not opened: nothing of it stands in the log", async () => {
  const member = await testMember(world.platform, owner, "member");
  const before = await told();
  await expect(open(member, { teamId: "0190a0b0-0000-7000-8000-000000000001" })).rejects.toMatchObject({ code: "not_found" });
  await expect(open(member, { filter: { q: "statu:failed secret" } })).rejects.toMatchObject({ code: "invalid" });
  expect(await told()).toEqual(before);
});

test("whoever steps through what was written long ago is in the log like whoever opens a page; whoever follows what comes is not", async () => {
  const reader = await testMember(world.platform, owner, "admin");
  const opened = async () => (await told()).filter(([id]) => id === reader.viewer.actor.id).map(([, query]) => query);
  await world.fill(
    owner,
    Array.from({ length: stepEventsMax }, () => "2026-11-20T11:00:00.000Z"),
  );
  const head = await world.store.lastSeq(owner.viewer.organizationId);
  const step = (afterSeq: number) => read(world.platform, reader, tailStep, { afterSeq, filter: { q: "notebook" } });
  expect((await step(head - stepEventsMax)).events).toHaveLength(stepEventsMax);
  expect(await opened()).toEqual([]);
  for (let times = 0; times < 2; times += 1) expect((await step(0)).events.length).toBeGreaterThan(0);
  expect(await opened()).toEqual(["notebook"]);
});

test("a filter longer than anybody writes is told by its beginning", async () => {
  await open(owner, { filter: { resource: Array.from({ length: 100 }, (_, at) => `${String(at)}${"😀".repeat(250)}`) } });
  const query = (await world.log(owner, "audit_log_accessed")).at(-1)?.metadata["query"] as string;
  expect(query).toMatch(/^resource=0/);
  expect(query.length).toBeLessThanOrEqual(2_001);
  expect(query.isWellFormed()).toBe(true);
});

test("a log that cannot be written to is still shown", async () => {
  const broken = { ...world.platform, store: { ...world.platform.store, transaction: () => Promise.reject(new Error("no disk")) } };
  const page = await read(broken, owner, openLogPage, { filter: { q: "report_viewed" } });
  expect(page.events).toHaveLength(5);
});
