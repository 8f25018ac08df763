import { Refusal } from "@daybook/event";
import type { Json } from "@daybook/event";
import { barOf, may } from "@daybook/policy";
import { organizations, signInProviders, signInRules } from "@daybook/store";
import type { Executor, SignInProvider, Tx } from "@daybook/store";
import { z } from "zod";
import { newId } from "../context.ts";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";
import { defineChange, defineRead } from "../verb.ts";
import { emailDomains } from "./email-domain.ts";
import { probeProvider } from "./probe-provider.ts";
import { rulesOf } from "./rules.ts";

const secretLengthMax = 1_024;
const secretColumn = "sign_in_providers.client_secret";

/** What the console sees of a provider; the client secret never comes back. */
export interface ProviderView {
  id: string;
  name: string;
  issuer: string;
  clientId: string;
  emailDomains: string[];
  enabled: boolean;
  autoJoinRole: "member" | null;
  /** How many people are linked to it. */
  people: number;
  lastUsedAt: string | null;
  createdAt: string;
}

const name = z.string().trim().min(1).max(100);
const issuer = z
  .url("is not a web address such as https://login.example.com")
  .max(500)
  // Two spellings of one issuer would be two providers. The end stays as typed: a provider may name itself with a slash there.
  .refine((text) => !/[?#\s]/.test(text), "is an issuer, without a query")
  .refine((text) => /^https?:\/\/[^/@]+(?:\/|$)/i.test(text), "is a web address, without a user name or password");
const clientSecret = z.string().min(1).max(secretLengthMax);
const someDomains = emailDomains.refine((domains) => domains.length > 0, "name at least one domain");
/** Whoever was not invited becomes a member and nothing more. */
const autoJoinRole = z.enum(["member"]).nullable();
const providerId = z.uuid();

export const listProviders = defineRead({
  name: "signInProviders.list",
  needs: "security:read",
  feature: "single_sign_on",
  input: z.undefined(),
  async run({ store, origin }, { viewer: { organizationId } }) {
    const rows = await signInProviders.list(store.of(organizationId), organizationId);
    const people = await Promise.all(rows.map(({ id }) => signInProviders.identityCount(store.of(organizationId), organizationId, id)));
    return {
      providers: rows.map((row, at) => viewOf(row, people[at] ?? 0)),
      providersMax: signInProviders.listMax,
      /** What the provider has to be told. */
      redirectUrl: redirectUrlOf(origin, organizationId),
    };
  },
});

/** One address for each organization: an answer meant for one cannot be brought to another. */
export const redirectUrlOf = (origin: string, organizationId: string): string => `${origin}/api/auth/oidc/callback/${organizationId}`;

/** Asks the provider what it can do, without changing anything. */
export const testProvider = defineRead({
  name: "signInProviders.test",
  needs: "security:write",
  feature: "single_sign_on",
  input: z.object({ issuer }),
  run: ({ http }, _context, input) => probeProvider(http, input.issuer),
});

export const createProvider = defineChange({
  name: "signInProviders.create",
  needs: "sign-in-providers:trust",
  feature: "single_sign_on",
  records: "sign_in_provider_created",
  input: z.object({
    name,
    issuer,
    clientId: z.string().trim().min(1).max(500),
    clientSecret,
    emailDomains: someDomains,
    enabled: z.boolean().default(true),
    autoJoinRole: autoJoinRole.default(null),
  }),
  async run(tx, { viewer: { organizationId } }, { clientSecret: secret, ...input }, platform) {
    await organizations.lock(tx, organizationId);
    const present = await signInProviders.list(tx, organizationId);
    if (present.length >= signInProviders.listMax)
      throw new Refusal("conflict", `An organization has at most ${signInProviders.listMax} providers. Remove one first.`);
    demandFreeName(present, input.name);
    if (present.some((row) => row.issuer === input.issuer && row.clientId === input.clientId))
      throw new Refusal("conflict", "This client of this issuer is there already.", "clientId");
    const id = newId(platform);
    const at = platform.now();
    const sealed = platform.sealer.seal(secret, { organizationId, id, column: secretColumn });
    await signInProviders.insert(tx, { organizationId, id, ...input, clientSecret: sealed, createdAt: at, updatedAt: at });
    return {
      result: { id },
      event: {
        resource: { type: "sign_in_provider", id, name: input.name },
        changes: { before: null, after: toldOf({ ...input }) },
        metadata: { issuer: input.issuer, client_id: input.clientId },
      },
    };
  },
});

export const updateProvider = defineChange({
  name: "signInProviders.update",
  needs: "security:write",
  feature: "single_sign_on",
  records: "sign_in_provider_updated",
  input: z.object({
    providerId,
    name: name.optional(),
    clientSecret: clientSecret.optional(),
    emailDomains: someDomains.optional(),
    enabled: z.boolean().optional(),
    autoJoinRole: autoJoinRole.optional(),
  }),
  async run(tx, context, { providerId: id, clientSecret: secret, ...input }, platform) {
    const { organizationId } = context.viewer;
    await organizations.lock(tx, organizationId);
    const found = await demandProvider(tx, organizationId, id);
    const after = { ...found, ...defined(input) };
    const [told, tell] = [toldOf(found), toldOf(after)];
    const differing = Object.keys(tell).filter((key) => JSON.stringify(told[key]) !== JSON.stringify(tell[key]));
    if (differing.length === 0 && secret === undefined) return { result: { id }, event: null };
    if (after.name !== found.name)
      demandFreeName(
        (await signInProviders.list(tx, organizationId)).filter((row) => row.id !== id),
        after.name,
      );
    if (namesMore(found, after)) demandTrust(context);
    if (found.enabled && !after.enabled) await demandOtherWay(tx, context, found, platform);
    await signInProviders.update(tx, {
      organizationId,
      id,
      ...defined(input),
      ...(secret !== undefined && { clientSecret: platform.sealer.seal(secret, { organizationId, id, column: secretColumn }) }),
      updatedAt: platform.now(),
    });
    const chosen = (all: Record<string, Json>) => Object.fromEntries(differing.map((key) => [key, all[key] ?? null]));
    // Of a secret only the fact is told that there is another one.
    const secretTold = secret !== undefined && { client_secret_replaced: true };
    return {
      result: { id },
      event: {
        resource: { type: "sign_in_provider", id, name: after.name },
        ...(differing.length > 0 && { changes: { before: chosen(told), after: chosen(tell) } }),
        metadata: { issuer: found.issuer, ...secretTold },
      },
    };
  },
});

/** Sessions that it opened end at once. */
export const removeProvider = defineChange({
  name: "signInProviders.remove",
  needs: "security:write",
  feature: "single_sign_on",
  records: "sign_in_provider_deleted",
  input: z.object({ providerId }),
  async run(tx, context, input, platform) {
    const { organizationId } = context.viewer;
    await organizations.lock(tx, organizationId);
    const found = await demandProvider(tx, organizationId, input.providerId);
    await demandOtherWay(tx, context, found, platform);
    const people = await signInProviders.identityCount(tx, organizationId, found.id);
    await signInProviders.remove(tx, organizationId, found.id);
    return {
      result: { id: found.id },
      event: {
        resource: { type: "sign_in_provider", id: found.id, name: found.name },
        changes: { before: toldOf(found), after: null },
        metadata: { issuer: found.issuer, client_id: found.clientId },
        counts: { people },
      },
    };
  },
});

/** The client secret as the provider knows it; for signing in alone. */
export const clientSecretOf = (platform: Pick<Platform, "sealer">, { organizationId, id, clientSecret: sealed }: SignInProvider): string =>
  platform.sealer.open(sealed, { organizationId, id, column: secretColumn });

async function demandProvider(db: Executor, organizationId: string, id: string): Promise<SignInProvider> {
  const found = await signInProviders.find(db, organizationId, id);
  if (!found) throw new Refusal("not_found", "There is no such sign-in provider in this organization.");
  return found;
}

/** Whether more people come in by it than before. */
const namesMore = (before: SignInProvider, after: Pick<SignInProvider, "enabled" | "emailDomains">): boolean =>
  (after.enabled && !before.enabled) || after.emailDomains.some((domain) => !before.emailDomains.includes(domain));

/** A provider says who somebody is. An admin who chose it could have it name an owner, and would be one. */
function demandTrust({ viewer }: Context): void {
  const { allowed, reason } = may(viewer, "sign-in-providers:trust");
  if (!allowed) throw new Refusal("forbidden", reason);
}

/** The last way in stays, and so does the one that its remover came by. */
async function demandOtherWay(tx: Tx, { viewer }: Context, provider: SignInProvider, platform: Platform): Promise<void> {
  const rules = rulesOf(await signInRules.find(tx, viewer.organizationId));
  if (!rules.ssoOnly) return;
  if ((await signInProviders.provenCount(tx, viewer.organizationId, provider.id)) === 0)
    throw new Refusal("conflict", "This organization opens by single sign-on alone, and this is its last provider that works. Turn that rule off first.");
  if (viewer.kind !== "member" || viewer.signedIn === undefined) return;
  const without = { ...viewer.signedIn, providerEnabled: viewer.signedIn.method !== "single_sign_on" };
  const bar = barOf(rules, without, { role: viewer.role, plan: viewer.plan, now: platform.now() });
  if (bar) throw new Refusal("conflict", "You may have come in by this provider. Sign in another way, then turn it off.");
}

function demandFreeName(others: readonly SignInProvider[], wanted: string): void {
  if (others.some((row) => row.name.toLowerCase() === wanted.toLowerCase()))
    throw new Refusal("conflict", "Another provider of this organization has this name.", "name");
}

/** What of a provider stands in the log: all but its secret. */
const toldOf = (row: Pick<SignInProvider, "name" | "emailDomains" | "enabled"> & { autoJoinRole: string | null }): Record<string, Json> => ({
  name: row.name,
  email_domains: row.emailDomains,
  enabled: row.enabled,
  auto_join_role: row.autoJoinRole,
});

const viewOf = (row: SignInProvider, people: number): ProviderView => ({
  id: row.id,
  name: row.name,
  issuer: row.issuer,
  clientId: row.clientId,
  emailDomains: row.emailDomains,
  enabled: row.enabled,
  autoJoinRole: row.autoJoinRole === null ? null : "member",
  people,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
});

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
const defined = <T extends object>(input: T): Defined<T> => Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Defined<T>;
