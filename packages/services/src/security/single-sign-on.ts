import { Refusal } from "@daybook/event";
import type { EventContext } from "@daybook/event";
import { parseAddress } from "@daybook/outbound";
import { includes, singleSignOnProblems } from "@daybook/policy";
import type { SingleSignOnProblem } from "@daybook/policy";
import { members, organizations, plans, signInProviders, standing } from "@daybook/store";
import type { SignInProvider, Tx } from "@daybook/store";
import { openSession } from "../access/sign-in/open-session.ts";
import type { OpenedSession } from "../access/sign-in/open-session.ts";
import { actingMember, parseRole, planOf } from "../access/viewers.ts";
import type { Person } from "../access/viewers.ts";
import { asDaybook, newId } from "../context.ts";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";
import { record } from "../record.ts";
import { domainOf } from "./email-domain.ts";

/** What a provider said of somebody, its signature and its times checked. */
export interface ProviderClaims {
  subject: string;
  email: string | null;
  emailVerified: boolean;
  name: string | null;
}

interface Arrival {
  provider: SignInProvider;
  claims: ProviderClaims;
  request: EventContext;
}

export type ProviderSignIn = { problem: SingleSignOnProblem } | { session: OpenedSession };

class Problem extends Error {
  readonly code: SingleSignOnProblem;
  constructor(code: SingleSignOnProblem) {
    super(singleSignOnProblems[code]);
    this.code = code;
  }
}

/** Lets somebody in whom a provider vouches for. Membership, link, session and their events stand in one transaction; so does none of them. */
export async function signInWithProvider(platform: Platform, arrival: Arrival): Promise<ProviderSignIn> {
  try {
    const session = await platform.store.platformTransaction((tx) => enter(platform, tx, arrival));
    return { session };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { provider, request, claims } = arrival;
    await recordProviderFailure(platform, { provider, request, problem: error.code, email: claims.email });
    return { problem: error.code };
  }
}

async function enter(platform: Platform, tx: Tx, { provider: named, claims, request }: Arrival): Promise<OpenedSession> {
  const { organizationId } = named;
  // Its first sign-ins come one after the other, and none while its settings change.
  await organizations.lock(tx, organizationId);
  const provider = await signInProviders.find(tx, organizationId, named.id);
  if (!provider?.enabled) throw new Problem("no_provider");
  const plan = includes(planOf(await plans.find(tx, organizationId)), "single_sign_on");
  if (!plan.allowed) throw new Problem("not_in_plan");
  const email = demandEmail(provider, claims);
  const linked = await signInProviders.identityOf(tx, organizationId, { providerId: provider.id, subject: claims.subject });
  const known = linked ? await members.findUser(tx, linked.userId) : await members.findUserByEmail(tx, email);
  const person = await demandMember(platform, tx, { provider, known, email, name: claims.name, request });
  if (!linked) await link(platform, tx, { provider, person, subject: claims.subject, request });
  await signInProviders.update(tx, { organizationId, id: provider.id, lastUsedAt: platform.now() });
  return openSession(platform, tx, { person, method: "single_sign_on", provider, request });
}

const emailLengthMax = 254;

function demandEmail(provider: SignInProvider, { email, emailVerified }: ProviderClaims): string {
  if (email === null) throw new Problem("no_email");
  const domain = domainOf(email);
  // What a mail could not be sent to is nobody's address, whatever stands behind its last @.
  if (domain === null || email.length > emailLengthMax || parseAddress(email)?.address !== email) throw new Problem("no_email");
  if (!emailVerified) throw new Problem("email_not_verified");
  if (!provider.emailDomains.includes(domain)) throw new Problem("other_domain");
  return email.toLowerCase();
}

interface Arriving {
  provider: SignInProvider;
  known: Person | null;
  email: string;
  name: string | null;
  request: EventContext;
}

/**
 * Who was removed or suspended stays so: the provider knows nothing of that. Who has an account already is asked by an invitation: which domains a
 * provider names is not verified, and the log of an organization tells of its members' sign-ins.
 */
