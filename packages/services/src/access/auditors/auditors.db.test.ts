import { selfHosted } from "@daybook/policy";
import { facetKeys } from "@daybook/query";
import { afterAll, beforeAll, expect, test } from "vitest";
import { asNow, everyWay, newest, write } from "../../../test/log-readers.ts";
import { look, testMember, testOrganization, testPlatform } from "../../../test/test-platform.ts";
import type { TestPlatform } from "../../../test/test-platform.ts";
import { consume } from "../../activity/consume.ts";
import { rollUp } from "../../activity/roll-up.ts";
import { listOperations } from "../../activity/operations.ts";
import { facetsOfEvents } from "../../activity/facets.ts";
import { listEvents } from "../../activity/search.ts";
import type { Context } from "../../context.ts";
import { perform, read } from "../../verb.ts";
import { memberViewer } from "../viewers.ts";
import { acceptAuditorTerms, endAuditor, extendAuditor, grantAuditor, listAuditors, ownAuditorGrants, previewAuditor } from "./index.ts";

let platform: TestPlatform;
let owner: Context;
let admin: Context;
/** Moves only when a test moves it. */
let clock = new Date("2026-11-21T12:00:00.000Z");
const dayMs = 86_400_000;
const inDays = (days: number) => new Date(clock.getTime() + days * dayMs).toISOString();

const actor = { type: "user" as const, id: "u_kim", name: "Kim", email: "kim@secret.example" };
const words = {
  actor,
  operation_id: "op-1",
  context: { ip: "203.0.113.77", user_agent: "Agent 7" },
  reason: "kim@secret.example signed in from 203.0.113.77",
};

beforeAll(async () => {
  platform = { ...(await testPlatform()), now: () => clock };
  await platform.store.ensurePartitions([clock, new Date("2026-06-01T00:00:00Z"), new Date("2026-07-01T00:00:00Z")]);
  owner = await testOrganization(platform);
  admin = await testMember(platform, owner, "admin");
  await write(platform, owner, [
    { ...words, action: "report_viewed", resource: { type: "report", name: "Board" }, status: "in_progress", occurred_at: "2026-06-10T10:00:00.000Z" },
    { ...words, action: "report_exported", resource: { type: "report", name: "Board" }, occurred_at: "2026-06-10T10:30:00.000Z" },
    {
      ...words,
      action: "table_viewed",
      resource: { type: "table", name: "Payroll" },
      occurred_at: "2026-06-11T10:00:00.000Z",
      team: { id: "t_pay", name: "Payroll" },
    },
    { ...words, action: "report_viewed", resource: { type: "report", name: "July" }, occurred_at: "2026-07-01T00:00:00.000Z" },
  ]);
});
afterAll(() => platform.close());

async function newAuditor(): Promise<Context & { email: string }> {
  const context = await testMember(platform, owner, "auditor");
  return { ...context, email: context.viewer.actor.email ?? "" };
}
const grantTo = (auditor: { email: string }, more: object = {}, by = owner) =>
  perform(platform, by, grantAuditor, { email: auditor.email, filter: { resourceType: ["report"] }, expiresAt: inDays(30), reason: "Yearly audit", ...more });
const seen = async (context: Context, filter: object = {}) =>
  (await read(platform, await asNow(platform, context), listEvents, { filter, limit: 200 })).events.map(
    ({ action, resource }) => `${action} ${resource?.name}`,
  );

test("an auditor sees what a grant covers, within its window, and nothing else; each step is in the log with its words", async () => {
  const auditor = await newAuditor();
  await expect(seen(auditor)).rejects.toMatchObject({ code: "forbidden", message: expect.stringContaining("No grant to you") as string });
  const { id } = await grantTo(auditor, { eventsFrom: "2026-06-10T10:30:00.000Z", eventsTo: "2026-07-01T00:00:00.000Z", hides: ["context.ip"] });
  expect(await newest(platform, owner, "auditor_access_granted")).toMatchObject({
    resource: { type: "auditor", id: auditor.viewer.actor.id, name: auditor.email },
    related_resources: [{ type: "user", id: auditor.viewer.actor.id }],
    reason: "Yearly audit",
    changes: { before: { granted: false, expires_at: null }, after: { granted: true, expires_at: inDays(30) } },
    metadata: { grant_id: id, scope: 'resource.type is "report"', days: 30, hides: ["context.ip"], may_export: false },
  });
  expect(await seen(auditor)).toEqual(["report_exported Board"]);

  const until = inDays(60);
  await perform(platform, owner, extendAuditor, { grantId: id, expiresAt: until });
  expect(await newest(platform, owner, "auditor_access_extended")).toMatchObject({
    changes: { before: { expires_at: inDays(30) }, after: { expires_at: until } },
  });
  await perform(platform, owner, endAuditor, { grantId: id });
  expect(await newest(platform, owner, "auditor_access_revoked")).toMatchObject({ changes: { before: { in_force: true }, after: { in_force: false } } });
  await expect(seen(auditor)).rejects.toMatchObject({ code: "forbidden" });
  const lastSeq = await platform.store.lastSeq(owner.viewer.organizationId);
  await perform(platform, owner, endAuditor, { grantId: id });
  expect(await platform.store.lastSeq(owner.viewer.organizationId)).toBe(lastSeq);
  await expect(perform(platform, owner, extendAuditor, { grantId: id, expiresAt: inDays(90) })).rejects.toMatchObject({ code: "conflict" });
});

