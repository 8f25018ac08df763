import { equals } from "@daybook/query";
import type { MemberViewer } from "@daybook/policy";
import { schema } from "@daybook/store";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testMember, testOrganization, testPlatform } from "../../test/test-platform.ts";
import type { TestPlatform } from "../../test/test-platform.ts";
import { changeMemberRole, createTeam } from "../access/index.ts";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";
import { perform, read } from "../verb.ts";
import { createView, deleteView, restoreView, updateView } from "./change-views.ts";
import { sharedViewsMax, undoGraceSeconds, undoSeconds, viewsOfOwnerMax } from "./limits.ts";
import { getView, listViews } from "./read-views.ts";

const state = { q: "status:failed", range: "7d", cols: "time,actor,action", density: "compact" } as const;
const deepState = { ...state, by: "operation", fold: "0", tz: "utc" } as const;

let platform: TestPlatform;
let owner: Context;
let admin: Context;
let teamAdmin: Context;
let teamMember: Context;
let member: Context;
let auditor: Context;
let stranger: Context;
let teamId: string;
let otherTeamId: string;

beforeAll(async () => {
  platform = await testPlatform();
});
afterAll(() => platform.close());
beforeEach(async () => {
  owner = await testOrganization(platform);
  stranger = await testOrganization(platform);
  admin = await testMember(platform, owner, "admin");
  member = await testMember(platform, owner, "member");
  const own = await perform(platform, owner, createTeam, { name: "Finance" });
  const other = await perform(platform, owner, createTeam, { name: "Legal" });
  [teamId, otherTeamId] = [own.id, other.id];
  teamAdmin = inTeam(await testMember(platform, owner, "member"), "admin");
  teamMember = inTeam(await testMember(platform, owner, "member"), "member");
  const holder = await testMember(platform, owner, "auditor");
  const grant = { id: teamId, query: equals("action", "x"), words: "", from: null, to: null, mayExport: false, hides: [], expiresAt: "2100-01-01T00:00:00Z" };
  auditor = { ...holder, viewer: { ...(holder.viewer as MemberViewer), auditorGrants: [grant] } };
});

const inTeam = (context: Context, role: "admin" | "member"): Context => ({
  ...context,
  viewer: { ...(context.viewer as MemberViewer), teams: [{ teamId, role }] },
});
const save = (context: Context, more: object = {}) =>
  perform(platform, context, createView, { name: "Failures", logType: "activity", state, ...more } as never);
const change = (context: Context, input: object, on: Platform = platform) => perform(on, context, updateView, input);
const get = async (context: Context, viewId: string) => (await read(platform, context, getView, { viewId })) as Awaited<ReturnType<typeof getView.run>>;
const namesSeenBy = async (context: Context) => (await read(platform, context, listViews, undefined)).views.map(({ name }) => name);
const refusal = (code: string, message: RegExp = /./) => expect.objectContaining({ code, message: expect.stringMatching(message) as unknown }) as unknown;
const recorded = async (action: string) =>
  (await platform.store.search(owner.viewer.organizationId, { query: equals("action", action), limit: 20 })).events.map(({ id }) => id);
const newestOf = async (action: string) => {
  const [id = ""] = await recorded(action);
  return (await platform.store.readEvent(owner.viewer.organizationId, { id, query: equals("action", action) }))?.event;
};
/** The same platform some seconds later. */
const later = (seconds: number): Platform => ({ ...platform, now: () => new Date(platform.now().getTime() + seconds * 1_000) });

test("a view keeps the state that the URL had, and its making, changing, deleting and restoring are in the log with what it was and became", async () => {
  const { id, version } = await save(member, { description: "What went wrong", state: deepState });
  expect(await get(member, id)).toMatchObject({ name: "Failures", description: "What went wrong", state: deepState, saved: { own: true, version: 1 } });
  expect(await newestOf("saved_view_created")).toMatchObject({
    resource: { type: "saved_view", id, name: "Failures" },
    actor: { id: member.viewer.actor.id },
    metadata: { log_type: "activity", sharing: "nobody" },
  });
  await change(member, { viewId: id, version, name: "Errors", state: { ...state, q: "status:failed action:user_login" } });
  const changes = (await newestOf("saved_view_updated"))?.changes;
  expect(changes?.fields).toEqual(
    expect.arrayContaining([
      { path: "name", before: "Failures", after: "Errors" },
      { path: "q", before: "status:failed", after: "status:failed action:user_login" },
    ]),
  );
  await perform(platform, member, deleteView, { viewId: id });
  expect(await newestOf("saved_view_deleted")).toMatchObject({ changes: { before: { name: "Errors" } } });
  await perform(platform, member, restoreView, { viewId: id });
  expect(await newestOf("saved_view_restored")).toMatchObject({ resource: { id } });
  expect(await get(member, id)).toMatchObject({ name: "Errors", saved: { version: 2 } });
});

