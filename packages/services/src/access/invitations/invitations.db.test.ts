import { invitations, mails, members } from "@daybook/store";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { look, testMember } from "../../../test/test-platform.ts";
import { openWorld } from "../../../test/world.ts";
import type { World } from "../../../test/world.ts";
import type { Context } from "../../context.ts";
import { deliverMail, getMail } from "../../delivery/index.ts";
import { perform, read } from "../../verb.ts";
import { memberViewer } from "../index.ts";
import { updateSecurity } from "../../security/index.ts";
import { changeMemberRole, removeMember, suspendMember } from "../members/index.ts";
import { createTeam } from "../teams/index.ts";
import { linksPerMinuteMax } from "./open-invitation.ts";
import { acceptInvitation, inviteMembers, listInvitations, lookAtInvitation, reinviteMember, resendInvitation, revokeInvitation } from "./index.ts";
import type { InviteOutcome } from "./index.ts";

let world: World;
let owner: Context;
let admin: Context;

beforeAll(async () => {
  world = await openWorld("2026-11-21T12:00:00Z");
  owner = await world.found("Acme");
  admin = await testMember(world.platform, owner, "admin");
});
afterAll(() => world.close());

const last = async (action: string, context = owner) => (await world.log(context, action)).at(-1);
const invite = async (addresses: string, more: object = {}, context = owner): Promise<InviteOutcome[]> =>
  (await perform(world.platform, context, inviteMembers, { addresses, role: "member", ...more })).outcomes;

/** The outcome of one address that was invited, with the link's token. */
async function inviteOne(email: string, more: object = {}, context = owner) {
  const [outcome] = await invite(email, more, context);
  if (!outcome || !("link" in outcome) || outcome.link === null) throw new Error(`${email} was not invited: ${JSON.stringify(outcome)}`);
  return { id: outcome.id, token: tokenIn(outcome.link) };
}
const tokenIn = (link: string): string => link.slice(link.lastIndexOf("/") + 1);
const account = { name: "New Person", passwordHash: "hash" };
const accept = (token: string, more: object = {}) =>
  acceptInvitation(world.platform, { token, person: null, boundTo: null, account, request: { ip: "198.51.100.7" }, ...more });
const userOf = async (email: string) => {
  const user = await members.findUserByEmail(world.store.platform, email);
  if (!user) throw new Error(`there is no user ${email}`);
  return user;
};
let clockMinutes = 0;
const later = (minutes: number) => world.clock.set(new Date(Date.parse("2026-11-21T12:00:00Z") + (clockMinutes += minutes) * 60_000).toISOString());

