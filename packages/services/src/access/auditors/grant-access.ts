import { Refusal } from "@daybook/event";
import { auditorRole, isAuditorRole, may } from "@daybook/policy";
import { auditorGrants, invitations, organizations, people } from "@daybook/store";
import type { GrantedAuditor, ListedAuditorGrant, Tx } from "@daybook/store";
import { z } from "zod";
import { newId } from "../../context.ts";
import type { Context } from "../../context.ts";
import type { Platform } from "../../platform.ts";
import { defineChange } from "../../verb.ts";
import { inviteAll } from "../invitations/invite.ts";
import type { SentInvitation } from "../invitations/open-invitation.ts";
import { parseRole } from "../viewers.ts";
import { auditorWords, endedEarly } from "./auditor-words.ts";
import { auditedScope, grantedQuery, hiddenFields } from "./scope-input.ts";

const dayMs = 86_400_000;
/** From the day that it was made, however often it is extended; the table refuses more. */
export const grantLastsDaysMax = 366;
const reasonLengthMax = 500;
const termsLengthMax = 10_000;
/** Of one auditor, at the same time: all of them are joined into each read. */
const grantsLastingMax = 20;

export const grantAuditor = defineChange({
  name: "auditors.grant",
  needs: "auditors:manage",
  feature: "auditors",
  records: "auditor_access_granted",
  input: z.object({
    email: z.email().max(254),
    ...auditedScope,
    mayExport: z.boolean().default(false),
    hides: hiddenFields.default([]),
    expiresAt: z.iso.datetime({ offset: true }),
    reason: z.string().trim().min(1, "must say what the access is for").max(reasonLengthMax),
    /** What the auditor has to accept first; empty where nothing has to be. */
    terms: z.string().trim().max(termsLengthMax).default(""),
  }),
  async run(tx, context, input, platform) {
    const { organizationId, actor } = context.viewer;
    const now = platform.now();
    // Whoever joins, leaves or changes role waits, so that the grant belongs to who is there when it is made.
    if (!(await organizations.lock(tx, organizationId))) throw new Refusal("not_found", "There is no such organization.");
    const { query, words } = grantedQuery(context, input);
    const expiresAt = lastsUntil(input.expiresAt, { now, madeAt: now });
    const { auditor, invitation } = await auditorOf(tx, context, platform, input.email.toLowerCase());
    const holder = auditor.id === null ? { pendingEmail: auditor.email } : { userId: auditor.id };
    if ((await auditorGrants.heldBy(tx, organizationId, { ...holder, at: now })).length >= grantsLastingMax)
      throw new Refusal("conflict", `An auditor has at most ${grantsLastingMax} grants at a time. End one of them first.`);
    const id = newId(platform);
    await auditorGrants.insert(tx, {
      organizationId,
      id,
      ...holder,
      query,
      queryText: words,
      eventsFrom: input.eventsFrom === undefined ? null : new Date(input.eventsFrom),
      eventsTo: input.eventsTo === undefined ? null : new Date(input.eventsTo),
      mayExport: input.mayExport,
      hides: input.hides,
      reason: input.reason,
      createdBy: actor,
      createdAt: now,
      expiresAt,
      terms: input.terms,
    });
    return {
      result: { id, invitation },
      event: {
        ...auditorWords(auditor),
        reason: input.reason,
        changes: { before: { granted: false, expires_at: null }, after: { granted: true, expires_at: expiresAt.toISOString() } },
        metadata: {
          grant_id: id,
          scope: words,
          events_from: input.eventsFrom ?? null,
          events_to: input.eventsTo ?? null,
          may_export: input.mayExport,
          hides: input.hides,
          days: Math.ceil((expiresAt.getTime() - now.getTime()) / dayMs),
          expires_at: expiresAt.toISOString(),
          ...(auditor.id === null && { pending: true }),
        },
      },
    };
  },
});

/**
 * Whom a grant is for. An address that nobody has here is invited as an auditor in the same transaction, unless it is already; until the invitation is
 * accepted the grant shows nothing.
 */