test("a grant that expires shows nothing from that very moment", async () => {
  const auditor = await newAuditor();
  await grantTo(auditor, { expiresAt: new Date(clock.getTime() + 1_000).toISOString() });
  const before = clock;
  clock = new Date(before.getTime() + 999);
  expect(await seen(auditor)).toHaveLength(3);
  clock = new Date(before.getTime() + 1_000);
  await expect(seen(auditor)).rejects.toMatchObject({ code: "forbidden" });
  clock = before;
});

test("two grants show what either covers, and hide what either hides", async () => {
  const auditor = await newAuditor();
  await grantTo(auditor, { hides: ["actor.email"] });
  await grantTo(auditor, { filter: { team: ["t_pay"] }, hides: ["context.ip"] });
  expect((await seen(auditor)).toSorted()).toEqual(["report_exported Board", "report_viewed Board", "report_viewed July", "table_viewed Payroll"]);
  const viewer = await asNow(platform, auditor);
  const [row] = (await read(platform, viewer, listEvents, { filter: { action: ["table_viewed"] } })).events;
  expect(row).toMatchObject({ ip: "[HIDDEN]", actor: { id: "u_kim", name: "Kim", email: "[HIDDEN]" }, masked: ["actor.email", "context.ip"] });
});

test("by no way does anything hidden reach anybody from whom it is hidden", async () => {
  const [exported] = (await read(platform, owner, listEvents, { filter: { action: ["report_exported"] } })).events;
  const target = { eventId: exported?.id ?? "", operationId: "op-1" };
  const secret = /203\.0\.113\.77|kim@secret/;
  for (const [way, told] of Object.entries(await everyWay(platform, owner, target)))
    if (!["histogram", "facets", "incidents", "operations"].includes(way)) expect(`${way}: ${told}`).toMatch(secret);

  const two = await newAuditor();
  await grantTo(two, { hides: ["actor.email"] });
  await grantTo(two, { filter: {}, hides: ["context.ip"] });
  const ended = await newAuditor();
  await perform(platform, owner, endAuditor, { grantId: (await grantTo(ended)).id });
  const never = await newAuditor();
  const member = await testMember(platform, owner, "member");
  for (const context of [two, ended, never, member])
    for (const [way, told] of Object.entries(await everyWay(platform, await asNow(platform, context), target))) expect(`${way}: ${told}`).not.toMatch(secret);
  for (const context of [ended, never])
    for (const told of Object.values(await everyWay(platform, await asNow(platform, context), target))) expect(told).toMatch(/^refused/);

  await look(platform, `update organizations set ip_display = 'masked'`);
  const told = await everyWay(platform, await asNow(platform, admin), target);
  for (const [way, answer] of Object.entries(told)) expect(`${way}: ${answer}`).not.toContain("203.0.113.77");
  expect(told["event"]).toContain("203.0.113.…");
  expect((await everyWay(platform, await asNow(platform, owner), target))["event"]).toContain("203.0.113.77");
  await look(platform, `update organizations set ip_display = 'full'`);
});

test("what is hidden cannot be searched by, and facets name nobody by e-mail", async () => {
  const auditor = await newAuditor();
  await grantTo(auditor, { filter: {}, hides: ["actor.email", "context.ip"] });
  await expect(seen(auditor, { actor: ["kim@secret.example"] })).rejects.toMatchObject({
    code: "forbidden",
    message: expect.stringContaining("E-mail") as string,
  });
  for (const q of ["kim@secret", "203.0.113.77", "113.77"]) expect(await seen(auditor, { q })).toEqual([]);
  expect(await seen(auditor, { actor: ["u_kim"], q: "payroll" })).toEqual(["table_viewed Payroll"]);
  expect(JSON.stringify(await read(platform, await asNow(platform, auditor), facetsOfEvents, { keys: [...facetKeys] }))).not.toContain("@");
});

