import type { EventInput } from "@daybook/event";
import { members } from "@daybook/store";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testMember } from "../../../test/test-platform.ts";
import { openWorld } from "../../../test/world.ts";
import type { World } from "../../../test/world.ts";
import type { Context } from "../../context.ts";
import { perform, read } from "../../verb.ts";
import { addMemberToTeam, createTeam, generateKey, memberViewer } from "../index.ts";
import { changeMemberRole, leaveOrganization, listMembers, previewMemberRole, reinstateMember, removeMember, suspendMember } from "./index.ts";

let world: World;
let owner: Context;
let admin: Context;
let bob: Context;
let elsewhere: Context;
const nobody = "01900000-0000-7000-8000-000000000000";

beforeAll(async () => {
  world = await openWorld("2026-11-21T12:00:00Z");
  owner = await world.found("Members");
  admin = await testMember(world.platform, owner, "admin");
  bob = await testMember(world.platform, owner, "member");
  elsewhere = await world.found("Elsewhere");
});
afterAll(() => world.close());

const idOf = ({ viewer }: Context): string => (viewer.kind === "member" ? viewer.userId : "");
const personOf = ({ viewer }: Context) => ({ id: idOf({ viewer } as Context), name: viewer.actor.name ?? "", email: viewer.actor.email ?? "" });
const last = async (action: string, context = owner) => (await world.log(context, action)).at(-1);
const standing = async (context: Context) => members.find(world.store.of(owner.viewer.organizationId), owner.viewer.organizationId, idOf(context));

describe("a member's role", () => {
  test("changes with an event that holds it before and after, and the same role again changes nothing", async () => {
    await perform(world.platform, owner, changeMemberRole, { userId: idOf(bob), role: "admin" });
    expect(await last("org_user_role_changed")).toMatchObject({
      actor: { id: idOf(owner) },
      resource: { type: "user", id: idOf(bob), name: bob.viewer.actor.email },
      changes: { fields: [{ path: "role", before: "member", after: "admin" }] },
    });
    const before = await world.store.lastSeq(owner.viewer.organizationId);
    await perform(world.platform, owner, changeMemberRole, { userId: idOf(bob), role: "admin" });
    expect(await world.store.lastSeq(owner.viewer.organizationId)).toBe(before);
    await perform(world.platform, owner, changeMemberRole, { userId: idOf(bob), role: "member" });
  });

  test("cannot be owner by the hand of an admin, who touches no owner either, and each try is a denial in the log", async () => {
    const tries = [
      perform(world.platform, admin, changeMemberRole, { userId: idOf(bob), role: "owner" }),
      perform(world.platform, admin, changeMemberRole, { userId: idOf(admin), role: "owner" }),
      perform(world.platform, admin, changeMemberRole, { userId: idOf(owner), role: "member" }),
      perform(world.platform, admin, suspendMember, { userId: idOf(owner) }),
      perform(world.platform, admin, removeMember, { userId: idOf(owner) }),
    ];
    for (const attempt of await Promise.allSettled(tries)) expect(attempt).toMatchObject({ status: "rejected", reason: { code: "forbidden" } });
    expect((await standing(owner))?.role).toBe("owner");
    const denials = (await world.log(owner, "access_denied")).filter(({ actor }) => actor.id === idOf(admin));
    expect(new Set(denials.map(({ metadata }) => metadata["verb"]))).toEqual(new Set(["members.changeRole", "members.suspend", "members.remove"]));
  });

  test("of the only owner stays", async () => {
    await expect(perform(world.platform, owner, changeMemberRole, { userId: idOf(owner), role: "admin" })).rejects.toMatchObject({ code: "conflict" });
    await expect(perform(world.platform, owner, leaveOrganization, {})).rejects.toMatchObject({ code: "conflict" });
  });

  test("cannot become auditor in a team, which would be a way around what a grant covers", async () => {
    const carol = await testMember(world.platform, owner, "member");
    const { id: teamId } = await perform(world.platform, owner, createTeam, { name: "Blocking" });
    await perform(world.platform, owner, addMemberToTeam, { teamId, userId: idOf(carol) });
    await expect(perform(world.platform, owner, changeMemberRole, { userId: idOf(carol), role: "auditor" })).rejects.toMatchObject({ code: "conflict" });
  });
});

