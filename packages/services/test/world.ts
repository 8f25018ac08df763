import { vocabulary } from "@daybook/catalog";
import { builtInRedactor, prepareEvent } from "@daybook/event";
import type { AuditEvent, EventInput } from "@daybook/event";
import { everything } from "@daybook/query";
import { fixedClock } from "@daybook/testkit";
import { consume, foldOperations, newId, record, rollUp } from "../src/index.ts";
import type { Context, OrganizationStarter } from "../src/index.ts";
import { look, testOrganization, testPlatform } from "./test-platform.ts";

const fillEventsMax = 5_000;

/** A platform whose clock stands still, and what a test does to its organizations. */
export async function openWorld(at: string) {
  const clock = fixedClock(at);
  const platform = await testPlatform({ now: clock.now, origin: "https://daybook.acme.example" });
  const { store, url, close } = platform;
  return {
    url,
    clock: {
      async set(to: string): Promise<void> {
        clock.set(to);
        await store.ensurePartitions([clock.now()]);
      },
    },
    platform,
    store,
    found: (name: string, founding: { timeZone?: string; starters?: OrganizationStarter[] } = {}) => testOrganization(platform, { name, ...founding }),
    /** Writes events as the context's own acts. */
    async write(context: Context, events: EventInput[]): Promise<void> {
      await store.ensurePartitions(events.flatMap(({ occurred_at }) => occurred_at ?? []));
      await store.platformTransaction(async (tx) => {
        for (const event of events) await record(platform, tx, context, event);
      });
    },
    /** Many events of one kind, as fast as the log takes them. */
    async fill({ viewer }: Context, times: string[]): Promise<void> {
      await store.ensurePartitions(times);
      for (let from = 0; from < times.length; from += fillEventsMax) {
        const items = times.slice(from, from + fillEventsMax).map((occurred_at) => {
          const arrival = { id: newId(platform), receivedAt: clock.now(), source: "api", tokenId: null, origin: null, actor: viewer.actor };
          const prepared = prepareEvent({ action: "notebook_created", occurred_at }, arrival, vocabulary, builtInRedactor);
          if ("problem" in prepared) throw new Error(prepared.problem.message);
          return { event: prepared.event };
        });
        await store.append(viewer.organizationId, items);
      }
    },
    rollUp: () => consume(platform, rollUp),
    foldOperations: () => consume(platform, foldOperations),
    /** The log from its beginning. */
    async log(context: Context, action?: string): Promise<AuditEvent[]> {
      const found: AuditEvent[] = [];
      for (let afterSeq = 0; ;) {
        const { events, lastSeq } = await store.feed(context.viewer.organizationId, { afterSeq, query: everything, limit: 1_000 });
        if (lastSeq === afterSeq) return found.filter((event) => action === undefined || event.action === action);
        found.push(...events);
        afterSeq = lastSeq;
      }
    },
    /** One row of SQL, for what no verb tells. */
    async ask<Row extends Record<string, unknown>>(statement: string): Promise<Row> {
      const [row] = await look<Row>(platform, statement);
      if (!row) throw new Error("the statement returned no row");
      return row;
    },
    close,
  };
}

export type World = Awaited<ReturnType<typeof openWorld>>;
