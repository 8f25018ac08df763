import type { EventInput } from "@daybook/event";
import { splitItems } from "@daybook/event";
import { equals, facetKeys } from "@daybook/query";
import {
  getEvent,
  getOperation,
  histogramOfEvents,
  ingest,
  listEvents,
  listOperations,
  memberViewer,
  read,
  relatedEvents,
  feedEvents,
  facetsOfEvents,
  listIncidents,
  openTail,
  tailStep,
  tryRedactionRule,
  valuesOfKey,
} from "../src/index.ts";
import type { Context } from "../src/index.ts";
import type { TestPlatform } from "./test-platform.ts";

/** The member as their next request finds them. */
export async function asNow(platform: TestPlatform, context: Context): Promise<Context> {
  const { id = "", name = "", email = "" } = context.viewer.actor;
  return { ...context, viewer: await memberViewer(platform, { id, name, email }, context.viewer.organizationId) };
}

export async function write(platform: TestPlatform, context: Context, events: readonly EventInput[]): Promise<void> {
  const append = (organizationId: string, items: Parameters<TestPlatform["store"]["append"]>[1]) => platform.store.append(organizationId, items);
  await ingest(platform, context, splitItems(JSON.stringify(events)), { append, retentionDays: null });
}

/** The newest event of an action, as it stands in the log. */
export async function newest(platform: TestPlatform, { viewer }: Context, action: string) {
  const { events } = await platform.store.search(viewer.organizationId, { query: equals("action", action), limit: 1 });
  const found = await platform.store.readEvent(viewer.organizationId, { id: events[0]?.id ?? "", query: { is: "everything" } });
  if (!found) throw new Error(`nothing was recorded under ${action}`);
  return found.event;
}

/** What a viewer gets by every way in which events leave; a way that is closed to them tells so. */
export async function everyWay(
  platform: TestPlatform,
  context: Context,
  { eventId, operationId }: { eventId: string; operationId: string },
): Promise<Record<string, string>> {
  const ways: Record<string, () => Promise<unknown>> = {
    list: () => read(platform, context, listEvents, { filter: { operationId } }),
    "list of all": () => read(platform, context, listEvents, { limit: 200 }),
    event: () => read(platform, context, getEvent, { id: eventId }),
    related: () => read(platform, context, relatedEvents, { id: eventId }),
    feed: () => read(platform, context, feedEvents, { afterSeq: 0, limit: 1_000 }),
    tail: async () => {
      const { log, asked } = await read(platform, context, openTail, {});
      return log.tail({ asked, afterSeq: 0, limit: 200 });
    },
    since: () => read(platform, context, tailStep, { afterSeq: 0 }),
    histogram: () => read(platform, context, histogramOfEvents, { filter: { operationId } }),
    facets: () => read(platform, context, facetsOfEvents, { filter: { operationId }, keys: [...facetKeys] }),
    values: async () => Promise.all(facetKeys.map((key) => read(platform, context, valuesOfKey, { key }))),
    operations: () => read(platform, context, listOperations, {}),
    operation: () => read(platform, context, getOperation, { operationId }),
    incidents: () => read(platform, context, listIncidents, {}),
    "redaction try-out": () => read(platform, context, tryRedactionRule, { rule: { name: "words", kind: "pattern", expression: "signed in" } }),
  };
  const told = await Promise.all(
    Object.entries(ways).map(async ([name, way]) => [
      name,
      await way().then(
        (answer) => JSON.stringify(answer),
        (error: unknown) => `refused: ${String(error)}`,
      ),
    ]),
  );
  return Object.fromEntries(told) as Record<string, string>;
}
