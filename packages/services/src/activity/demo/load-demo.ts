import { vocabulary } from "@daybook/catalog";
import { builtInRedactor, prepareEvent, Refusal } from "@daybook/event";
import type { EventInput } from "@daybook/event";
import { demos, members, organizations, payloadHash } from "@daybook/store";
import type { Demo, Tx } from "@daybook/store";
import { foundOrganization } from "../../access/set-up.ts";
import { actingMember } from "../../access/viewers.ts";
import { newId } from "../../context.ts";
import type { Context } from "../../context.ts";
import type { Platform } from "../../platform.ts";
import { record } from "../../record.ts";
import { starters } from "../../starters.ts";
import { demand } from "../../verb.ts";
import { importRecords } from "../../importing/import-records.ts";
import { demoCompany, demoEvents } from "./demo-events.ts";
import { insertDemoInventory } from "./demo-inventory.ts";
import { insertDemoTeams } from "./demo-teams.ts";

const batchEventsMax = 1_000;
/** Everybody sees the same month; only where it lies in time differs. */
const seed = 20_261_120;

/** Real records of the vendors, shipped with Daybook; their origin and licence lie beside them. */
export const demoSamples = [
  { vendor: "github", fileName: "github-audit.ndjson" },
  { vendor: "okta", fileName: "okta-system.ndjson" },
  { vendor: "cloudtrail", fileName: "aws-cloudtrail.ndjson" },
] as const;

export interface LoadedDemo {
  organization: { id: string; slug: string };
  events: number;
}

/**
 * Makes an organization of demo data beside the caller's own. Every event has a key and the month hangs on when the organization was made, so a load
 * that broke off anywhere is simply asked for again.
 */
export async function loadDemo(platform: Platform, context: Context): Promise<LoadedDemo> {
  await demand(platform, context, { name: "demo.load", needs: "organization:manage" });
  const samples = await Promise.all(demoSamples.map(async (sample) => ({ ...sample, text: await platform.fixtures(sample.fileName) })));
  const { demo, inside, zone } = await platform.store.platformTransaction((tx) => openDemo(tx, platform, context));
  const events = demoEvents({ now: demo.createdAt, seed, zone });
  await platform.store.ensurePartitions(events.flatMap(({ occurred_at }) => occurred_at ?? []));
  let stored = 0;
  for (let at = 0; at < events.length; at += batchEventsMax) stored += await append(platform, inside, events.slice(at, at + batchEventsMax));
  // A deployment without the samples has a demo without them.
  for (const { text, ...sample } of samples) if (text !== undefined) stored += await importSample(platform, inside, { ...sample, text });
  return platform.store.platformTransaction((tx) => closeDemo(tx, platform, context, { demo, events: stored }));
}

/** The demo as it was begun before, or a new one. Its own acts are those of the owner who sees it. */
async function openDemo(tx: Tx, platform: Platform, context: Context): Promise<{ demo: Demo; inside: Context; zone: string }> {
  const { organizationId } = context.viewer;
  const begun = await demos.lock(tx, organizationId);
  if (begun?.removingAt) throw new Refusal("conflict", "The demo data is being removed. Load it again when that has ended.");
  if (begun?.loadedAt) throw new Refusal("conflict", "The demo data is loaded already. Remove it before you load it again.");
  const own = await organizations.find(tx, organizationId);
  if (!own) throw new Refusal("not_found", "There is no such organization.");
  if (own.demo) throw new Refusal("conflict", "This is the demo data. Load it from your own organization.");
  const owner = await ownerFor(tx, context);
  if (begun) return { demo: begun, inside: asOwner(begun.demoId, owner, context), zone: own.timeZone };
  const founded = await foundOrganization(tx, platform, { owner, name: demoCompany, timeZone: own.timeZone, demo: true, request: context.request, starters });
  const { id: demoId, createdAt } = founded.organization;
  const demo = await demos.insert(tx, { organizationId, demoId, createdAt });
  await demos.bringMembers(tx, demo);
  await insertDemoTeams(tx, { demoId, ownerId: owner.userId, at: createdAt });
  await insertDemoInventory(tx, platform, { demoId, ownerId: owner.userId });
  return { demo, inside: founded.context, zone: own.timeZone };
}

type Owner = { userId: string; name: string; email: string };

/** Whoever asks; for the operator's command line the organization's first owner. */
async function ownerFor(tx: Tx, { viewer }: Context): Promise<Owner> {
  const userId = viewer.kind === "member" ? viewer.userId : await members.firstOwner(tx, viewer.organizationId);
  const user = userId === null ? null : await members.findUser(tx, userId);
  if (!user) throw new Refusal("conflict", "The organization has no owner who could own the demo data. Set Daybook up first.");
  return { userId: user.id, name: user.name, email: user.email };
}

const asOwner = (organizationId: string, { userId, name, email }: Owner, { request }: Context): Context => ({
  viewer: actingMember({ organizationId, role: "owner", person: { id: userId, name, email } }),
  origin: "interface",
  request,
});

async function append(platform: Platform, inside: Context, events: readonly EventInput[]): Promise<number> {
  const receivedAt = platform.now();
  const items = events.map((input) => {
    const arrival = { id: newId(platform), receivedAt, source: "demo", tokenId: null, origin: null, actor: inside.viewer.actor };
    const prepared = prepareEvent(input, arrival, vocabulary, builtInRedactor);
    if ("problem" in prepared) throw new Error(`an event of the demo was refused: ${prepared.problem.message}`);
    return { event: prepared.event, payloadHash: payloadHash(input) };
  });
  await platform.store.append(inside.viewer.organizationId, items);
  return items.length;
}

async function importSample(platform: Platform, inside: Context, sample: { vendor: string; fileName: string; text: string }): Promise<number> {
  const { created, duplicates } = await importRecords(platform, inside, sample);
  return created + duplicates;
}

async function closeDemo(tx: Tx, platform: Platform, context: Context, { demo, events }: { demo: Demo; events: number }): Promise<LoadedDemo> {
  const current = await demos.lock(tx, demo.organizationId);
  const organization = await organizations.find(tx, demo.demoId);
  if (!current || current.removingAt || !organization) throw new Refusal("conflict", "The demo data was removed while it was being loaded.");
  await demos.markLoaded(tx, demo.organizationId, platform.now());
  await record(platform, tx, context, {
    action: "demo_data_loaded",
    resource: { type: "organization", id: demo.demoId, name: organization.name },
    metadata: { events },
    idempotency_key: `demo:${demo.demoId}:loaded`,
  });
  return { organization: { id: organization.id, slug: organization.slug }, events };
}
