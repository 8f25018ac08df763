import { everything } from "@daybook/query";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { testMember, testOrganization, testPlatform } from "../../test/test-platform.ts";
import type { TestPlatform } from "../../test/test-platform.ts";
import type { Context } from "../context.ts";
import { createGroup } from "../inventory/index.ts";
import { perform } from "../verb.ts";
import { memberViewer } from "./index.ts";
import { inviteMembers } from "./invitations/index.ts";
import { changeMemberRole, leaveOrganization, removeMember, suspendMember } from "./members/index.ts";
import { addMemberToTeam, createTeam, deleteTeam, removeMemberFromTeam, setTeamRole, updateTeam } from "./teams/index.ts";
import { createToken, generateKey } from "./tokens/index.ts";

/** A request that was let in: what its viewer may was decided, and its transaction has yet to begin. */
type LetIn = Context;

let platform: TestPlatform;
let owner: Context;
let admin: LetIn;

beforeEach(async () => {
  platform ??= await testPlatform();
  owner = await testOrganization(platform);
  admin = await testMember(platform, owner, "admin");
});
afterAll(() => platform.close());

const idOf = ({ viewer }: Context): string => (viewer.kind === "member" ? viewer.userId : "");
const acts = async ({ viewer }: Context): Promise<string[]> => {
  const { events } = await platform.store.feed(owner.viewer.organizationId, { afterSeq: 0, query: everything, limit: 1_000 });
  return events.filter(({ actor, status }) => actor.id === viewer.actor.id && status !== "failed").map(({ action }) => action);
};
const refused = { code: "forbidden", message: expect.stringContaining("was changed while this was under way") };

test.each([
  ["removed", () => perform(platform, owner, removeMember, { userId: idOf(admin) })],
  ["suspended", () => perform(platform, owner, suspendMember, { userId: idOf(admin) })],
  ["made a member", () => perform(platform, owner, changeMemberRole, { userId: idOf(admin), role: "member" })],
])("an admin who is %s while their requests wait does none of it, and the log has no act of theirs behind that", async (_what, end) => {
  await end();
  const late = [
    perform(platform, admin, createToken, { name: "Left behind", scopes: ["events:read"] }),
    perform(platform, admin, inviteMembers, { addresses: "friend@example.com", role: "admin" }),
    perform(platform, admin, createGroup, { name: "Left behind" }),
    perform(platform, admin, changeMemberRole, { userId: idOf(owner), role: "member" }),
    perform(platform, admin, changeMemberRole, { userId: idOf(admin), role: "auditor" }),
  ];
  for (const outcome of await Promise.allSettled<unknown>(late))
    expect(outcome).toMatchObject({ status: "rejected", reason: { code: expect.stringMatching(/^(?:forbidden|not_found)$/) } });
  expect(await acts(admin)).toEqual([]);
});

test("an owner who is made a member while their request waits makes nobody an owner, themselves least of all", async () => {
  const second = await testMember(platform, owner, "owner");
  await perform(platform, owner, changeMemberRole, { userId: idOf(second), role: "member" });
  for (const userId of [idOf(second), idOf(admin)])
    await expect(perform(platform, second, changeMemberRole, { userId, role: "owner" })).rejects.toMatchObject(refused);
  await expect(memberViewer(platform, { id: idOf(second), name: "", email: "" }, owner.viewer.organizationId)).resolves.toMatchObject({ role: "member" });
});

test("of two admins who demote each other at the same moment, one stays admin", async () => {
  const other = await testMember(platform, owner, "admin");
  const demote = (by: Context, whom: Context) => perform(platform, by, changeMemberRole, { userId: idOf(whom), role: "member" });
  const outcomes = await Promise.allSettled([demote(admin, other), demote(other, admin)]);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({ reason: refused });
});

test("who steps down, or leaves, does that themselves", async () => {
  await perform(platform, admin, changeMemberRole, { userId: idOf(admin), role: "member" });
  const left = await testMember(platform, owner, "admin");
  await perform(platform, left, leaveOrganization, {});
  expect([await acts(admin), await acts(left)]).toEqual([["org_user_role_changed"], ["org_user_removed"]]);
});

describe("an admin of a team", () => {
  let teamId: string;
  let lead: LetIn;
  let other: Context;

  beforeEach(async () => {
    ({ id: teamId } = await perform(platform, owner, createTeam, { name: "Data" }));
    lead = await testMember(platform, owner, "member");
    other = await testMember(platform, owner, "member");
    await perform(platform, owner, addMemberToTeam, { teamId, userId: idOf(lead), role: "admin" });
    await perform(platform, owner, addMemberToTeam, { teamId, userId: idOf(other) });
    lead = { ...lead, viewer: await memberViewer(platform, { id: idOf(lead), name: "Lead", email: "lead@example.com" }, owner.viewer.organizationId) };
  });

  test("who is made a member of it while their requests wait does nothing as its admin", async () => {
    await perform(platform, owner, setTeamRole, { teamId, userId: idOf(lead), role: "member" });
    const late = [
      perform(platform, lead, addMemberToTeam, { teamId, userId: idOf(admin) }),
      perform(platform, lead, removeMemberFromTeam, { teamId, userId: idOf(other) }),
      perform(platform, lead, setTeamRole, { teamId, userId: idOf(lead), role: "admin" }),
      perform(platform, lead, updateTeam, { teamId, name: "Mine" }),
      perform(platform, lead, deleteTeam, { teamId }),
    ];
    for (const outcome of await Promise.allSettled<unknown>(late)) expect(outcome).toMatchObject({ status: "rejected", reason: refused });
    expect(await acts(lead)).toEqual([]);
  });

  test("takes themselves out of it, and deletes it with themselves in it", async () => {
    await perform(platform, owner, setTeamRole, { teamId, userId: idOf(other), role: "admin" });
    const second = { ...other, viewer: await memberViewer(platform, { id: idOf(other), name: "", email: "" }, owner.viewer.organizationId) };
    await perform(platform, lead, removeMemberFromTeam, { teamId, userId: idOf(lead) });
    await perform(platform, second, deleteTeam, { teamId });
    expect([await acts(lead), await acts(second)]).toEqual([["team_member_removed"], ["team_deleted"]]);
  });
});

test("a member's own key is not made by who was removed while the request waited", async () => {
  const member = await testMember(platform, owner, "member");
  await perform(platform, owner, removeMember, { userId: idOf(member) });
  await expect(perform(platform, member, generateKey, { name: "Late", scopes: ["events:write"] })).rejects.toMatchObject({ code: "forbidden" });
});
