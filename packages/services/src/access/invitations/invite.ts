import { Refusal } from "@daybook/event";
import type { EventInput } from "@daybook/event";
import { roles, teamRoles } from "@daybook/policy";
import { invitations, members, organizations } from "@daybook/store";
import type { Tx } from "@daybook/store";
import { z } from "zod";
import type { Context } from "../../context.ts";
import type { Platform } from "../../platform.ts";
import { recordAll } from "../../record.ts";
import { mayInvite } from "../../security/rules.ts";
import { defineChange } from "../../verb.ts";
import { addressesMax, addressList, domainOf, isAddress } from "./addresses.ts";
import { demandOffer, demandRoom, openInvitation, writeLetter } from "./open-invitation.ts";
import type { Letter, Offer } from "./open-invitation.ts";

const teamsMax = 50;

const offer = {
  role: z.enum(roles),
  teams: z
    .array(z.object({ teamId: z.uuid(), role: z.enum(teamRoles).default("member") }))
    .max(teamsMax)
    .refine((offered) => new Set(offered.map(({ teamId }) => teamId)).size === offered.length, "names a team twice")
    .default([]),
};

/** What became of one address. */
export type InviteOutcome =
  | { email: string; outcome: "invited" | "reinvited"; id: string; link: string | null }
  | { email: string; outcome: "already_member" | "already_invited" | "not_an_address" | "domain_not_allowed"; sentence: string };

export const inviteMembers = defineChange({
  name: "invitations.invite",
  needs: "members:manage",
  records: "org_user_invited",
  input: z.object({ addresses: addressList.refine((list) => list.length > 0, "name at least one address"), ...offer }),
  async run(tx, context, { addresses, ...offered }, platform): Promise<{ result: { outcomes: InviteOutcome[] }; event: null }> {
    if (addresses.length > addressesMax) throw new Refusal("invalid", `Invite at most ${addressesMax} people at once.`, "addresses");
    // One event an address, written here, because some may be former members.
    return { result: { outcomes: await inviteAll(tx, context, platform, { addresses, offered }) }, event: null };
  },
});

/** The same for one former member, who keeps their account and what they did before. */
export const reinviteMember = defineChange({
  name: "invitations.reinvite",
  needs: "members:manage",
  records: "org_user_reinvited",
  input: z.object({ userId: z.uuid(), ...offer }),
  async run(tx, context, { userId, ...offered }, platform): Promise<{ result: InviteOutcome; event: null }> {
    const member = await members.find(tx, context.viewer.organizationId, userId);
    const user = await members.findUser(tx, userId);
    if (!member || !user) throw new Refusal("not_found", "There is no such member.");
    const [outcome] = await inviteAll(tx, context, platform, { addresses: [user.email], offered });
    if (!outcome) throw new Error("one address has one outcome");
    if ("sentence" in outcome) throw new Refusal("conflict", outcome.sentence);
    return { result: outcome, event: null };
  },
});

/** Invites each address that can be, with its event; the others are told why not. */
export async function inviteAll(
  tx: Tx,
  context: Context,
  platform: Platform,
  { addresses, offered }: { addresses: string[]; offered: Offer },
): Promise<InviteOutcome[]> {
  const { organizationId } = context.viewer;
  const organization = await organizations.lock(tx, organizationId);
  if (!organization) throw new Refusal("not_found", "There is no such organization.");
  const teamNames = await demandOffer(tx, context, offered);
  const standing = await standingOf(tx, organizationId, { emails: addresses.filter(isAddress), now: platform.now() });
  const judged = [];
  for (const email of addresses) judged.push(await judge(tx, organizationId, email, standing));
  const wanted = judged.filter((each) => "former" in each);
  if (wanted.length > 0) await demandRoom(tx, context, platform, wanted.length);
  const letters = new Map<boolean, Letter>();
  const outcomes: InviteOutcome[] = [];
  const events: EventInput[] = [];
  for (const each of judged) {
    if (!("former" in each)) {
      outcomes.push(each);
      continue;
    }
    const { email, former } = each;
    const letter = letters.get(former) ?? (await writeLetter(context, platform, { organization, offer: offered, teamNames, former }));
    letters.set(former, letter);
    const unanswered = standing.expired.get(email);
    if (unanswered !== undefined) await invitations.update(tx, organizationId, { id: unanswered, state: "replaced", settledAt: platform.now() });
    const { sent, event } = await openInvitation(tx, context, platform, { email, offer: offered, former, letter });
    outcomes.push({ email, outcome: former ? "reinvited" : "invited", ...sent });
    events.push({ action: former ? "org_user_reinvited" : "org_user_invited", ...event });
  }
  if (events.length > 0) await recordAll(platform, tx, context, events);
  return outcomes;
}

/** How the addresses stand before anybody is invited. */
interface Standing {
  members: Set<string>;
  former: Set<string>;
  open: Set<string>;
  /** Ids of invitations that nobody answered in time. */
  expired: Map<string, string>;
}

async function standingOf(tx: Tx, organizationId: string, { emails, now }: { emails: string[]; now: Date }): Promise<Standing> {
  const known = emails.length === 0 ? [] : await members.standingOf(tx, organizationId, emails);
  const waiting = emails.length === 0 ? [] : await invitations.openOf(tx, organizationId, emails);
  return {
    members: new Set(known.filter(({ status }) => status !== "removed").map(({ email }) => email)),
    former: new Set(known.filter(({ status }) => status === "removed").map(({ email }) => email)),
    open: new Set(waiting.filter(({ expiresAt }) => expiresAt > now).map(({ email }) => email)),
    expired: new Map(waiting.filter(({ expiresAt }) => expiresAt <= now).map(({ email, id }) => [email, id])),
  };
}

async function judge(
  tx: Tx,
  organizationId: string,
  email: string,
  standing: Standing,
): Promise<{ email: string; former: boolean } | Extract<InviteOutcome, { sentence: string }>> {
  if (!isAddress(email)) return { email, outcome: "not_an_address", sentence: `"${email.slice(0, 100)}" is not an e-mail address.` };
  if (standing.members.has(email)) return { email, outcome: "already_member", sentence: `${email} is a member already.` };
  if (standing.open.has(email)) return { email, outcome: "already_invited", sentence: `${email} is invited already. Send the invitation again instead.` };
  const domain = await mayInvite(tx, organizationId, domainOf(email));
  if (!domain.allowed) return { email, outcome: "domain_not_allowed", sentence: domain.reason };
  return { email, former: standing.former.has(email) };
}
