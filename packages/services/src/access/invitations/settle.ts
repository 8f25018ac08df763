import { Refusal } from "@daybook/event";
import { mayTouchMember } from "@daybook/policy";
import { invitations, organizations, teams } from "@daybook/store";
import type { Invitation, Organization, Tx } from "@daybook/store";
import { z } from "zod";
import type { Context } from "../../context.ts";
import { defineChange } from "../../verb.ts";
import { mayInvite } from "../../security/rules.ts";
import { endGrants } from "../auditors/settle-grants.ts";
import { parseRole } from "../viewers.ts";
import { domainOf } from "./addresses.ts";
import { newInvitationLink } from "./invitation-link.ts";
import { demandRoom, inviterOf, invitationEvent, metadataOf, sendLetter, writeLetter } from "./open-invitation.ts";
import type { SentInvitation } from "./open-invitation.ts";

const input = z.object({ invitationId: z.uuid() });
const resendAfterMs = 60_000;

/** A new link, and seven more days; the old link is dead. */
export const resendInvitation = defineChange({
  name: "invitations.resend",
  needs: "members:manage",
  records: "org_user_invitation_resent",
  input,
  async run(tx, context, { invitationId }, platform): Promise<{ result: SentInvitation; event: ReturnType<typeof toldAgain> }> {
    const { organization, invitation } = await openOne(tx, context, invitationId);
    const now = platform.now();
    const waitMs = invitation.sentAt.getTime() + resendAfterMs - now.getTime();
    if (waitMs > 0) throw new Refusal("rate_limited", `This invitation went out less than a minute ago. Try again in ${Math.ceil(waitMs / 1_000)} seconds.`);
    // One that expired waits for an answer again.
    await demandRoom(tx, context, platform, 1);
    const { email, former, teams: offered } = invitation;
    const domain = await mayInvite(tx, organization.id, domainOf(email));
    if (!domain.allowed) throw new Refusal("conflict", domain.reason);
    const offer = { role: parseRole(invitation.role), teams: offered };
    const letter = await writeLetter(context, platform, { organization, offer, teamNames: await namesOf(tx, organization.id, offered), former });
    const { link, hash } = newInvitationLink(platform);
    const { linkShown, expiresAt } = letter;
    const answersFor = inviterOf(context.viewer);
    await invitations.update(tx, organization.id, { id: invitation.id, tokenHash: hash, sentAt: now, expiresAt, linkShown, ...answersFor });
    await sendLetter(tx, platform, organization.id, { id: invitation.id, email, letter, link });
    return { result: { id: invitation.id, link: linkShown ? link : null }, event: toldAgain(invitation, expiresAt) };
  },
});

const toldAgain = (invitation: Invitation, expiresAt: Date) => ({
  ...invitationEvent(invitation),
  changes: { before: { expires_at: invitation.expiresAt.toISOString() }, after: { expires_at: expiresAt.toISOString() } },
  metadata: metadataOf({ ...invitation, expiresAt }),
});

export const revokeInvitation = defineChange({
  name: "invitations.revoke",
  needs: "members:manage",
  records: "org_user_invitation_revoked",
  input,
  async run(tx, context, { invitationId }, platform) {
    const { organization, invitation } = await openOne(tx, context, invitationId);
    await invitations.update(tx, organization.id, { id: invitation.id, state: "revoked", settledAt: platform.now() });
    const { email } = invitation;
    await endGrants(platform, tx, context, { id: null, name: email, email });
    return {
      result: {},
      event: { ...invitationEvent(invitation), changes: { before: { state: "open" }, after: { state: "revoked" } }, metadata: metadataOf(invitation) },
    };
  },
});

/** Holds an invitation that waits for an answer. Who could not have given its role can neither read its link nor take it back. */
async function openOne(tx: Tx, { viewer }: Context, id: string): Promise<{ organization: Organization; invitation: Invitation }> {
  const organization = await organizations.lock(tx, viewer.organizationId);
  const invitation = await invitations.lock(tx, viewer.organizationId, id);
  if (!organization || !invitation) throw new Refusal("not_found", "There is no such invitation.");
  const decision = mayTouchMember(viewer, parseRole(invitation.role));
  if (!decision.allowed) throw new Refusal("forbidden", decision.reason);
  if (invitation.state !== "open") throw new Refusal("conflict", settledSentence[invitation.state]);
  return { organization, invitation };
}

const settledSentence = {
  accepted: "This invitation was accepted already.",
  revoked: "This invitation was revoked. Invite the person anew.",
  replaced: "A newer invitation took the place of this one.",
} as const satisfies Record<Exclude<Invitation["state"], "open">, string>;

/** Teams that were deleted meanwhile are not spoken of. */
async function namesOf(tx: Tx, organizationId: string, offered: Invitation["teams"]): Promise<string[]> {
  const names: string[] = [];
  for (const { teamId, role } of offered) {
    const team = await teams.find(tx, organizationId, teamId);
    if (team) names.push(`${team.name} (${role})`);
  }
  return names;
}
