import { diff, Refusal } from "@daybook/event";
import { members, organizations } from "@daybook/store";
import type { Tx } from "@daybook/store";
import { z } from "zod";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";
import { starters } from "../starters.ts";
import { defineChange, defineRead, demand, parseInput } from "../verb.ts";
import { demandOwnProof } from "./own-proof.ts";
import { foundOrganization, timeZone } from "./set-up.ts";

const organizationName = z.string().trim().min(1, "name the organization").max(100);
/** As it stands in addresses. */
const slugPattern = /^[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?$/;
/** Names in URLs are the whole installation's: nobody may collect them. */
const slugsMax = 20;
const foundingsPerDayMax = 5;
const dayMs = 86_400_000;

export interface OrganizationView {
  name: string;
  slug: string;
  formerSlugs: string[];
  timeZone: string;
  createdAt: string;
  demo: boolean;
}

export const getOrganization = defineRead({
  name: "organization.get",
  needs: "organization:read",
  input: z.object({}).optional(),
  async run({ store }, { viewer: { organizationId } }): Promise<OrganizationView> {
    const [organization, slugs] = await Promise.all([
      organizations.find(store.of(organizationId), organizationId),
      organizations.slugsOf(store.of(organizationId), organizationId),
    ]);
    if (!organization) throw new Refusal("not_found", "There is no such organization.");
    const { name, slug, timeZone: zone, createdAt, demo } = organization;
    return { name, slug, formerSlugs: slugs.filter((each) => each !== slug), timeZone: zone, createdAt: createdAt.toISOString(), demo };
  },
});

export const updateOrganization = defineChange({
  name: "organization.update",
  needs: "organization:manage",
  records: "organization_updated",
  input: z
    .object({
      name: organizationName.optional(),
      slug: z.string().regex(slugPattern, "needs 1 to 48 small letters, digits and dashes, with no dash at its ends").optional(),
      timeZone: timeZone.optional(),
    })
    .refine((input) => Object.values(input).some((value) => value !== undefined), "Say what to change: `name`, `slug` or `timeZone`."),
  async run(tx, { viewer }, input, platform) {
    const { organizationId } = viewer;
    const organization = await organizations.lock(tx, organizationId);
    if (!organization) throw new Refusal("not_found", "There is no such organization.");
    const was = { name: organization.name, slug: organization.slug, timeZone: organization.timeZone };
    const wanted = { name: input.name ?? was.name, slug: input.slug ?? was.slug, timeZone: input.timeZone ?? was.timeZone };
    const changes = { before: recorded(was), after: recorded(wanted) };
    if (diff(changes.before, changes.after).length === 0) return { result: { slug: was.slug, changed: false }, event: null };
    if (wanted.slug !== was.slug) await takeSlug(tx, organizationId, { slug: wanted.slug, at: platform.now() });
    await organizations.update(tx, organizationId, wanted);
    return {
      result: { slug: wanted.slug, changed: true },
      event: { resource: { type: "organization", id: organizationId, name: wanted.name }, changes },
    };
  },
});

const recorded = ({ name, slug, timeZone: zone }: { name: string; slug: string; timeZone: string }) => ({ name, slug, time_zone: zone });

async function takeSlug(tx: Tx, organizationId: string, { slug, at }: { slug: string; at: Date }): Promise<void> {
  // Whoever founds an organization has looked for a free name already.
  await organizations.lockFounding(tx);
  const held = await organizations.slugsOf(tx, organizationId);
  if (!held.includes(slug) && held.length >= slugsMax)
    throw new Refusal("conflict", `The organization has had ${slugsMax} names in URLs, which is as many as it can have. Take one of them again.`, "slug");
  if (!(await organizations.takeSlug(tx, organizationId, { slug, at })))
    throw new Refusal("conflict", `The name "${slug}" is or was another organization's, and old links must lead nowhere else. Choose another.`, "slug");
}

export const newOrganizationInput = z.object({ name: organizationName, timeZone: timeZone.optional() });

/** Makes one more organization for somebody who owns one already, and makes them its owner. Its own log begins with that. */
export async function createOrganization(platform: Platform, context: Context, input: unknown): Promise<{ id: string; slug: string }> {
  await demand(platform, context, { name: "organizations.create", needs: "organizations:create" });
  const { viewer } = context;
  if (viewer.kind !== "member") throw new Refusal("forbidden", "Only a person can become the owner of an organization.");
  // It would make its person the owner of something that this session could not even open.
  demandOwnProof(viewer, "to found an organization");
  const asked = parseInput(newOrganizationInput, input);
  const own = await organizations.find(platform.store.of(viewer.organizationId), viewer.organizationId);
  if (!own || own.demo) throw new Refusal("conflict", "This is demo data. Found an organization from one of your own.");
  return found(platform, { ...asked, timeZone: asked.timeZone ?? own.timeZone }, { ownerId: viewer.userId, request: context.request });
}

/** The operator's way: for any user of this Daybook, as often as wanted. */
export async function createOrganizationFor(platform: Platform, email: string, input: unknown): Promise<{ id: string; slug: string }> {
  const asked = parseInput(newOrganizationInput.required(), input);
  const user = await members.findUserByEmail(platform.store.platform, email);
  if (!user) throw new Refusal("not_found", `Nobody with the address "${email}" has an account here. Invite them into an organization first.`, "owner");
  return found(platform, asked, { ownerId: user.id, request: {}, operator: true });
}

async function found(
  platform: Platform,
  { name, timeZone: zone }: { name: string; timeZone: string },
  { ownerId, request, operator = false }: { ownerId: string; request: Context["request"]; operator?: boolean },
): Promise<{ id: string; slug: string }> {
  return platform.store.platformTransaction(async (tx) => {
    await organizations.lockFounding(tx);
    if (!operator && (await organizations.foundedSince(tx, ownerId, new Date(platform.now().getTime() - dayMs))) >= foundingsPerDayMax)
      throw new Refusal("conflict", `You founded ${foundingsPerDayMax} organizations within a day, which is as many as one person can. Try again tomorrow.`);
    const user = await members.findUser(tx, ownerId);
    if (!user) throw new Refusal("not_found", "There is no such user.");
    const owner = { userId: user.id, name: user.name, email: user.email };
    const { organization } = await foundOrganization(tx, platform, { owner, name, timeZone: zone, demo: false, request, starters, byOperator: operator });
    return { id: organization.id, slug: organization.slug };
  });
}
