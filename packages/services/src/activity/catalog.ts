import { catalogEntries, classify, describeEvent, detailsSchema, namespaces, presets } from "@daybook/catalog";
import type { Availability, CatalogEntry, JsonSchema, NamedDetail, Scope } from "@daybook/catalog";
import { actionPattern, Refusal } from "@daybook/event";
import type { EventInput } from "@daybook/event";
import { seesFiguresOf, seesWholeLog } from "@daybook/policy";
import { allOf, equals, occurred } from "@daybook/query";
import { organizations, sightings } from "@daybook/store";
import type { Sighting, Store } from "@daybook/store";
import { z } from "zod";
import { readersOf } from "../context.ts";
import { defineRead } from "../verb.ts";
import { daysBetween } from "./buckets.ts";
import { viewLog } from "./view-log.ts";

/** When an action was seen, and how often, in the whole log of the organization. */
export interface SightingView {
  firstSeen: string;
  lastSeen: string;
  events: number;
}

/** A line of the catalog. `sighting` is null when it was never seen, and for who may not see figures of it. */
export interface CatalogLine extends Pick<
  CatalogEntry,
  "key" | "namespace" | "title" | "sentence" | "sample" | "operation" | "logType" | "scope" | "severity" | "since"
> {
  sighting: SightingView | null;
}

/** One way to group the vocabulary. */
export interface PresetView {
  id: string;
  title: string;
  groups: readonly { title: string; availability?: readonly Scope[]; actions: readonly string[] }[];
}

export interface CatalogView {
  entries: CatalogLine[];
  namespaces: { id: string; title: string }[];
  presets: PresetView[];
  /** Actions that the catalog does not know, up to `customCountedMax`; null for who does not see the whole log. */
  customCount: number | null;
  customCountedMax: number;
}

const entries = catalogEntries();
const known = entries.map(({ key }) => key);
const byKey = new Map(entries.map((entry) => [entry.key, entry]));
const customCountedMax = 1_000;
const customPageMax = 200;

/** The whole vocabulary, and what the organization has seen of it. */
export const listCatalog = defineRead({
  name: "catalog.list",
  needs: "events:read",
  feature: "log",
  input: z.object({}).optional(),
  async run({ store }, context): Promise<CatalogView> {
    const { viewer } = context;
    const told = readersOf(context).every(seesWholeLog);
    const toldOf = known.filter((action) => readersOf(context).every((reader) => seesFiguresOf(reader, action)));
    const seen = told ? await sightings.among(store.of(viewer.organizationId), viewer.organizationId, toldOf) : [];
    const sightingOf = new Map(seen.map((sighting) => [sighting.action, sightingView(sighting)]));
    return {
      entries: entries.map((entry) => ({ ...lineOf(entry), sighting: sightingOf.get(entry.key) ?? null })),
      namespaces: namespaces.map(({ id, title }) => ({ id, title })),
      presets: [...presets],
      customCount: told ? await sightings.countOthers(store.of(viewer.organizationId), viewer.organizationId, { than: known, max: customCountedMax }) : null,
      customCountedMax,
    };
  },
});

export interface CustomAction {
  key: string;
  /** What its events say when they bring no sentence of their own. */
  sample: string;
  namespace: string;
  operation: string;
  sighting: SightingView;
}

/** Actions that were written although the catalog does not know them, by key. Who does not see the whole log learns of none. */
export const listCustomActions = defineRead({
  name: "catalog.custom",
  needs: "events:read",
  feature: "log",
  input: z.object({
    containing: z.string().max(128).optional(),
    cursor: z.string().max(128).nullish(),
    limit: z.number().int().min(1).max(customPageMax).default(customPageMax),
  }),
  async run({ store }, context, { containing, cursor, limit }): Promise<{ actions: CustomAction[]; nextCursor: string | null }> {
    const { viewer } = context;
    if (!readersOf(context).every(seesWholeLog)) return { actions: [], nextCursor: null };
    const found = await sightings.listOthers(store.of(viewer.organizationId), viewer.organizationId, {
      than: known,
      containing,
      after: cursor ?? undefined,
      limit: limit + 1,
    });
    const page = found.slice(0, limit);
    return { actions: page.map(customAction), nextCursor: found.length > limit ? (page.at(-1)?.action ?? null) : null };
  },
});