test.each([
  ["demote each other", (by: Context, other: Context) => perform(world.platform, by, changeMemberRole, { userId: idOf(other), role: "member" })],
  ["suspend each other", (by: Context, other: Context) => perform(world.platform, by, suspendMember, { userId: idOf(other) })],
  ["remove each other", (by: Context, other: Context) => perform(world.platform, by, removeMember, { userId: idOf(other) })],
  ["both leave", (by: Context) => perform(world.platform, by, leaveOrganization, {})],
  ["both step down", (by: Context) => perform(world.platform, by, changeMemberRole, { userId: idOf(by), role: "admin" })],
])("of two owners who %s at the same moment, one stays owner", async (_what, act) => {
  for (let round = 0; round < 8; round += 1) {
    const one = await world.found(`Two owners ${crypto.randomUUID()}`);
    const two = await testMember(world.platform, one, "owner");
    const done = await Promise.allSettled([act(one, two), act(two, one)]);
    expect(done.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await world.store.platformTransaction((tx) => members.countActive(tx, one.viewer.organizationId, "owner"))).toBe(1);
  }
});

describe("suspending", () => {
  test("shuts the member out at once, is undone by reinstating, and both are events", async () => {
    const dora = await testMember(world.platform, owner, "member");
    await perform(world.platform, admin, suspendMember, { userId: idOf(dora) });
    await expect(memberViewer(world.platform, personOf(dora), owner.viewer.organizationId)).rejects.toMatchObject({ code: "forbidden" });
    expect(await last("org_user_suspended")).toMatchObject({
      resource: { id: idOf(dora) },
      changes: { fields: [{ path: "status", before: "active", after: "suspended" }] },
    });
    await perform(world.platform, admin, reinstateMember, { userId: idOf(dora) });
    await expect(memberViewer(world.platform, personOf(dora), owner.viewer.organizationId)).resolves.toMatchObject({ role: "member" });
    expect(await last("org_user_reinstated")).toMatchObject({ changes: { fields: [{ path: "status", before: "suspended", after: "active" }] } });
  });

  test("is refused for oneself and for the only owner, and done again it changes nothing", async () => {
    await expect(perform(world.platform, admin, suspendMember, { userId: idOf(admin) })).rejects.toMatchObject({ code: "conflict" });
    await expect(perform(world.platform, owner, suspendMember, { userId: idOf(owner) })).rejects.toMatchObject({ code: "conflict" });
    const before = (await world.log(owner, "org_user_reinstated")).length;
    await perform(world.platform, owner, reinstateMember, { userId: idOf(bob) });
    expect((await world.log(owner, "org_user_reinstated")).length).toBe(before);
  });
});

describe("removing", () => {
  test("ends the membership with its teams and keys, each told, and leaves the account", async () => {
    const emil = await testMember(world.platform, owner, "member");
    const { id: teamId } = await perform(world.platform, owner, createTeam, { name: "Leaving" });
    await perform(world.platform, owner, addMemberToTeam, { teamId, userId: idOf(emil), role: "admin" });
    const key = await perform(world.platform, emil, generateKey, { name: "laptop", scopes: ["events:write"] });
    await perform(world.platform, owner, removeMember, { userId: idOf(emil) });
    await expect(memberViewer(world.platform, personOf(emil), owner.viewer.organizationId)).rejects.toMatchObject({ code: "not_found" });
    expect(await last("org_user_removed")).toMatchObject({
      resource: { id: idOf(emil) },
      changes: {
        fields: [
          { path: "status", before: "active", after: "removed" },
          { path: "role", before: "member" },
        ],
      },
      counts: { teams: 1, keys: 1 },
    });
    expect(await last("team_member_removed")).toMatchObject({ team: { id: teamId }, related_resources: [{ id: idOf(emil) }] });
    expect(await last("api_token_member_key_revoked")).toMatchObject({ resource: { id: key.id } });
    expect(await members.findUser(world.store.platform, idOf(emil))).not.toBeNull();
  });

  test("oneself is leaving, which needs nobody's permission", async () => {
    await expect(perform(world.platform, admin, removeMember, { userId: idOf(admin) })).rejects.toMatchObject({ code: "conflict" });
    const fay = await testMember(world.platform, owner, "member");
    await perform(world.platform, fay, leaveOrganization, undefined);
    expect(await last("org_user_removed")).toMatchObject({ actor: { id: idOf(fay) }, resource: { id: idOf(fay) }, metadata: { left: true } });
  });
});

test("members of others, former members and people who never were get one answer", async () => {
  const gone = await testMember(world.platform, owner, "member");
  await perform(world.platform, owner, removeMember, { userId: idOf(gone) });
  const verbs = [suspendMember, reinstateMember, removeMember];
  for (const userId of [nobody, idOf(elsewhere), idOf(gone)]) {
    for (const verb of verbs)
      await expect(perform(world.platform, owner, verb, { userId })).rejects.toMatchObject({ code: "not_found", message: "There is no such member." });
    await expect(perform(world.platform, owner, changeMemberRole, { userId, role: "admin" })).rejects.toMatchObject({ code: "not_found" });
    await expect(read(world.platform, owner, previewMemberRole, { userId, role: "admin" })).rejects.toMatchObject({ code: "not_found" });
  }
});