describe("inviting", () => {
  test("tells each address apart, and records an event for those that were invited alone", async () => {
    const outcomes = await invite(`Dana@Acme.example, dana@acme.example\nnot an address\n${admin.viewer.actor.email}`);
    expect(outcomes.map(({ email, outcome }) => [email, outcome])).toEqual([
      ["dana@acme.example", "invited"],
      ["not", "not_an_address"],
      ["an", "not_an_address"],
      ["address", "not_an_address"],
      [admin.viewer.actor.email, "already_member"],
    ]);
    expect((await invite("dana@acme.example"))[0]).toMatchObject({ outcome: "already_invited" });
    const events = await world.log(owner, "org_user_invited");
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      actor: { id: owner.viewer.actor.id },
      resource: { type: "user", name: "dana@acme.example" },
      changes: { before: null, after: { state: "open", role: "member" } },
      metadata: { email: "dana@acme.example", role: "member", expires_at: "2026-11-28T12:00:00.000Z" },
    });
  });

  test("as owner takes an owner, and who cannot give the role can neither send again nor revoke", async () => {
    await expect(invite("boss@acme.example", { role: "owner" }, admin)).rejects.toMatchObject({ code: "forbidden" });
    const { id } = await inviteOne("boss@acme.example", { role: "owner" });
    await later(2);
    await expect(perform(world.platform, admin, resendInvitation, { invitationId: id })).rejects.toMatchObject({ code: "forbidden" });
    await expect(perform(world.platform, admin, revokeInvitation, { invitationId: id })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("is refused for teams that are not there, for auditors in teams, and beyond fifty at once", async () => {
    const other = await world.found("Other");
    const { id: theirs } = await perform(world.platform, other, createTeam, { name: "Theirs" });
    for (const teamId of [theirs, "01900000-0000-7000-8000-000000000000"])
      await expect(invite("x@acme.example", { teams: [{ teamId }] })).rejects.toMatchObject({ code: "not_found", message: "There is no such team." });
    const { id: ours } = await perform(world.platform, owner, createTeam, { name: "Ours" });
    await expect(invite("x@acme.example", { role: "auditor", teams: [{ teamId: ours }] })).rejects.toMatchObject({ code: "invalid" });
    const many = Array.from({ length: 51 }, (_, n) => `p${n}@acme.example`).join("\n");
    await expect(invite(many)).rejects.toMatchObject({ code: "invalid" });
    await expect(invite("  ")).rejects.toMatchObject({ code: "invalid" });
  });

  test("is bounded per minute", async () => {
    const context = await world.found("Busy");
    const batch = (from: number) => Array.from({ length: 50 }, (_, n) => `p${from + n}@busy.test`).join(",");
    for (let from = 0; from < linksPerMinuteMax; from += 50) await invite(batch(from), {}, context);
    await expect(invite("late@busy.test", {}, context)).rejects.toMatchObject({ code: "rate_limited" });
    await later(2);
    await expect(invite("late@busy.test", {}, context)).resolves.toMatchObject([{ outcome: "invited" }]);
  });

  test("the same address in two requests at once makes one invitation", async () => {
    const outcomes = (await Promise.all([invite("twice@acme.example"), invite("twice@acme.example"), invite("twice@acme.example")])).flat();
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(["already_invited", "already_invited", "invited"]);
  });
});

describe("the link", () => {
  test("is kept as a hash: once its mail is on its way, no table, event or stored mail holds it", async () => {
    const { token } = await inviteOne("secret@acme.example");
    await deliverMail(world.platform);
    for (const table of ["invitations", "mails", "events"])
      expect((await look<{ row: string }>(world.platform, `select ${table}::text as row from ${table}`)).filter(({ row }) => row.includes(token))).toEqual([]);
  });

  test("travels by mail where there is a mail server, is put in as it goes out, and is gone from the table then", async () => {
    const sent: string[] = [];
    const send = async (message: { text: string }) => {
      sent.push(message.text);
      return { outcome: "accepted" as const, detail: "ok", perRecipient: [] };
    };
    const platform = { ...world.platform, mail: { transport: "smtp", from: "x", send } as unknown as World["platform"]["mail"] };
    const context = await world.found("Mailed");
    const { outcomes } = await perform(platform, context, inviteMembers, { addresses: "mia@mailed.example", role: "admin" });
    expect(outcomes).toMatchObject([{ outcome: "invited", link: null }]);
    const [stored] = await mails.list(platform.store.of(context.viewer.organizationId), context.viewer.organizationId, { limit: 5 });
    const seen = await read(platform, context, getMail, { id: stored?.id ?? "" });
    expect(seen.text).toContain("(only the recipient sees this link)");
    expect(seen.html + seen.text).not.toContain("/invite/");
    await deliverMail(platform);
    const token = /\/invite\/([A-Za-z0-9_-]{43})/.exec(sent.join("\n"))?.[1] ?? "";
    expect(token).not.toBe("");
    expect(
      (await look<{ link: string | null }>(platform, "select secret_link as link from mails where secret_link is not null")).map(({ link }) => link),
    ).toEqual([]);
    await accept(token);
    expect(await userOf("mia@mailed.example")).toMatchObject({ emailVerified: true });
  });

  test("says who invited, to what and as what, and tells nothing to who guesses", async () => {
    const { token } = await inviteOne("look@acme.example", { role: "admin" });
    expect(await lookAtInvitation(world.platform, token)).toMatchObject({
      state: "open",
      organization: { name: "Acme" },
      invitedBy: "Olivia Owner",
      email: "look@acme.example",
      role: { id: "admin", title: "Admin" },
      hasAccount: false,
    });
    const answers = await Promise.allSettled(
      [`${token.slice(1)}A`, token.slice(1), "", "../../x", "A".repeat(43)].map((guess) => lookAtInvitation(world.platform, guess)),
    );
    expect(new Set(answers.map((answer) => answer.status === "rejected" && String(answer.reason))).size).toBe(1);
  });
});

describe("accepting", () => {
  test("makes the account, the membership and the teams in one go, each with its event by the one who accepts", async () => {
    const { id: teamId } = await perform(world.platform, owner, createTeam, { name: "Insights" });
    const { token } = await inviteOne("nina@acme.example", { role: "member", teams: [{ teamId, role: "admin" }] });
    const accepted = await accept(token);
    expect(accepted).toMatchObject({ organization: { id: owner.viewer.organizationId }, wasMember: false });
    const nina = await userOf("nina@acme.example");
    // The inviter held the link, so it proves no address.
    expect(nina.emailVerified).toBe(false);
    expect(await memberViewer(world.platform, nina, owner.viewer.organizationId)).toMatchObject({ role: "member", teams: [{ teamId, role: "admin" }] });
    expect(await last("org_user_invitation_accepted")).toMatchObject({
      actor: { type: "user", id: nina.id, email: "nina@acme.example" },
      resource: { type: "organization", id: owner.viewer.organizationId },
      context: { ip: "198.51.100.7" },
      changes: {
        fields: [
          { path: "status", before: null, after: "active" },
          { path: "role", before: null, after: "member" },
        ],
      },
    });
    expect(await last("team_member_added")).toMatchObject({ actor: { id: nina.id }, team: { id: teamId }, metadata: { role: "admin" } });
    await expect(accept(token)).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("accepted already") as string });
  });

  test("in many tabs at once makes one member, and one account", async () => {
    const { token } = await inviteOne("tabs@acme.example");
    const done = await Promise.allSettled(Array.from({ length: 6 }, () => accept(token)));
    expect(done.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const events = (await world.log(owner, "org_user_invitation_accepted")).filter(({ actor }) => actor.email === "tabs@acme.example");
    expect(events).toHaveLength(1);
  });

  test("of two organizations' invitations at once makes one account; the second is told to sign in", async () => {
    const other = await world.found("Second");
    const links = [await inviteOne("both@acme.example"), await inviteOne("both@acme.example", {}, other)];
    const done = await Promise.allSettled(links.map(({ token }) => accept(token)));
    expect(done.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const person = await userOf("both@acme.example");
    const rest = links[done.findIndex(({ status }) => status === "rejected")];
    await expect(accept(rest?.token ?? "")).rejects.toMatchObject({ code: "unauthenticated" });
    await accept(rest?.token ?? "", { person, account: null });
    expect(await members.organizationsOf(world.store.platform, person.id)).toHaveLength(2);
  });

  test("is for the person who was invited: somebody else who is signed in is refused", async () => {
    const { token } = await inviteOne("meant@acme.example");
    const person = { id: admin.viewer.actor.id ?? "", name: "Some admin", email: admin.viewer.actor.email ?? "" };
    await expect(accept(token, { person, account: null })).rejects.toMatchObject({ code: "forbidden" });
    await expect(accept(token, { account: null })).rejects.toMatchObject({ code: "invalid" });
  });

  test("takes more than the word of another organization's provider", async () => {
    const elsewhere = await world.found("Provider");
    await accept((await inviteOne("known@acme.example", {}, elsewhere)).token);
    const person = await userOf("known@acme.example");
    const { token } = await inviteOne("known@acme.example");
    const bound = { person, account: null, boundTo: elsewhere.viewer.organizationId };
    await expect(accept(token, bound)).rejects.toMatchObject({ code: "sign_in_again" });
    await expect(accept(token, { ...bound, boundTo: null })).resolves.toMatchObject({ wasMember: false });
  });

  test("by who became a member meanwhile leaves them as they are and settles the invitation", async () => {
    const { token, id } = await inviteOne("quick@acme.example", { role: "admin" });
    const elsewhere = await world.found("Their first");
    await accept((await inviteOne("quick@acme.example", {}, elsewhere)).token);
    const quick = await userOf("quick@acme.example");
    await world.store.platformTransaction((tx) => members.insert(tx, { organizationId: owner.viewer.organizationId, userId: quick.id, role: "member" }));
    expect(await accept(token, { person: quick, account: null })).toMatchObject({ wasMember: true });
    expect(await memberViewer(world.platform, quick, owner.viewer.organizationId)).toMatchObject({ role: "member" });
    expect((await read(world.platform, owner, listInvitations, undefined)).find((each) => each.id === id)).toMatchObject({ state: "accepted" });
  });

  test("by a suspended member is refused, and a team that is gone is passed over", async () => {
    const { id: teamId } = await perform(world.platform, owner, createTeam, { name: "Short-lived" });
    const { token } = await inviteOne("sam@acme.example", { teams: [{ teamId }] });
    await look(world.platform, `delete from teams where id = '${teamId}'`);
    await accept(token);
    const sam = await userOf("sam@acme.example");
    expect(await memberViewer(world.platform, sam, owner.viewer.organizationId)).toMatchObject({ teams: [] });
  });
});

describe("a former member", () => {
  test("is invited again under an event of its own, in a list or by the button, and begins anew", async () => {
    await accept((await inviteOne("gone@acme.example", { role: "admin" })).token);
    const gone = await userOf("gone@acme.example");
    await perform(world.platform, owner, removeMember, { userId: gone.id });
    const again = await perform(world.platform, owner, reinviteMember, { userId: gone.id, role: "member" });
    expect(again).toMatchObject({ outcome: "reinvited", email: "gone@acme.example" });
    expect(await last("org_user_reinvited")).toMatchObject({ resource: { name: "gone@acme.example" }, metadata: { role: "member" } });
    await expect(perform(world.platform, owner, reinviteMember, { userId: gone.id, role: "member" })).rejects.toMatchObject({ code: "conflict" });
    await accept(tokenIn("link" in again ? (again.link ?? "") : ""), { person: gone, account: null });
    expect(await last("org_user_invitation_accepted")).toMatchObject({
      changes: {
        fields: [
          { path: "status", before: "removed", after: "active" },
          { path: "role", before: null, after: "member" },
        ],
      },
    });
    await expect(perform(world.platform, owner, reinviteMember, { userId: gone.id, role: "member" })).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("an invitation that waits", () => {
  test("sent again has a new link and seven more days, and the old link is dead", async () => {
    const { id, token } = await inviteOne("again@acme.example");
    await expect(perform(world.platform, owner, resendInvitation, { invitationId: id })).rejects.toMatchObject({ code: "rate_limited" });
    await later(2);
    const { link } = await perform(world.platform, owner, resendInvitation, { invitationId: id });
    await expect(lookAtInvitation(world.platform, token)).rejects.toMatchObject({ code: "not_found" });
    await expect(accept(token)).rejects.toMatchObject({ code: "not_found" });
    expect(await last("org_user_invitation_resent")).toMatchObject({
      resource: { name: "again@acme.example" },
      changes: { fields: [{ path: "expires_at" }] },
    });
    await accept(tokenIn(link ?? ""));
    await expect(perform(world.platform, owner, resendInvitation, { invitationId: id })).rejects.toMatchObject({ code: "conflict" });
    await expect(perform(world.platform, owner, revokeInvitation, { invitationId: id })).rejects.toMatchObject({ code: "conflict" });
  });

  test("can be revoked, and then its link says so and opens nothing", async () => {
    const { id, token } = await inviteOne("never@acme.example");
    await perform(world.platform, owner, revokeInvitation, { invitationId: id });
    expect(await last("org_user_invitation_revoked")).toMatchObject({
      resource: { name: "never@acme.example" },
      changes: { fields: [{ path: "state", before: "open", after: "revoked" }] },
    });
    expect(await lookAtInvitation(world.platform, token)).toMatchObject({ state: "revoked" });
    await expect(accept(token)).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("revoked") as string });
    expect(await members.findUserByEmail(world.store.platform, "never@acme.example")).toBeNull();
  });

  test("expires after seven days, is shown so, and makes room for a new one", async () => {
    const { id, token } = await inviteOne("slow@acme.example");
    await later(7 * 24 * 60);
    expect(await lookAtInvitation(world.platform, token)).toMatchObject({ state: "expired" });
    await expect(accept(token)).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("expired") as string });
    expect((await read(world.platform, owner, listInvitations, undefined)).find((each) => each.id === id)).toMatchObject({ state: "expired" });
    const fresh = await inviteOne("slow@acme.example");
    expect((await read(world.platform, owner, listInvitations, undefined)).find((each) => each.id === id)).toMatchObject({ state: "replaced" });
    await accept(fresh.token);
  });

  test.each([
    ["removed", (userId: string) => perform(world.platform, owner, removeMember, { userId })],
    ["suspended", (userId: string) => perform(world.platform, owner, suspendMember, { userId })],
    ["made a member", (userId: string) => perform(world.platform, owner, changeMemberRole, { userId, role: "member" })],
  ])("by somebody who was %s since is no way back in; who may invite sends it again", async (what, end) => {
    const inviter = await testMember(world.platform, owner, "admin");
    const { id, token } = await inviteOne(`alias-${what.replaceAll(" ", "-")}@acme.example`, { role: "admin" }, inviter);
    await end(inviter.viewer.actor.id ?? "");
    await expect(accept(token)).rejects.toMatchObject({ code: "conflict" });
    await later(2);
    const { link } = await perform(world.platform, owner, resendInvitation, { invitationId: id });
    await expect(accept(tokenIn(link ?? ""))).resolves.toMatchObject({ wasMember: false });
  });

  test("is not sent again to a domain that the organization no longer invites", async () => {
    const strict = await world.found("Strict");
    const { id } = await inviteOne("eve@elsewhere.example", {}, strict);
    await perform(world.platform, strict, updateSecurity, { invitationDomains: ["strict.example"] });
    await later(2);
    await expect(perform(world.platform, strict, resendInvitation, { invitationId: id })).rejects.toMatchObject({ code: "conflict" });
  });

  test("of another organization is as unknown as one that does not exist", async () => {
    const other = await world.found("Foreign");
    const { id } = await inviteOne("theirs@acme.example", {}, other);
    for (const invitationId of [id, "01900000-0000-7000-8000-000000000000"])
      for (const verb of [resendInvitation, revokeInvitation])
        await expect(perform(world.platform, owner, verb, { invitationId })).rejects.toMatchObject({
          code: "not_found",
          message: "There is no such invitation.",
        });
    expect(await invitations.list(world.store.of(owner.viewer.organizationId), owner.viewer.organizationId, { limit: 600 })).not.toContainEqual(
      expect.objectContaining({ email: "theirs@acme.example" }),
    );
  });
});
