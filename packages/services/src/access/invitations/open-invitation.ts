import { Refusal } from "@daybook/event";
import { mayGiveRole, mayJoinTeams, roleWords } from "@daybook/policy";
import type { Role, Viewer } from "@daybook/policy";
import { invitationMail, renderMail } from "@daybook/reports";
import { invitations, teams, wake } from "@daybook/store";
import type { InvitedTeam, Organization, Tx } from "@daybook/store";
import { newId } from "../../context.ts";
import type { Context } from "../../context.ts";
import { deliverMailQueue } from "../../delivery/deliver-mail.ts";
import { queueMail } from "../../delivery/queue-mail.ts";
import { secretLinkPlace } from "../../delivery/secret-link.ts";
import type { Platform } from "../../platform.ts";
import type { Recorded } from "../../verb.ts";
import { newInvitationLink } from "./invitation-link.ts";

const validDays = 7;
const dayMs = 86_400_000;
const minuteMs = 60_000;
/** Invitations of one organization that wait for an answer. */
const openInvitationsMax = 500;
/** Links that one organization sends in a minute: enough for a list of new colleagues, too few to send spam with. */
export const linksPerMinuteMax = 100;

/** What somebody is invited as. */
export interface Offer {
  role: Role;
  teams: InvitedTeam[];
}

/** What an invitation says to the one who made it. */
export interface SentInvitation {
  id: string;
  /** Only where no mail server is set up: whoever invites hands it over. Shown this once. */
  link: string | null;
}

/** Checks an offer and tells the names of its teams. */
export async function demandOffer(tx: Tx, { viewer }: Context, { role, teams: offered }: Offer): Promise<string[]> {
  if (!mayGiveRole(viewer, role)) throw new Refusal("forbidden", "Only an owner of the organization can invite an owner.");
  if (offered.length > 0 && !mayJoinTeams(role)) throw new Refusal("invalid", "Auditors see what their grant covers and cannot be in a team.", "teams");
  const names: string[] = [];
  for (const { teamId, role: teamRole } of offered) {
    const team = await teams.find(tx, viewer.organizationId, teamId);
    if (!team) throw new Refusal("not_found", "There is no such team.", "teams");
    names.push(`${team.name} (${teamRole})`);
  }
  return names;
}

/** Call it under `organizations.lock`, so that two who invite at once do not pass the limits together. */
export async function demandRoom(tx: Tx, { viewer }: Context, platform: Platform, wanted: number): Promise<void> {
  const now = platform.now();
  const { open, sent } = await invitations.pressure(tx, viewer.organizationId, { now, since: new Date(now.getTime() - minuteMs) });
  if (open + wanted > openInvitationsMax)
    throw new Refusal("conflict", `At most ${openInvitationsMax} invitations can wait for an answer. Revoke some that nobody will accept.`);
  if (sent + wanted > linksPerMinuteMax)
    throw new Refusal("rate_limited", `An organization sends at most ${linksPerMinuteMax} invitations a minute. Try again in a minute.`);
}

/** The same for everybody who is invited at once: the mail holds no name of its recipient. */
export interface Letter {
  mail: Awaited<ReturnType<typeof renderMail>>;
  /** Whether whoever invites gets the link: there is no mail server that would carry it. */
  linkShown: boolean;
  expiresAt: Date;
}

export async function writeLetter(
  { viewer }: Context,
  platform: Platform,
  { organization, offer, teamNames, former }: { organization: Organization; offer: Offer; teamNames: string[]; former: boolean },
): Promise<Letter> {
  const { title, article, sentence } = roleWords[offer.role];
  const expiresAt = new Date(platform.now().getTime() + validDays * dayMs);
  const mail = await renderMail(invitationMail, {
    organization,
    inviter: { name: viewer.actor.name ?? "Daybook", email: viewer.actor.email },
    role: { title: `${article} ${title}`, sentence },
    teams: teamNames,
    link: secretLinkPlace(platform),
    expiresAt: expiresAt.toISOString(),
    former,
  });
  // The demo's mails reach nobody.
  return { mail, linkShown: platform.mail.transport === "mailbox" || organization.demo, expiresAt };
}

/** Makes an invitation and queues its mail. Returns what the event says. */
export async function openInvitation(
  tx: Tx,
  { viewer }: Context,
  platform: Platform,
  { email, offer, former, letter }: { email: string; offer: Offer; former: boolean; letter: Letter },
): Promise<{ sent: SentInvitation; event: Recorded }> {
  const { organizationId } = viewer;
  const id = newId(platform);
  const { link, hash } = newInvitationLink(platform);
  const now = platform.now();
  await invitations.insert(tx, {
    organizationId,
    id,
    email,
    ...offer,
    tokenHash: hash,
    state: "open",
    former,
    linkShown: letter.linkShown,
    ...inviterOf(viewer),
    createdAt: now,
    sentAt: now,
    expiresAt: letter.expiresAt,
  });
  await sendLetter(tx, platform, organizationId, { id, email, letter, link });
  return {
    sent: { id, link: letter.linkShown ? link : null },
    event: {
      ...invitationEvent({ id, email, ...offer }),
      changes: { before: null, after: { state: "open", role: offer.role } },
      metadata: metadataOf({ email, ...offer, ...letter }),
    },
  };
}

export async function sendLetter(
  tx: Tx,
  platform: Platform,
  organizationId: string,
  { id, email, letter, link }: { id: string; email: string; letter: Letter; link: string },
): Promise<void> {
  await queueMail(tx, organizationId, platform, {
    kind: "invitation",
    mail: letter.mail,
    to: [email],
    about: { action: null, resource: { type: "invitation", id, name: email }, related: [], metadata: {} },
    secretLink: link,
  });
  await wake(tx, deliverMailQueue);
}

/** Whose right to invite the link stands on: whoever sent it last. */
export const inviterOf = (viewer: Viewer) => ({
  invitedBy: viewer.kind === "member" ? viewer.userId : null,
  invitedByName: viewer.actor.name ?? viewer.actor.type,
});

/** How events name an invitation: by who was invited. */
export const invitationEvent = ({ id, email }: { id: string; email: string }): Pick<Recorded, "resource" | "related_resources"> => ({
  resource: { type: "user", name: email },
  related_resources: [{ type: "invitation", id, name: email }],
});

export const metadataOf = ({ email, role, teams: offered, expiresAt }: { email: string; role: string; teams: InvitedTeam[]; expiresAt: Date }) => ({
  email,
  role,
  expires_at: expiresAt.toISOString(),
  ...(offered.length > 0 && { teams: offered.map(({ teamId, role: teamRole }) => ({ id: teamId, role: teamRole })) }),
});
