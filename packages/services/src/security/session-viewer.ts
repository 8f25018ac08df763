import { Refusal } from "@daybook/event";
import { barOf } from "@daybook/policy";
import type { MemberViewer, SignedIn } from "@daybook/policy";
import { secondFactors, sessions, signInProviders, signInRules } from "@daybook/store";
import type { SessionRow } from "@daybook/store";
import { memberViewer } from "../access/viewers.ts";
import type { Person } from "../access/viewers.ts";
import type { Platform } from "../platform.ts";
import { rulesOf } from "./rules.ts";

/** A person in one of their sessions. */
export interface SessionOf {
  id: string;
  person: Person;
}

/**
 * The one place where a session becomes a viewer, and where an organization's sign-in rules are held against it. What a provider says is believed in
 * the provider's own organization alone: its admins decide whom it names, so it opens nothing else, and tells nobody what else there is.
 */
export async function sessionViewer(platform: Platform, session: SessionOf, organizationId: string): Promise<MemberViewer> {
  const row = await sessionRow(platform, session);
  if (!opens(row, organizationId))
    throw new Refusal("sign_in_again", "You came in by the single sign-on of one organization, which opens that one alone. Sign in another way for others.");
  const viewer = await memberViewer(platform, session.person, organizationId);
  const signedIn = await signedInOf(platform, row);
  const rules = rulesOf(await signInRules.find(platform.store.of(organizationId), organizationId));
  return { ...viewer, signedIn, barred: barOf(rules, signedIn, { role: viewer.role, plan: viewer.plan, now: platform.now() }) };
}

/** The only organization that a session may open; null where it is not bound to one. */
export const boundTo = async (platform: Platform, session: SessionOf): Promise<string | null> => (await sessionRow(platform, session)).providerOrganizationId;

const opens = ({ providerOrganizationId }: SessionRow, organizationId: string): boolean =>
  providerOrganizationId === null || providerOrganizationId === organizationId;

async function sessionRow({ store }: Platform, { id, person }: SessionOf): Promise<SessionRow> {
  const row = await sessions.find(store.platform, id);
  if (row?.userId !== person.id) throw new Refusal("unauthenticated", "You are signed out. Sign in again.");
  return row;
}

async function signedInOf({ store }: Platform, { method, createdAt, userId, providerOrganizationId, providerId }: SessionRow): Promise<SignedIn> {
  const provider =
    providerOrganizationId === null || providerId === null
      ? null
      : await signInProviders.find(store.of(providerOrganizationId), providerOrganizationId, providerId);
  // Only of a password does it matter whether there is more: whoever turned a second factor on since then counts as having one.
  const factor = method === "password" ? await secondFactors.find(store.platform, userId) : null;
  return {
    method,
    at: createdAt.toISOString(),
    providerEnabled: providerId === null || provider?.enabled === true,
    hasSecondFactor: Boolean(factor?.confirmedAt),
  };
}