async function demandMember(platform: Platform, tx: Tx, { provider, known, email, name, request }: Arriving): Promise<Person> {
  const { organizationId } = provider;
  const found = known && (await standing.ofUser(tx, organizationId, { userId: known.id, at: platform.now() }));
  if (found?.status === "suspended") throw new Problem("suspended");
  if (known && found?.status === "active") return known;
  if (known || provider.autoJoinRole === null) throw new Problem("not_a_member");
  const role = parseRole(provider.autoJoinRole);
  const person = { id: newId(platform), name: name ?? email, email };
  await members.insertUserWithoutPassword(tx, person);
  await members.insert(tx, { organizationId, userId: person.id, role, createdAt: platform.now() });
  // Nobody invited them, so this is no accepted invitation: somebody new is in the organization, because of a provider that its admins set up.
  const context: Context = { ...asDaybook(organizationId, provider.name), request };
  await record(platform, tx, context, {
    action: "user_created",
    resource: { type: "user", id: person.id, name: person.email },
    metadata: { role, email: person.email, method: "single_sign_on", provider: provider.name },
  });
  return person;
}

async function link(
  platform: Platform,
  tx: Tx,
  { provider, person, subject, request }: { provider: SignInProvider; person: Person; subject: string; request: EventContext },
): Promise<void> {
  const { organizationId, id: providerId } = provider;
  if (await signInProviders.identityOf(tx, organizationId, { providerId, userId: person.id })) throw new Problem("other_subject");
  await signInProviders.link(tx, { organizationId, providerId, subject, userId: person.id, linkedAt: platform.now() });
  // Its role does not matter here: what they did is recorded, not decided.
  const viewer = actingMember({ organizationId, role: "member", person });
  await record(
    platform,
    tx,
    { viewer, origin: "interface", request },
    {
      action: "user_identity_linked",
      resource: { type: "user", id: person.id, name: person.email },
      related_resources: [{ type: "sign_in_provider", id: providerId, name: provider.name }],
      metadata: { provider: provider.name, issuer: provider.issuer },
    },
  );
}

interface ProviderFailure {
  provider: SignInProvider;
  problem: SingleSignOnProblem;
  request: EventContext;
  /** As the provider stated it, if it came so far. */
  email?: string | null;
}

/** Stands in the log of the provider's organization alone. Repeats of one minute collapse, so that a broken provider cannot flood it. */
export async function recordProviderFailure(platform: Platform, { provider, problem, request, email = null }: ProviderFailure): Promise<void> {
  const minute = platform.now().toISOString().slice(0, 16);
  const who = email?.slice(0, emailLengthMax) ?? null;
  const context: Context = { ...asDaybook(provider.organizationId), origin: "interface", request };
  await platform.store.transaction(provider.organizationId, (tx) =>
    record(platform, tx, context, {
      action: "user_login_failed",
      status: "failed",
      actor: { type: "anonymous", name: "Anonymous" },
      ...(who !== null && { resource: { type: "user", name: who } }),
      related_resources: [{ type: "sign_in_provider", id: provider.id, name: provider.name }],
      error: { code: problem, message: singleSignOnProblems[problem] },
      metadata: { method: "single_sign_on", provider: provider.name },
      idempotency_key: `sso_failed:${provider.id}:${problem}:${who ?? request.ip ?? ""}:${minute}`,
    }),
  );
}

const providersOfDomainMax = 20;

/** Where an address leads to: the providers of the one organization that answers for its domain. Nothing is looked up of the person. */
export type WaysIn = { kind: "none" } | { kind: "several_organizations" } | { kind: "providers"; providers: SignInProvider[]; slug: string };

export async function waysInFor(platform: Platform, email: string): Promise<WaysIn> {
  const domain = domainOf(email.trim());
  if (domain === null) return { kind: "none" };
  const db = platform.store.platform;
  const providers = await signInProviders.enabledOfDomain(db, domain, providersOfDomainMax);
  const [first] = providers;
  if (!first) return { kind: "none" };
  if (providers.some(({ organizationId }) => organizationId !== first.organizationId)) return { kind: "several_organizations" };
  const organization = await organizations.find(db, first.organizationId);
  if (!organization) throw new Refusal("not_found", "There is no such organization.");
  return { kind: "providers", providers, slug: organization.slug };
}

/** The provider that a sign-in begins with, by the name of its organization in URLs. */
export async function providerToStart(platform: Platform, { slug, providerId }: { slug: string; providerId: string | null }): Promise<SignInProvider | null> {
  const found = await signInProviders.enabledOfSlug(platform.store.platform, slug);
  return (providerId === null ? found[0] : found.find(({ id }) => id === providerId)) ?? null;
}