test("a change that changes nothing is not recorded", async () => {
  const { id } = await save(member);
  expect(await change(member, { viewId: id, version: 1, name: "Failures", state })).toEqual({ id, version: 1 });
  expect(await recorded("saved_view_updated")).toEqual([]);
});

test.each<[string, object]>([
  ["a parameter that a view does not keep", { event: "0193aaaa-0000-7000-8000-000000000001" }],
  ["somebody else's eyes", { as: "0193aaaa-0000-7000-8000-000000000001" }],
  ["a density that is none", { density: "huge" }],
  ["columns that are no names", { cols: "time, <b>" }],
  ["two kinds of range at once", { range: "7d", from: "2026-11-01T00:00:00.000Z" }],
  ["a search that is too long", { q: "x".repeat(2_001) }],
  ["a number for a text", { q: 1 }],
])("%s is refused in a state", async (_title, wrong) => {
  await expect(save(member, { state: wrong })).rejects.toEqual(refusal("invalid"));
});

describe("who may share a view", () => {
  const people = (): [string, Context][] => [
    ["owner", owner],
    ["admin", admin],
    ["team admin", teamAdmin],
    ["team member", teamMember],
    ["member", member],
    ["auditor", auditor],
  ];
  test.each([
    ["nobody", () => ({ with: "nobody" }), ["owner", "admin", "team admin", "team member", "member", "auditor"]],
    ["organization", () => ({ with: "organization" }), ["owner", "admin"]],
    ["team", () => ({ with: "team", teamId }), ["owner", "admin", "team admin"]],
    ["another team", () => ({ with: "team", teamId: otherTeamId }), ["owner", "admin"]],
  ])("with %s", async (_title, sharing, allowed) => {
    const done: string[] = [];
    for (const [who, context] of people()) {
      const outcome = await save(context, { sharing: sharing() }).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toEqual(refusal("forbidden", /owner or admin/));
      else done.push(who);
    }
    expect(done).toEqual(allowed);
  });

  test("with a team that the organization does not have: nobody", async () => {
    const foreign = await perform(platform, stranger, createTeam, { name: "Theirs" });
    await expect(save(owner, { sharing: { with: "team", teamId: foreign.id } })).rejects.toEqual(refusal("not_found"));
  });
});

test("a private view is its owner's alone, one of a team the team's and the admins', one of the organization everybody's but auditors'", async () => {
  await save(member, { name: "Private" });
  await save(teamAdmin, { name: "Team's", sharing: { with: "team", teamId } });
  const { id } = await save(owner, { name: "Shared", sharing: { with: "organization" } });
  expect(await namesSeenBy(owner)).toEqual(["Shared", "Team's"]);
  expect(await namesSeenBy(teamMember)).toEqual(["Shared", "Team's"]);
  expect(await namesSeenBy(member)).toEqual(["Private", "Shared"]);
  expect(await namesSeenBy(auditor)).toEqual([]);
  expect(await namesSeenBy(stranger)).toEqual([]);
  for (const context of [auditor, stranger]) await expect(get(context, id)).rejects.toEqual(refusal("not_found", /not shared with you/));
});

test("what is shared is changed by those who might share it; its owner may take it back even when they might not share it any more", async () => {
  const sharer = await testMember(platform, owner, "admin");
  const { id } = await save(sharer, { sharing: { with: "organization" } });
  await perform(platform, owner, changeMemberRole, { userId: sharer.viewer.actor.id ?? "", role: "member" });
  const demoted: Context = { ...sharer, viewer: { ...(sharer.viewer as MemberViewer), role: "member" } };
  await expect(change(member, { viewId: id, version: 1, name: "Mine now" })).rejects.toEqual(refusal("forbidden"));
  await expect(change(demoted, { viewId: id, version: 1, name: "Still mine" })).rejects.toEqual(refusal("forbidden"));
  await change(owner, { viewId: id, version: 1, name: "Better" });
  await change(demoted, { viewId: id, version: 2, sharing: { with: "nobody" } });
  expect(await namesSeenBy(owner)).toEqual([]);
  await change(demoted, { viewId: id, version: 3, name: "Still mine" });
  expect(await namesSeenBy(demoted)).toEqual(["Still mine"]);
});