describe("the preview of a role", () => {
  test("counts what the member would gain and lose in events", async () => {
    const context = await world.found("Preview");
    const member = await testMember(world.platform, context, "member");
    const events: EventInput[] = Array.from({ length: 5 }, () => ({ action: "notebook_created" }));
    await world.write(context, events);
    await world.write(member, events.slice(0, 2));
    await world.rollUp();
    const total = (await world.log(context)).length;
    const up = await read(world.platform, context, previewMemberRole, { userId: idOf(member), role: "owner" });
    expect(up).toMatchObject({ before: 2, after: total, gained: total - 2, lost: 0 });
    const down = await read(world.platform, context, previewMemberRole, { userId: idOf(context), role: "auditor" });
    expect(down).toMatchObject({ before: total, after: 0, gained: 0, lost: total });
    const same = await read(world.platform, context, previewMemberRole, { userId: idOf(member), role: "member" });
    expect(same).toEqual({ before: 2, after: 2, gained: 0, lost: 0, exact: true });
    expect(up.exact).toBe(true);
  });

  test("tells an admin nothing of what is for owners alone", async () => {
    const context = await world.found("Preview by an admin");
    const by = await testMember(world.platform, context, "admin");
    const preview = async () => {
      await world.rollUp();
      return read(world.platform, by, previewMemberRole, { userId: idOf(bob), role: "owner" });
    };
    await world.store.platformTransaction((tx) => members.insert(tx, { organizationId: context.viewer.organizationId, userId: idOf(bob), role: "member" }));
    const before = await preview();
    await world.write(context, [{ action: "organization_plan_changed" }]);
    expect(await preview()).toEqual(before);
  });
});

test("the preview tells an admin nothing of what owners alone see", async () => {
  const context = await world.found("Owners only");
  const asking = await testMember(world.platform, context, "admin");
  const shown = async (asker: Context) => {
    await world.rollUp();
    return (await read(world.platform, asker, previewMemberRole, { userId: idOf(asking), role: "owner" })).gained;
  };
  await world.write(context, [{ action: "organization_plan_changed" }]);
  expect(await shown(context)).toBeGreaterThan(0);
  expect(await shown(asking)).toBe(0);
});

describe("the list of members", () => {
  test("is found by name, address, role and standing, page by page, and names nobody twice", async () => {
    const context = await world.found("Listed");
    for (let n = 0; n < 7; n += 1) await testMember(world.platform, context, "member");
    const suspended = await testMember(world.platform, context, "auditor");
    await perform(world.platform, context, suspendMember, { userId: idOf(suspended) });
    const found: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await read(world.platform, context, listMembers, { limit: 4, cursor });
      found.push(...page.members.map(({ userId }) => userId));
      cursor = page.nextCursor;
    }
    expect([found.length, new Set(found).size]).toEqual([9, 9]);
    const emails = async (input: object) => (await read(world.platform, context, listMembers, input)).members.map(({ email }) => email);
    expect(await emails({ role: "owner" })).toEqual(["owner@listed.example"]);
    expect(await emails({ search: "OWNER@listed" })).toEqual(["owner@listed.example"]);
    expect(await emails({ status: "suspended" })).toEqual([suspended.viewer.actor.email]);
    expect(await emails({ search: "100%_" })).toEqual([]);
    expect(await emails({ status: "removed" })).toEqual([]);
  });

  test("says how each signs in, and what the one who asks may do", async () => {
    const { members: all, rolesToGive } = await read(world.platform, admin, listMembers, {});
    expect(rolesToGive).toEqual(["admin", "member", "auditor"]);
    expect(all.find(({ userId }) => userId === idOf(owner))).toMatchObject({
      role: "owner",
      signInMethods: ["password"],
      twoFactor: false,
      mayChange: false,
      groups: 0,
    });
    expect(all.find(({ userId }) => userId === idOf(bob))).toMatchObject({ mayChange: true, status: "active", teams: [] });
  });

  test("refuses a cursor that no page gave", async () => {
    for (const cursor of ["x", "W10", Buffer.from('["a\\u0000","01900000-0000-7000-8000-000000000000"]').toString("base64url")])
      await expect(read(world.platform, owner, listMembers, { cursor })).rejects.toMatchObject({ code: "invalid" });
  });
});
