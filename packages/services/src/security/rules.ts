import { Refusal } from "@daybook/event";
import { barOf, includes, noSignInRules } from "@daybook/policy";
import type { Decision, SignInRules } from "@daybook/policy";
import { organizations, signInProviders, signInRules } from "@daybook/store";
import type { Executor, SignInRulesRow, Tx } from "@daybook/store";
import { z } from "zod";
import type { Context } from "../context.ts";
import { defineChange, defineRead } from "../verb.ts";
import { domainOf, emailDomains } from "./email-domain.ts";

const sessionHoursMaxMax = 8_760;
const unusedTokenDaysDefault = 90;
const unusedTokenDaysMax = 3_650;

/** Everything that an organization's page of security holds but its providers. */
export interface SecuritySettings extends SignInRules {
  /** Domains that may be invited; none means any. */
  invitationDomains: string[];
  ipDisplay: "full" | "masked";
  /** Days after which the console points at a token that nobody used. */
  unusedTokenDays: number;
}

export const getSecurity = defineRead({
  name: "security.get",
  needs: "security:read",
  input: z.undefined(),
  run: ({ store }, { viewer }) => securityOf(store.of(viewer.organizationId), viewer.organizationId),
});

export async function securityOf(db: Executor, organizationId: string): Promise<SecuritySettings> {
  const organization = await organizations.find(db, organizationId);
  const row = await signInRules.find(db, organizationId);
  return {
    ...rulesOf(row),
    invitationDomains: row?.invitationDomains ?? [],
    ipDisplay: organization?.ipDisplay === "masked" ? "masked" : "full",
    unusedTokenDays: row?.unusedTokenDays ?? unusedTokenDaysDefault,
  };
}

export const rulesOf = (row: SignInRulesRow | null): SignInRules =>
  row === null ? noSignInRules : { requireTwoFactor: row.requireTwoFactor, ssoOnly: row.ssoOnly, sessionHoursMax: row.sessionHoursMax };

/** After how many days the organization wants to be told of a token that nobody used. */
export const unusedTokenDaysOf = async (db: Executor, organizationId: string): Promise<number> =>
  (await signInRules.find(db, organizationId))?.unusedTokenDays ?? unusedTokenDaysDefault;

/** Whether an address of this domain may be invited. */
export async function mayInvite(db: Executor, organizationId: string, domain: string): Promise<Decision> {
  const allowed = (await signInRules.find(db, organizationId))?.invitationDomains ?? [];
  const wanted = domainOf(`somebody@${domain}`);
  if (allowed.length === 0 || (wanted !== null && allowed.includes(wanted))) return { allowed: true, reason: "the organization invites this domain" };
  return { allowed: false, reason: `This organization invites addresses of ${allowed.join(", ")} only. Its rules for sign-in can be changed in the settings.` };
}

export const updateSecurity = defineChange({
  name: "security.update",
  needs: "security:write",
  records: "organization_security_updated",
  input: z
    .strictObject({
      requireTwoFactor: z.boolean(),
      ssoOnly: z.boolean(),
      sessionHoursMax: z.number().int().min(1).max(sessionHoursMaxMax).nullable(),
      invitationDomains: emailDomains,
      ipDisplay: z.enum(["full", "masked"]),
      unusedTokenDays: z.number().int().min(1).max(unusedTokenDaysMax),
    })
    .partial(),
  async run(tx, context, input, platform) {
    const { organizationId } = context.viewer;
    // Changes of rules and of providers wait for each other: together they could leave no way in.
    const organization = await organizations.lock(tx, organizationId);
    if (!organization) throw new Refusal("not_found", "There is no such organization.");
    const before = await securityOf(tx, organizationId);
    const after: SecuritySettings = { ...before, ...input };
    const changes = changesBetween(before, after);
    if (changes === null) return { result: before, event: null };
    await demandWayIn(tx, context, { before, after, now: platform.now() });
    const { ipDisplay, ...rules } = after;
    await signInRules.set(tx, { organizationId, ...rules, updatedAt: platform.now() });
    if (ipDisplay !== before.ipDisplay) await signInRules.setIpDisplay(tx, organizationId, ipDisplay);
    return { result: after, event: { resource: { type: "organization", id: organizationId, name: organization.name }, changes } };
  },
});

/** Rules that would lock out whoever sets them, or everybody, are refused. */
async function demandWayIn(
  tx: Tx,
  { viewer }: Context,
  { before, after, now }: { before: SecuritySettings; after: SecuritySettings; now: Date },
): Promise<void> {
  if (after.ssoOnly && !before.ssoOnly) {
    if (viewer.kind === "member") {
      const planned = includes(viewer.plan, "single_sign_on");
      if (!planned.allowed) throw new Refusal("not_in_plan", planned.reason);
    }
    if ((await signInProviders.provenCount(tx, viewer.organizationId)) === 0)
      throw new Refusal(
        "conflict",
        "Nobody has signed in with a provider of this organization that is turned on. Sign in with one first: that proves it works.",
        "ssoOnly",
      );
  }
  if (viewer.kind !== "member" || viewer.signedIn === undefined) return;
  const bar = barOf(after, viewer.signedIn, { role: viewer.role, plan: viewer.plan, now });
  if (bar === null) return;
  const path = bar.code === "sign_in_again" ? "sessionHoursMax" : after.ssoOnly && !before.ssoOnly ? "ssoOnly" : "requireTwoFactor";
  throw new Refusal("conflict", `That would lock you out. ${bar.reason}`, path);
}

/** What differs, or null. */
function changesBetween(before: SecuritySettings, after: SecuritySettings) {
  const differing = (Object.keys(columns) as (keyof SecuritySettings)[]).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  if (differing.length === 0) return null;
  const told = (settings: SecuritySettings) => Object.fromEntries(differing.map((key) => [columns[key], settings[key]]));
  return { before: told(before), after: told(after) };
}

const columns: Record<keyof SecuritySettings, string> = {
  requireTwoFactor: "require_two_factor",
  ssoOnly: "sso_only",
  sessionHoursMax: "session_hours_max",
  invitationDomains: "invitation_domains",
  ipDisplay: "ip_display",
  unusedTokenDays: "unused_token_days",
};