test("two people who change one view at once: the second is told who came first, and nothing of theirs is lost silently", async () => {
  const { id } = await save(owner, { sharing: { with: "organization" } });
  const both = await Promise.allSettled([
    change(owner, { viewId: id, version: 1, state: { q: "status:failed" } }),
    change(admin, { viewId: id, version: 1, state: { q: "status:success" } }),
  ]);
  const refused = both.filter((each) => each.status === "rejected").map(({ reason }) => reason as unknown);
  expect(refused).toEqual([refusal("conflict", /(Olivia Owner|Some admin) changed "Failures" meanwhile/)]);
  expect(await get(admin, id)).toMatchObject({ saved: { version: 2 } });
});

test("an owner's names are single, whatever their case; two owners may use one name", async () => {
  await save(member, { name: "Failures" });
  await expect(save(member, { name: "FAILURES" })).rejects.toEqual(refusal("conflict", /already/));
  await save(admin, { name: "Failures" });
  const { id } = await save(member, { name: "Other" });
  await expect(change(member, { viewId: id, version: 1, name: "failures" })).rejects.toEqual(refusal("conflict", /already/));
});

test("a deletion can be undone for a few seconds and not after; the link of a deleted view says what became of it", async () => {
  const { id } = await save(owner, { sharing: { with: "organization" } });
  await perform(platform, admin, deleteView, { viewId: id });
  expect(await namesSeenBy(member)).toEqual([]);
  await expect(get(member, id)).rejects.toEqual(refusal("not_found", /"Failures" was deleted by Some admin on \d{4}-/));
  await expect(perform(platform, member, restoreView, { viewId: id })).rejects.toEqual(refusal("forbidden"));
  await expect(perform(later(undoSeconds + undoGraceSeconds + 1), admin, restoreView, { viewId: id })).rejects.toEqual(refusal("conflict", /stays deleted/));
  await perform(later(undoSeconds), admin, restoreView, { viewId: id });
  await perform(platform, admin, restoreView, { viewId: id });
  expect([await namesSeenBy(member), (await recorded("saved_view_restored")).length]).toEqual([["Failures"], 1]);
});

test("a name that was taken meanwhile keeps a deletion from being undone", async () => {
  const { id } = await save(member);
  await perform(platform, member, deleteView, { viewId: id });
  await save(member);
  await expect(perform(platform, member, restoreView, { viewId: id })).rejects.toEqual(refusal("conflict", /already/));
});

test("nobody deletes or restores a colleague's own view, nor another organization's", async () => {
  const { id } = await save(member);
  for (const context of [owner, teamMember, stranger]) {
    await expect(perform(platform, context, deleteView, { viewId: id })).rejects.toEqual(refusal("not_found"));
    await expect(change(context, { viewId: id, version: 1, name: "Mine" })).rejects.toEqual(refusal("not_found"));
  }
});

test("a view of a team that is dissolved is its owner's alone again", async () => {
  await save(teamAdmin, { sharing: { with: "team", teamId } });
  await platform.store.transaction(owner.viewer.organizationId, (tx) => tx.execute(`delete from teams where id = '${teamId}'`).then(() => undefined));
  expect(await namesSeenBy(owner)).toEqual([]);
  expect((await read(platform, teamAdmin, listViews, undefined)).views).toMatchObject([{ saved: { sharing: { with: "nobody" } } }]);
});

test("a member has so many views and an organization shares so many, and no more", async () => {
  const { organizationId } = owner.viewer;
  const row = (at: number, ownerId: string, withOrganization: boolean) => ({
    organizationId,
    id: crypto.randomUUID(),
    ownerId,
    withOrganization,
    logType: "activity" as const,
    name: `View ${at}`,
    state: {},
    createdAt: platform.now(),
    updatedAt: platform.now(),
    updatedBy: owner.viewer.actor,
  });
  const fill = (ownerId: string | null, rows: number, shared: boolean) =>
    platform.store.transaction(organizationId, (tx) =>
      tx
        .insert(schema.savedViews)
        .values(Array.from({ length: rows }, (_, at) => row(at, ownerId ?? "", shared)))
        .then(() => undefined),
    );
  const idOf = ({ viewer }: Context) => (viewer as MemberViewer).userId;
  await fill(idOf(member), viewsOfOwnerMax, false);
  await expect(save(member)).rejects.toEqual(refusal("conflict", new RegExp(`at most ${viewsOfOwnerMax}`)));
  await fill(idOf(owner), sharedViewsMax, true);
  await expect(save(admin, { sharing: { with: "organization" } })).rejects.toEqual(refusal("conflict", new RegExp(`at most ${sharedViewsMax}`)));
  const { id } = await save(admin);
  await expect(change(admin, { viewId: id, version: 1, sharing: { with: "organization" } })).rejects.toEqual(refusal("conflict"));
  expect((await namesSeenBy(member)).length).toBe(viewsOfOwnerMax + sharedViewsMax);
});
