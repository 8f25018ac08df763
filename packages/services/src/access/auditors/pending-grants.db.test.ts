import { members } from "@daybook/store";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { testMember } from "../../../test/test-platform.ts";
import { openWorld } from "../../../test/world.ts";
import type { World } from "../../../test/world.ts";
import { listEvents } from "../../activity/search.ts";
import type { Context } from "../../context.ts";
import { updateSecurity } from "../../security/index.ts";
import { perform, read } from "../../verb.ts";
import { memberViewer } from "../index.ts";
import { acceptInvitation, inviteMembers, resendInvitation, revokeInvitation } from "../invitations/index.ts";
import { changeMemberRole, removeMember } from "../members/index.ts";
import { acceptAuditorTerms, endAuditor, grantAuditor, listAuditors, ownAuditorGrants } from "./index.ts";

let world: World;
let owner: Context;
const begin = "2026-11-21T12:00:00.000Z";
const dayMs = 86_400_000;
const inDays = (days: number) => new Date(Date.parse(begin) + days * dayMs).toISOString();

beforeAll(async () => {
  world = await openWorld(begin);
  owner = await world.found("Acme");
});
beforeEach(() => world.clock.set(begin));
afterAll(() => world.close());

let people = 0;
const newAddress = () => `pending-${(people += 1)}@firm.example`;
const grant = (email: string, more: object = {}) =>
  perform(world.platform, owner, grantAuditor, { email, filter: {}, expiresAt: inDays(30), reason: "Yearly audit", ...more });
const accept = (link: string | null | undefined) => {
  if (!link) throw new Error("there is no link");
  const account = { name: "Ann Auditor", passwordHash: "hash" };
  return acceptInvitation(world.platform, { token: link.slice(link.lastIndexOf("/") + 1), person: null, boundTo: null, account, request: {} });
};
const contextOf = async (email: string): Promise<Context> => {
  const user = await members.findUserByEmail(world.store.platform, email);
  if (!user) throw new Error(`there is no user ${email}`);
  return { viewer: await memberViewer(world.platform, user, owner.viewer.organizationId), origin: "interface", request: {} };
};
const seen = async (email: string) => (await read(world.platform, await contextOf(email), listEvents, {})).events.length;
const listed = async (id: string) => {
  const { lasting, over } = await read(world.platform, owner, listAuditors, {});
  const one = (list: typeof lasting) => list.find((each) => each.id === id);
  return { lasting: one(lasting), over: one(over) };
};
const last = async (action: string) => (await world.log(owner, action)).at(-1);

test("who is granted access before they are a member is invited in the same act, and sees what was granted once they come", async () => {
  const email = newAddress();
  const { id, invitation } = await grant(email.toUpperCase());
  expect(await last("org_user_invited")).toMatchObject({ resource: { type: "user", name: email }, metadata: { email, role: "auditor" } });
  expect(await last("auditor_access_granted")).toMatchObject({
    resource: { type: "auditor", name: email },
    related_resources: [],
    metadata: { grant_id: id, days: 30, pending: true, expires_at: inDays(30) },
  });
  expect((await listed(id)).lasting).toMatchObject({ pending: true, auditor: { id: null, name: email, email } });
  await accept(invitation?.link);
  expect(await last("org_user_invitation_accepted")).toMatchObject({ metadata: { role: "auditor", grant_ids: [id] } });
  expect((await listed(id)).lasting).toMatchObject({ pending: false, auditor: { name: "Ann Auditor", email } });
  expect(await seen(email)).toBeGreaterThan(0);
});

test("a second grant to the same address goes by the invitation that waits, and the terms of each are still to be accepted", async () => {
  const email = newAddress();
  const first = await grant(email);
  const { id, invitation } = await grant(email, { terms: "Tell nobody." });
  expect(invitation).toBeNull();
  expect((await world.log(owner, "org_user_invited")).filter(({ resource }) => resource?.name === email)).toHaveLength(1);
  await perform(world.platform, owner, endAuditor, { grantId: first.id });
  expect(await last("auditor_access_revoked")).toMatchObject({ resource: { type: "auditor", name: email }, metadata: { grant_id: first.id } });
  await accept(first.invitation?.link);
  const own = await contextOf(email);
  expect(await read(world.platform, own, ownAuditorGrants, {})).toMatchObject([{ id, inForce: false }]);
  await expect(seen(email)).rejects.toMatchObject({ code: "forbidden" });
  await perform(world.platform, own, acceptAuditorTerms, { grantId: id });
  expect(await seen(email)).toBeGreaterThan(0);
});

