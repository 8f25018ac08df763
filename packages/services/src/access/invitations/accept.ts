import type { EventContext } from "@daybook/event";
import { Refusal } from "@daybook/event";
import { mayJoinTeams, rolesGivenBy, roleWords } from "@daybook/policy";
import type { Role } from "@daybook/policy";
import { invitations, members, organizations, teams } from "@daybook/store";
import type { Invitation, Tx, User } from "@daybook/store";
import { newId } from "../../context.ts";
import type { Context } from "../../context.ts";
import type { Platform } from "../../platform.ts";
import { record } from "../../record.ts";
import { settlePendingGrants } from "../auditors/settle-grants.ts";
import { addTeamMember } from "../teams/team-members.ts";
import { actingMember, parseRole } from "../viewers.ts";
import type { Person } from "../viewers.ts";
import { tokenHashOf } from "./invitation-link.ts";
import { stateOf } from "./list.ts";

/** What the page of an invitation shows to whoever holds its link. */
export interface InvitationOffer {
  state: "open" | "expired" | "accepted" | "revoked" | "replaced";
  organization: { name: string; slug: string };
  invitedBy: string;
  email: string;
  role: { id: Role; title: string; article: string; sentence: string };
  teams: string[];
  expiresAt: string;
  /** Whether somebody with this address has an account already, and so signs in instead of choosing a password. */
  hasAccount: boolean;
}

const unknown = () =>
  new Refusal("not_found", "This link leads to no invitation: it may be incomplete, or a newer one took its place. Ask whoever invited you.");

/** An unknown token, and a text that can be none, get one answer. */
export async function lookAtInvitation(platform: Platform, token: string): Promise<InvitationOffer> {
  const invitation = await find(platform, token);
  const { organizationId, email } = invitation;
  const db = platform.store.of(organizationId);
  const organization = await organizations.find(db, organizationId);
  if (!organization) throw unknown();
  const named = await Promise.all(invitation.teams.map(({ teamId }) => teams.find(db, organizationId, teamId)));
  const id = parseRole(invitation.role);
  return {
    state: stateOf(invitation, platform.now()),
    organization: { name: organization.name, slug: organization.slug },
    invitedBy: invitation.invitedByName,
    email,
    role: { id, ...roleWords[id] },
    teams: named.flatMap((team) => (team ? [team.name] : [])),
    expiresAt: invitation.expiresAt.toISOString(),
    hasAccount: (await members.findUserByEmail(platform.store.platform, email)) !== null,
  };
}

export interface Acceptance {
  token: string;
  /** Whoever is signed in; null for who makes an account. */
  person: Person | null;
  /** The only organization that their session may open; null where it is not bound to one. What a provider says counts in its own organization alone. */
  boundTo: string | null;
  account: { name: string; passwordHash: string } | null;
  request: EventContext;
}

export interface Accepted {
  organization: { id: string; slug: string; name: string };
  /** True for somebody who had become a member another way: nothing changed for them. */
  wasMember: boolean;
}

/**
 * One transaction: account, membership, teams, and the events that say so. The organization is locked first, as by everything that changes who
 * belongs to it, so that two tabs that accept at once make one member.
 */
export async function acceptInvitation(platform: Platform, { token, person, boundTo, account, request }: Acceptance): Promise<Accepted> {
  const { organizationId, id } = await find(platform, token);
  if (boundTo !== null && boundTo !== organizationId)
    throw new Refusal("sign_in_again", "You came in by the single sign-on of another organization, which proves who you are there alone. Sign in another way.");
  return platform.store.platformTransaction(async (tx) => {
    const organization = await organizations.lock(tx, organizationId);
    const invitation = await invitations.lock(tx, organizationId, id);
    // A link that was replaced between look-up and lock is an old one.
    if (!organization || !invitation?.tokenHash.equals(tokenHashOf(token) ?? Buffer.of())) throw unknown();
    demandOpen(invitation, platform.now());
    await demandInviter(tx, invitation);
    const user = await personOf(tx, platform, invitation, { person, account });
    const standing = await members.find(tx, organizationId, user.id);
    if (standing?.status === "suspended")
      throw new Refusal("forbidden", "Your access to this organization is suspended. An owner or admin of it can lift that.");
    const wasMember = standing?.status === "active";
    const role = parseRole(wasMember ? standing.role : invitation.role);
    const context: Context = { viewer: actingMember({ organizationId, role, person: user }), origin: "interface", request };
    const at = platform.now();
    const joined = wasMember || !mayJoinTeams(role) ? [] : await lockTeams(tx, invitation);
    if (!wasMember) await members.join(tx, { organizationId, userId: user.id, role, at });
    await invitations.update(tx, organizationId, { id, state: "accepted", settledAt: at });
    const grantIds = await settlePendingGrants(platform, tx, context, { email: invitation.email, userId: user.id, role });
    await record(platform, tx, context, {
      action: "org_user_invitation_accepted",
      resource: { type: "organization", id: organizationId, name: organization.name },
      related_resources: [
        { type: "user", id: user.id, name: user.email },
        { type: "invitation", id, name: invitation.email },
      ],
      changes: wasMember
        ? { before: { invitation: "open" }, after: { invitation: "accepted" } }
        : { before: { status: standing?.status ?? null, role: null }, after: { status: "active", role } },
      metadata: { role, invited_by: invitation.invitedByName, ...(wasMember && { was_member: true }), ...(grantIds.length > 0 && { grant_ids: grantIds }) },
    });
    for (const { teamId, role: teamRole } of joined) await addTeamMember(platform, tx, context, { teamId, userId: user.id, role: teamRole });
    return { organization: { id: organizationId, slug: organization.slug, name: organization.name }, wasMember };
  });
}