test("what an auditor reads is in the log: once per query and minute, with what was asked and through which grants", async () => {
  const auditor = await newAuditor();
  const { id } = await grantTo(auditor);
  const before = clock;
  clock = new Date("2026-11-21T12:30:05.000Z");
  for (let times = 0; times < 3; times += 1) await seen(auditor, { q: "board" });
  await seen(auditor);
  const viewed = () =>
    look<{ metadata: { query: string; grant_ids: string[] }; rows_returned: string }>(
      platform,
      `select metadata, rows_returned from events where action = 'audit_log_viewed' and actor_id = '${auditor.viewer.actor.id}' order by seq`,
    );
  expect(await viewed()).toMatchObject([
    { metadata: { query: expect.stringContaining('text contains "board"') as string, grant_ids: [id] }, rows_returned: "2" },
    { metadata: { grant_ids: [id] }, rows_returned: "3" },
  ]);
  clock = new Date("2026-11-21T12:31:00.000Z");
  await seen(auditor, { q: "board" });
  expect(await viewed()).toHaveLength(3);
  expect((await read(platform, owner, listAuditors, {})).lasting.find((grant) => grant.id === id)).toMatchObject({
    reads: 5,
    lastReadAt: "2026-11-21T12:31:00.000Z",
    scope: 'resource.type is "report"',
  });
  clock = before;
});

test("until the terms are accepted nothing is shown, and accepting is in the log", async () => {
  const auditor = await newAuditor();
  const { id } = await grantTo(auditor, { terms: "What I read stays between us." });
  await expect(seen(auditor)).rejects.toMatchObject({ code: "forbidden", message: expect.stringContaining("accept its terms") as string });
  expect(await read(platform, await asNow(platform, auditor), ownAuditorGrants, {})).toMatchObject([
    { id, inForce: false, terms: "What I read stays between us." },
  ]);
  await expect(perform(platform, owner, acceptAuditorTerms, { grantId: id })).rejects.toMatchObject({ code: "not_found" });
  await perform(platform, await asNow(platform, auditor), acceptAuditorTerms, { grantId: id });
  expect(await newest(platform, owner, "auditor_terms_accepted")).toMatchObject({
    changes: { before: { accepted: false }, after: { accepted: true } },
    metadata: { grant_id: id, terms: "What I read stays between us." },
  });
  expect(await seen(auditor)).toHaveLength(3);
});

test("an admin grants no more than an admin sees", async () => {
  const auditor = await newAuditor();
  await write(platform, owner, [{ action: "organization_plan_changed", occurred_at: "2026-06-10T10:00:00.000Z" }]);
  await grantTo(auditor, { filter: { action: ["organization_plan_changed"] } }, admin);
  expect(await seen(auditor)).toEqual([]);
  await grantTo(auditor, { filter: { action: ["organization_plan_changed"] } }, owner);
  expect(await seen(auditor)).toHaveLength(1);
});

test("without auditors in the plan nothing is granted or shown through a grant, and both are denials in the log; ending access stays possible", async () => {
  const auditor = await newAuditor();
  const { id } = await grantTo(auditor);
  const plan = { ...selfHosted, name: "Small", without: ["auditors" as const] };
  const lacking = (context: Context): Context => (context.viewer.kind === "member" ? { ...context, viewer: { ...context.viewer, plan } } : context);
  const later = () => (clock = new Date(clock.getTime() + 60_000));
  later();
  await expect(perform(platform, lacking(owner), grantAuditor, {})).rejects.toMatchObject({ code: "not_in_plan" });
  expect(await newest(platform, owner, "access_denied")).toMatchObject({ error: { code: "not_in_plan" }, metadata: { verb: "auditors.grant" } });
  later();
  await expect(read(platform, lacking(await asNow(platform, auditor)), listEvents, {})).rejects.toMatchObject({
    message: expect.stringContaining("plan") as string,
  });
  expect(await newest(platform, owner, "access_denied")).toMatchObject({ actor: { id: auditor.viewer.actor.id }, metadata: { verb: "events.list" } });
  await perform(platform, lacking(owner), endAuditor, { grantId: id });
  await expect(seen(auditor)).rejects.toMatchObject({ code: "forbidden" });
});