export interface ActionView {
  key: string;
  custom: boolean;
  availability: Availability[];
  details: NamedDetail[];
  /** Null for a custom action: nobody said what it holds. */
  schema: JsonSchema | null;
  sampleEvent: EventInput;
  sighting: SightingView | null;
  /** Events of each of the last days that had any, by the organization's calendar; null for who may not see figures of it. */
  days: { start: string; events: number }[] | null;
  /** The latest event of it that the viewer may see. */
  latestEventId: string | null;
}

const daysShown = 30;
const hourMs = 3_600_000;

/** One action, with what its events hold and how often it was seen of late. */
export const getAction = defineRead({
  name: "catalog.get",
  needs: "events:read",
  feature: "log",
  input: z.object({ action: z.string().regex(actionPattern, "is no action's key") }),
  async run(platform, context, { action }): Promise<ActionView> {
    const { store, now } = platform;
    const { organizationId } = context.viewer;
    const told = readersOf(context).every((reader) => seesFiguresOf(reader, action));
    const [sighting] = told ? await sightings.among(store.of(organizationId), organizationId, [action]) : [];
    const entry = byKey.get(action);
    const log = await viewLog(platform, context);
    const { events } = await log.search({ asked: equals("action", action), limit: 1 });
    if (!entry && !sighting && events.length === 0)
      throw new Refusal("not_found", "The catalog knows no such action, and there is no event of it that you may see.");
    return {
      ...(entry ? knownAction(entry) : unknownAction(action)),
      sighting: sighting ? sightingView(sighting) : null,
      days: told ? await daysOf(store, organizationId, { action, now: now() }) : null,
      latestEventId: events[0]?.id ?? null,
    };
  },
});

type Described = Pick<ActionView, "key" | "custom" | "availability" | "details" | "schema" | "sampleEvent">;

const knownAction = ({ key, title, availability, details, sampleEvent }: CatalogEntry): Described => ({
  key,
  custom: false,
  availability,
  details,
  schema: detailsSchema({ key, title, details, resourceType: sampleEvent.resource?.type ?? "" }),
  sampleEvent,
});

const unknownAction = (key: string): Described => ({
  key,
  custom: true,
  availability: [],
  details: [],
  schema: null,
  sampleEvent: { action: key, actor: { type: "user", name: "Alice Chen", email: "alice@company.com" }, resource: { type: classify(key).namespace } },
});

async function daysOf(store: Store, organizationId: string, { action, now }: { action: string; now: Date }): Promise<{ start: string; events: number }[]> {
  const organization = await organizations.find(store.of(organizationId), organizationId);
  if (!organization) throw new Refusal("not_found", "There is no such organization.");
  const from = now.getTime() - daysShown * 24 * hourMs;
  const { buckets } = await store.histogram(organizationId, {
    query: allOf(equals("action", action), occurred({ from: new Date(from).toISOString() })),
    by: "status",
    grids: [daysBetween({ from, to: now.getTime(), zone: organization.timeZone })],
  });
  return buckets
    .map(({ start, counts }) => ({ start, events: Object.values(counts).reduce((sum, count) => sum + count, 0) }))
    .filter(({ events }) => events > 0);
}

const lineOf = ({ key, namespace, title, sentence, sample, operation, logType, scope, severity, since }: CatalogEntry): Omit<CatalogLine, "sighting"> => ({
  key,
  namespace,
  title,
  sentence,
  sample,
  operation,
  logType,
  scope,
  severity,
  since,
});

const customAction = (sighting: Sighting): CustomAction => {
  const { namespace, operation } = classify(sighting.action);
  const sample = describeEvent({ action: sighting.action, resource: null, related_resources: [], rows_affected: null, metadata: {} });
  return { key: sighting.action, sample, namespace, operation, sighting: sightingView(sighting) };
};

const sightingView = ({ firstSeen, lastSeen, events }: Sighting): SightingView => ({
  firstSeen: firstSeen.toISOString(),
  lastSeen: lastSeen.toISOString(),
  events,
});
