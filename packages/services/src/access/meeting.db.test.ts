import { members } from "@daybook/store";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { meeting } from "../../test/meeting.ts";
import { testMember, testOrganization, testPlatform } from "../../test/test-platform.ts";
import type { TestPlatform } from "../../test/test-platform.ts";
import type { Context } from "../context.ts";
import { addGroupMember, createGroup, deleteGroup, sharedVerbs } from "../inventory/index.ts";
import { createCase } from "../investigations/index.ts";
import type { Platform } from "../platform.ts";
import { perform } from "../verb.ts";
import type { ChangeDefinition } from "../verb.ts";
import { createLink, createView } from "../views/index.ts";
import { acceptInvitation, updateOrganization } from "./index.ts";
import { inviteMembers } from "./invitations/index.ts";
import { leaveOrganization, removeMember } from "./members/index.ts";
import { revokeMemberSessions } from "./account/index.ts";
import { createServiceUser } from "./service-users/index.ts";
import { openSession } from "./sign-in/index.ts";
import { addMemberToTeam, createTeam, deleteTeam, setTeamRole } from "./teams/index.ts";
import { generateKey, revokeKey } from "./tokens/index.ts";

let platform: TestPlatform;
let owner: Context;
let bob: Context;
let slug: string;
let made: { teamId: string; groupId: string; objectId: string; keyId: string; token: string };

const idOf = ({ viewer }: Context): string => (viewer.kind === "member" ? viewer.userId : "");
type Change = (on: Platform) => Promise<unknown>;
const change =
  <Input, Result, Raw>(verb: ChangeDefinition<Input, Result, Raw>, input: () => Raw, by: () => Context = () => owner): Change =>
  (on) =>
    perform(on, by(), verb, input());

beforeAll(async () => void (platform = await testPlatform()));
afterAll(() => platform.close());
beforeEach(async () => {
  const { collections } = sharedVerbs;
  owner = await testOrganization(platform);
  bob = await testMember(platform, owner, "member");
  ({ slug } = await perform(platform, owner, updateOrganization, { slug: `met-${platform.now().getTime()}` }));
  const { id: teamId } = await perform(platform, owner, createTeam, { name: "Data" });
  const { id: groupId } = await perform(platform, owner, createGroup, { name: "Readers" });
  const { id: objectId } = await perform(platform, owner, collections.create, { name: "Sales" });
  const { id: keyId } = await perform(platform, bob, generateKey, { name: "Laptop", scopes: ["events:write"] });
  await perform(platform, owner, addMemberToTeam, { teamId, userId: idOf(bob) });
  await perform(platform, owner, addGroupMember, { groupId, userId: idOf(bob) });
  await perform(platform, owner, collections.addMember, { objectId, userId: idOf(bob), access: "view" });
  const invited = { addresses: `carol@${slug}.example`, role: "member", teams: [{ teamId }] } as const;
  const [invitation] = (await perform(platform, owner, inviteMembers, { ...invited, teams: [...invited.teams] })).outcomes;
  const token = invitation && "link" in invitation ? (invitation.link?.split("/").at(-1) ?? "") : "";
  made = { teamId, groupId, objectId, keyId, token };
});

const rename = change(updateOrganization, () => ({ slug: `${slug}-anew` }));
const remove = change(removeMember, () => ({ userId: idOf(bob) }));
const leave = change(
  leaveOrganization,
  () => ({}),
  () => bob,
);
const accept: Change = (on) =>
  acceptInvitation(on, { token: made.token, person: null, boundTo: null, account: { name: "Carol", passwordHash: "none" }, request: {} });

/** Pairs of which each holds, when it comes to its event, what the other takes behind the head of the log. */
const pairs: [string, string, Change, Change][] = [
  ["a new name in URLs", "a short link", rename, change(createLink, () => ({ path: `/o/${slug}/logs` }))],
  ["a new name in URLs", "a group", rename, change(createGroup, () => ({ name: "Writers" }))],
  ["a new name in URLs", "a case", rename, change(createCase, () => ({ recipe: "blank" }))],
  ["the removal of a member", "that of their team", remove, change(deleteTeam, () => ({ teamId: made.teamId }))],
  ["the removal of a member", "that of their group", remove, change(deleteGroup, () => ({ groupId: made.groupId }))],
  ["the removal of a member", "that of their collection", remove, change(sharedVerbs.collections.delete, () => ({ objectId: made.objectId }))],
  ["a member who leaves", "the removal of their group", leave, change(deleteGroup, () => ({ groupId: made.groupId }))],
  ["a member who leaves", "the removal of their team", leave, change(deleteTeam, () => ({ teamId: made.teamId }))],
  ["a role in a team", "an invitation into it", change(setTeamRole, () => ({ teamId: made.teamId, userId: idOf(bob), role: "admin" })), accept],
  [
    "a member's new key",
    "a view of theirs",
    change(
      generateKey,
      () => ({ name: "New", scopes: ["events:write"] }),
      () => bob,
    ),
    (on) => perform(on, bob, createView, { name: "Mine", logType: "activity", state: {} }),
  ],
];

test.each(pairs)("%s and %s that meet wait in no circle", async (_one, _other, first, second) => {
  const outcomes = await meeting(platform, first, second);
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
});

test("a key that is revoked while its member is removed is revoked once", async () => {
  const [revoked, removed] = await meeting(
    platform,
    change(
      revokeKey,
      () => ({ keyId: made.keyId }),
      () => bob,
    ),
    remove,
  );
  expect([revoked.status, removed.status]).toEqual(["fulfilled", "fulfilled"]);
});

test("a service user is given no team that is being deleted: its maker is told that there is none", async () => {
  const withTeam = change(createServiceUser, () => ({ name: "Sync", owner: { teamId: made.teamId } }));
  const [deleted, created] = await meeting(
    platform,
    change(deleteTeam, () => ({ teamId: made.teamId })),
    withTeam,
  );
  expect(deleted.status).toBe("fulfilled");
  expect(created).toMatchObject({ status: "rejected", reason: { code: "not_found", path: "owner" } });
});

test("whose sessions are ended in one organization, and who signs in to both at that moment, wait in no circle", async () => {
  const elsewhere = await testOrganization(platform);
  const dave = await testMember(platform, owner, "member");
  for (const each of [bob, dave])
    await platform.store.platformTransaction((tx) =>
      members.insert(tx, { organizationId: elsewhere.viewer.organizationId, userId: idOf(each), role: "member" }),
    );
  const signIn = (who: Context) => (on: Platform) => {
    const person = { id: idOf(who), name: "Somebody", email: who.viewer.actor.email ?? "" };
    return on.store.platformTransaction((tx) => openSession(on, tx, { person, method: "password", request: {} }));
  };
  await signIn(bob)(platform);
  // Its second event is that of the organization in which the sessions were ended.
  const outcomes = await meeting(
    platform,
    change(revokeMemberSessions, () => ({ userId: idOf(bob) })),
    signIn(dave),
    { stop: 2 },
  );
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
});