test("the time of a grant runs from the day it was made: what ended before the invitation was accepted gives nothing", async () => {
  const email = newAddress();
  const { id, invitation } = await grant(email, { expiresAt: inDays(2) });
  await world.clock.set(inDays(2));
  await accept(invitation?.link);
  expect(await last("org_user_invitation_accepted")).not.toHaveProperty("metadata.grant_ids");
  await expect(seen(email)).rejects.toMatchObject({ code: "forbidden" });
  expect((await listed(id)).over).toMatchObject({ pending: true, endedAt: inDays(2), endedBy: null });
});

test("an invitation that is revoked ends what waited for it; one that is sent again does not", async () => {
  const email = newAddress();
  const { id, invitation } = await grant(email);
  await world.clock.set(inDays(1));
  const invitationId = invitation?.id ?? "";
  await perform(world.platform, owner, resendInvitation, { invitationId });
  expect((await listed(id)).lasting).toMatchObject({ pending: true });
  await perform(world.platform, owner, revokeInvitation, { invitationId });
  expect(await last("auditor_access_revoked")).toMatchObject({
    resource: { type: "auditor", name: email },
    changes: { before: { in_force: true }, after: { in_force: false, expires_at: inDays(1) } },
    metadata: { grant_id: id },
  });
  expect((await listed(id)).over).toMatchObject({ endedBy: owner.viewer.actor.name });
  const again = await grant(email);
  await accept(again.invitation?.link);
  expect((await read(world.platform, await contextOf(email), ownAuditorGrants, {})).map((each) => each.id)).toEqual([again.id]);
});

test("who comes as something else than an auditor gets nothing of what waited, then or later", async () => {
  const email = newAddress();
  const { id } = await grant(email);
  await world.clock.set(inDays(8));
  const { outcomes } = await perform(world.platform, owner, inviteMembers, { addresses: email, role: "member" });
  const [outcome] = outcomes;
  await accept(outcome && "link" in outcome ? outcome.link : null);
  expect((await listed(id)).over).toMatchObject({ id });
  const { viewer } = await contextOf(email);
  await perform(world.platform, owner, changeMemberRole, { userId: viewer.actor.id, role: "auditor" });
  await expect(seen(email)).rejects.toMatchObject({ code: "forbidden" });
});

test("a former auditor is invited back by a new grant, and an invitation that expired is replaced", async () => {
  const email = newAddress();
  const { invitation } = await grant(email);
  await accept(invitation?.link);
  const { viewer } = await contextOf(email);
  await perform(world.platform, owner, removeMember, { userId: viewer.actor.id });
  const { id } = await grant(email, { expiresAt: inDays(60) });
  expect(await last("org_user_reinvited")).toMatchObject({ metadata: { email, role: "auditor" } });
  await world.clock.set(inDays(8));
  const again = await grant(email, { expiresAt: inDays(60) });
  const person = { id: viewer.actor.id ?? "", name: "Ann Auditor", email };
  const token = again.invitation?.link?.slice(-43) ?? "";
  await acceptInvitation(world.platform, { token, person, boundTo: null, account: null, request: {} });
  const held = (await read(world.platform, await contextOf(email), ownAuditorGrants, {})).map((each) => each.id);
  expect(held.toSorted()).toEqual([id, again.id].toSorted());
});

test("nobody is invited, and nothing is granted, where the address may not be invited as an auditor", async () => {
  const member = await testMember(world.platform, owner, "member");
  await expect(grant(member.viewer.actor.email ?? "")).rejects.toMatchObject({ code: "invalid", path: "email" });
  const email = newAddress();
  await perform(world.platform, owner, inviteMembers, { addresses: email, role: "admin" });
  await expect(grant(email)).rejects.toMatchObject({ code: "invalid", path: "email" });
  await perform(world.platform, owner, updateSecurity, { invitationDomains: ["acme.example"] });
  const before = await world.store.lastSeq(owner.viewer.organizationId);
  await expect(grant(newAddress())).rejects.toMatchObject({ code: "conflict", path: "email" });
  expect(await world.store.lastSeq(owner.viewer.organizationId)).toBe(before);
  await perform(world.platform, owner, updateSecurity, { invitationDomains: [] });
});

test("the grants of an auditor end with the role: neither another role nor the way back revives them", async () => {
  const email = newAddress();
  const { id, invitation } = await grant(email);
  await accept(invitation?.link);
  const userId = (await contextOf(email)).viewer.actor.id;
  await perform(world.platform, owner, changeMemberRole, { userId, role: "member" });
  expect((await listed(id)).lasting).toBeUndefined();
  expect(await last("auditor_access_revoked")).toMatchObject({ resource: { type: "auditor", id: userId, name: email }, metadata: { grant_id: id } });
  await perform(world.platform, owner, changeMemberRole, { userId, role: "auditor" });
  await expect(seen(email)).rejects.toMatchObject({ code: "forbidden" });
});