async function auditorOf(tx: Tx, context: Context, platform: Platform, email: string): Promise<{ auditor: GrantedAuditor; invitation: SentInvitation | null }> {
  const { organizationId } = context.viewer;
  const known = await people.find(tx, organizationId, { email });
  if (known && known.status !== "removed") {
    if (!isAuditorRole(parseRole(known.role)))
      throw new Refusal("invalid", `${known.name} is a member here and no auditor. Change their role first, under Members.`, "email");
    return { auditor: { id: known.userId, name: known.name, email: known.email }, invitation: null };
  }
  const auditor = { id: null, name: email, email };
  const waiting = (await invitations.openOf(tx, organizationId, [email])).find(({ expiresAt }) => expiresAt > platform.now());
  if (waiting) {
    if (!isAuditorRole(parseRole(waiting.role)))
      throw new Refusal("invalid", `${email} is invited as something else than an auditor. Revoke that invitation first, under Members.`, "email");
    return { auditor, invitation: null };
  }
  const decision = may(context.viewer, "members:manage");
  if (!decision.allowed) throw new Refusal("forbidden", decision.reason);
  const [outcome] = await inviteAll(tx, context, platform, { addresses: [email], offered: { role: auditorRole, teams: [] } });
  if (!outcome) throw new Error("one address has one outcome");
  if ("sentence" in outcome) throw new Refusal("conflict", outcome.sentence, "email");
  return { auditor, invitation: { id: outcome.id, link: outcome.link } };
}

export const extendAuditor = defineChange({
  name: "auditors.extend",
  needs: "auditors:manage",
  feature: "auditors",
  records: "auditor_access_extended",
  input: z.object({ grantId: z.uuid(), expiresAt: z.iso.datetime({ offset: true }) }),
  async run(tx, { viewer }, { grantId, expiresAt: asked }, platform) {
    const now = platform.now();
    const { grant, auditor } = lasting(await auditorGrants.lock(tx, viewer.organizationId, grantId), now);
    const expiresAt = lastsUntil(asked, { now, madeAt: grant.createdAt });
    if (expiresAt.getTime() === grant.expiresAt.getTime()) return { result: {}, event: null };
    if (expiresAt < grant.expiresAt)
      throw new Refusal("invalid", "The new end lies before the present one. To shorten the access, end it and grant it anew.", "expiresAt");
    await auditorGrants.update(tx, viewer.organizationId, { id: grantId, expiresAt });
    return {
      result: {},
      event: {
        ...auditorWords(auditor),
        changes: { before: { expires_at: grant.expiresAt.toISOString() }, after: { expires_at: expiresAt.toISOString() } },
        metadata: { grant_id: grantId, scope: grant.queryText },
      },
    };
  },
});

export const endAuditor = defineChange({
  name: "auditors.end",
  // Ending access stays possible where granting it no longer is.
  needs: "auditors:manage",
  records: "auditor_access_revoked",
  input: z.object({ grantId: z.uuid() }),
  async run(tx, { viewer }, { grantId }, platform) {
    const now = platform.now();
    const found = await auditorGrants.lock(tx, viewer.organizationId, grantId);
    if (!found) throw noSuchGrant();
    const { grant, auditor } = found;
    if (grant.endedAt !== null || grant.expiresAt <= now) return { result: {}, event: null };
    await auditorGrants.update(tx, viewer.organizationId, { id: grantId, endedAt: now, endedBy: viewer.actor });
    return {
      result: {},
      event: endedEarly(auditor, grant, now),
    };
  },
});

function lastsUntil(text: string, { now, madeAt }: { now: Date; madeAt: Date }): Date {
  const expiresAt = new Date(text);
  if (expiresAt <= now) throw new Refusal("invalid", "The access must end in the future.", "expiresAt");
  if (expiresAt.getTime() > madeAt.getTime() + grantLastsDaysMax * dayMs)
    throw new Refusal(
      "invalid",
      `Access of an auditor lasts at most ${grantLastsDaysMax} days from the day it was granted. Grant it anew for longer.`,
      "expiresAt",
    );
  return expiresAt;
}

const noSuchGrant = () => new Refusal("not_found", "There is no such grant.");

function lasting(found: ListedAuditorGrant | null, now: Date): ListedAuditorGrant {
  if (!found) throw noSuchGrant();
  if (found.grant.endedAt !== null || found.grant.expiresAt <= now) throw new Refusal("conflict", "The access has ended. Grant it anew.");
  return found;
}