/**
 * The teams of an invitation that are still there, held before anything is recorded: whoever changes one of them holds it while they wait for the head. In
 * the order of their ids, in which two invitations at once meet no circle.
 */
async function lockTeams(tx: Tx, { organizationId, teams: offered }: Invitation): Promise<Invitation["teams"]> {
  const held = [];
  for (const each of offered.toSorted((a, b) => (a.teamId < b.teamId ? -1 : 1))) if (await teams.lock(tx, organizationId, each.teamId)) held.push(each);
  return held;
}

async function find({ store }: Platform, token: string): Promise<Invitation> {
  const hash = tokenHashOf(token);
  const found = hash === null ? null : await invitations.findByHash(store.platform, hash);
  if (!found) throw unknown();
  return found;
}

function demandOpen(invitation: Invitation, at: Date): void {
  const ask = `Ask ${invitation.invitedByName} for a new one.`;
  switch (stateOf(invitation, at)) {
    case "open":
      return;
    case "expired":
      throw new Refusal("conflict", `This invitation has expired. ${ask}`);
    case "accepted":
      throw new Refusal("conflict", "This invitation was accepted already. Sign in to open the organization.");
    case "revoked":
      throw new Refusal("conflict", `This invitation was revoked. ${ask}`);
    case "replaced":
      throw new Refusal("conflict", `A newer invitation took the place of this one. Look for its mail, or ask ${invitation.invitedByName}.`);
  }
}

/**
 * An invitation is worth what its inviter may give at this moment: who was removed, suspended or lost their role may hold its link, or have sent it to
 * an address of their own.
 */
async function demandInviter(tx: Tx, { organizationId, invitedBy, invitedByName, role }: Invitation): Promise<void> {
  if (invitedBy === null) return;
  const inviter = await members.find(tx, organizationId, invitedBy);
  if (inviter?.status === "active" && rolesGivenBy(parseRole(inviter.role)).includes(parseRole(role))) return;
  throw new Refusal("conflict", `${invitedByName} may no longer invite you. Ask another owner or admin of the organization to send the invitation again.`);
}

/** Whoever accepts is who was invited: signed in with that address, or the first to make an account with it. */
async function personOf(
  tx: Tx,
  platform: Platform,
  { email, linkShown }: Invitation,
  { person, account }: Pick<Acceptance, "person" | "account">,
): Promise<Pick<User, "id" | "name" | "email">> {
  // The link came by mail, so mail to this address reaches its owner; one that was handed over proves nothing.
  const emailVerified = !linkShown;
  const known = await members.findUserByEmail(tx, email);
  if (person !== null) {
    if (known?.id !== person.id)
      throw new Refusal("forbidden", `This invitation is for ${email}, and you are signed in as ${person.email}. Switch to that account.`);
    if (emailVerified && !known.emailVerified) await members.verifyEmail(tx, known.id);
    return known;
  }
  if (known) throw new Refusal("unauthenticated", `There is an account with the address ${email}. Sign in first, then accept.`);
  if (!account) throw new Refusal("invalid", "Choose a name and a password.", "account");
  const id = newId(platform);
  const added = await members.addUser(tx, { id, accountId: newId(platform), email, emailVerified, ...account });
  if (!added) throw new Refusal("conflict", `An account with the address ${email} was made at this moment. Sign in, then accept.`);
  return { id, name: account.name, email };
}