test("a preview counts what a grant would show", async () => {
  await consume(platform, rollUp);
  expect(await read(platform, owner, previewAuditor, { filter: { resourceType: ["report"] }, eventsTo: "2026-07-01T00:00:00.000Z" })).toEqual({
    events: 2,
    exact: true,
    words: 'resource.type is "report"',
  });
});

test("a preview of more events than can be counted says that there are more", async () => {
  const store = { ...platform.store, countEvents: async () => ({ total: 50_000, exact: false, countedFrom: "2026-01-01T00:00:00.000Z" }) };
  expect(await read({ ...platform, store }, owner, previewAuditor, { filter: { q: "-draft" } })).toMatchObject({ events: 50_000, exact: false });
});

test.each<[string, object, RegExp]>([
  ["a past end", { expiresAt: "2020-01-01T00:00:00Z" }, /future/],
  ["an end after more than a year", { expiresAt: "2028-01-01T00:00:00Z" }, /at most 366 days/],

  ["a window that ends before it begins", { eventsFrom: "2026-07-01T00:00:00Z", eventsTo: "2026-06-01T00:00:00Z" }, /before it begins/],
  ["a time within the filter", { filter: { from: "2026-07-01T00:00:00Z" } }, /beside the filter/],
  ["no reason", { reason: " " }, /what the access is for/],
])("a grant with %s is refused", async (_, input, message) => {
  await expect(grantTo(await newAuditor(), input)).rejects.toMatchObject({ code: "invalid", message: expect.stringMatching(message) as string });
});

test("a member is granted nothing as an auditor, and grants of others are none of theirs", async () => {
  const member = await testMember(platform, owner, "member");
  await expect(grantTo({ email: member.viewer.actor.email ?? "" })).rejects.toMatchObject({ code: "invalid" });
  await expect(perform(platform, member, grantAuditor, {})).rejects.toMatchObject({ code: "forbidden" });
  const elsewhere = await testOrganization(platform);
  const { id } = await grantTo(await newAuditor());
  await expect(perform(platform, elsewhere, endAuditor, { grantId: id })).rejects.toMatchObject({ code: "not_found" });
});

test("neither the choices of a filter nor the place in a list holds an address that is hidden", async () => {
  const context = await testOrganization(platform);
  const visitor = { type: "anonymous" as const, name: "203.0.113.77" };
  const run = { action: "report_viewed", team: { id: "t_kim", name: "kim@secret.example" } };
  await write(platform, context, [
    { ...run, actor: visitor, operation_id: "run of kim@secret.example", occurred_at: "2026-06-10T10:00:00.000Z" },
    { ...run, actor: { ...visitor, id: "203.0.113.77" }, operation_id: "run of 203.0.113.77", occurred_at: "2026-06-10T11:00:00.000Z" },
    {
      ...run,
      actor: { type: "user", id: "u_kim", name: "Kim" },
      resource: { type: "203.0.113.77" },
      operation_id: "run",
      occurred_at: "2026-06-10T09:00:00.000Z",
    },
  ]);
  await consume(platform, rollUp);
  const auditor = await testMember(platform, context, "auditor");
  const hides = ["actor.email", "context.ip"];
  const { email } = auditor.viewer.actor;
  await perform(platform, context, grantAuditor, { email, filter: {}, hides, expiresAt: inDays(30), reason: "Yearly audit" });
  const { organizationId } = context.viewer;
  const person = { id: auditor.viewer.actor.id ?? "", name: "Some auditor", email: email ?? "" };
  const as = { ...auditor, viewer: await memberViewer(platform, person, organizationId) };
  const facets = await read(platform, as, facetsOfEvents, { keys: [...facetKeys] });
  expect(facets.groups.find(({ key }) => key === "actor")?.values).toContainEqual({ value: "u_kim", label: "Kim", count: 1 });
  expect(facets.groups.find(({ key }) => key === "team")?.values).toEqual([{ value: "t_kim", label: "[HIDDEN]", count: 3 }]);
  expect(JSON.stringify(facets)).not.toMatch(/203\.0\.113\.77|kim@secret/);
  const ids: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await read(platform, as, listOperations, { limit: 1, cursor });
    ids.push(...page.operations.map(({ operationId }) => operationId));
    cursor = page.nextCursor;
    expect(Buffer.from(cursor ?? "", "base64url").toString("latin1")).not.toMatch(/203\.0\.113\.77|kim@secret/);
  }
  expect(ids).toEqual(["run of [HIDDEN]", "run of [HIDDEN]", "run"]);
});
