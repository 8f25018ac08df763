import { isTimeZone, Refusal } from "@daybook/event";
import { members, organizations } from "@daybook/store";
import type { Tx } from "@daybook/store";
import { z } from "zod";
import { asDaybook, newId } from "../context.ts";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";
import { record } from "../record.ts";
import { insertToken } from "./tokens/insert-token.ts";
import { inDays } from "./tokens/token-input.ts";
import { tokenState } from "./tokens/token-words.ts";
import { actingMember } from "./viewers.ts";

export const passwordLengthMin = 12;
const passwordLengthMax = 128;
export const newPassword = z.string().min(passwordLengthMin, `needs at least ${passwordLengthMin} characters`).max(passwordLengthMax);

/** An IANA zone that this runtime knows. */
export const timeZone = z.string().refine(isTimeZone, "is not a time zone such as Europe/Paris");

export const setUpInput = z.object({
  owner: z.object({
    name: z.string().trim().min(1, "tell your name").max(100),
    email: z.email("is not an e-mail address").max(254),
    password: newPassword,
  }),
  organization: z.object({ name: z.string().trim().min(1, "name the organization").max(100), timeZone }),
});

export interface SetUpResult {
  organization: { id: string; slug: string };
  userId: string;
  /** Shown once, in the first curl. */
  token: string;
}

/** Things that are made with every organization; areas add theirs here. */
export type OrganizationStarter = (tx: Tx, context: Context, platform: Platform) => Promise<void>;

/** Makes the first owner and organization. Works exactly once on a database: who comes second is refused. */
export async function setUp(
  platform: Platform,
  input: z.infer<typeof setUpInput>,
  { passwordHash, request, starters }: { passwordHash: string; request: Context["request"]; starters: readonly OrganizationStarter[] },
): Promise<SetUpResult> {
  return platform.store.platformTransaction(async (tx) => {
    await organizations.lockSetup(tx);
    if (await organizations.any(tx)) throw new Refusal("conflict", "Daybook is set up already. Sign in instead.");
    const userId = newId(platform);
    const email = input.owner.email.toLowerCase();
    await members.insertUser(tx, { id: userId, accountId: newId(platform), name: input.owner.name, email, passwordHash });
    const owner = { userId, name: input.owner.name, email };
    const { organization, context } = await foundOrganization(tx, platform, { owner, request, starters: [], ...input.organization, demo: false });
    const first = { name: "First token", scopes: ["events:write", "events:read"] as const, expiresAt: inDays(platform) };
    const { token, id } = await insertToken(tx, context, platform, first);
    const metadata = tokenState({ ...first, scopes: [...first.scopes], allowedCidrs: [], source: null });
    await record(platform, tx, context, {
      action: "api_token_workspace_created",
      resource: { type: "api_token", id, name: first.name },
      changes: { before: null, after: metadata },
      metadata,
    });
    // After the token: the alert rule that a starter makes watches what comes behind it.
    for (const starter of starters) await starter(tx, context, platform);
    return { organization: { id: organization.id, slug: organization.slug }, userId, token };
  });
}

export interface Founding {
  owner: { userId: string; name: string; email: string };
  name: string;
  timeZone: string;
  demo: boolean;
  request: Context["request"];
  starters: readonly OrganizationStarter[];
  /** Whoever runs this Daybook makes it for its owner, and the log says so. */
  byOperator?: boolean;
}

/** An organization with its head, its owner, and the events that say so. */
export async function foundOrganization(tx: Tx, platform: Platform, { owner, name, timeZone: zone, demo, request, starters, byOperator = false }: Founding) {
  const id = newId(platform);
  // One instant for both: who founded an organization is who became a member of it at that very moment.
  const createdAt = platform.now();
  const organization = await organizations.insert(tx, { id, name, slug: await freeSlug(tx, name), timeZone: zone, demo, createdAt });
  await members.insert(tx, { organizationId: id, userId: owner.userId, role: "owner", createdAt });
  const context: Context = {
    viewer: actingMember({ organizationId: id, role: "owner", person: { ...owner, id: owner.userId } }),
    origin: "interface",
    request,
  };
  const founder = byOperator ? asDaybook(id, "Operator") : context;
  await record(platform, tx, founder, { action: "organization_created", resource: { type: "organization", id, name }, metadata: { time_zone: zone } });
  for (const starter of starters) await starter(tx, context, platform);
  return { organization, context };
}

const slugTriesMax = 1_000;

async function freeSlug(tx: Tx, name: string): Promise<string> {
  const base = slugOf(name);
  for (let attempt = 1; attempt <= slugTriesMax; attempt += 1) {
    const slug = attempt === 1 ? base : `${base}-${attempt}`;
    if (!(await organizations.slugTaken(tx, slug))) return slug;
  }
  throw new Refusal("conflict", "Too many organizations have this name. Choose another.");
}

/** The name in URLs: letters, digits and dashes. */
export const slugOf = (name: string): string =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 40) || "organization";
