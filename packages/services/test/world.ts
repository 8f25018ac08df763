import { vocabulary } from "@daybook/catalog";
import { prepareEvent } from "@daybook/event";
import type { AuditEvent, EventInput } from "@daybook/event";
import { everything } from "@daybook/query";
import { members, openStore } from "@daybook/store";
import { fixedClock, testDatabase } from "@daybook/testkit";
import { foundOrganization, newId, rollUp, consume } from "../src/index.ts";
import type { Context, OrganizationStarter } from "../src/index.ts";
import { record } from "../src/record.ts";
import { platformOn } from "./platform-on.ts";

const fillEventsMax = 5_000;

/** A database, a clock that stands still, and doors that lead nowhere. */
export async function openWorld(at: string) {
  const database = await testDatabase();
  const clock = fixedClock(at);
  const store = openStore({ url: database.url, applicationName: "test", max: 4 });
  const platform = platformOn(store, { now: clock.now, origin: "https://daybook.acme.example" });
  const prepareMonth = () => store.ensurePartitions([clock.now()]);
  await prepareMonth();
  return {
    url: database.url,
    clock: {
      async set(to: string): Promise<void> {
        clock.set(to);
        await prepareMonth();
      },
    },
    platform,
    store,
    /** An organization with its owner, who is the context that comes back. */
    found: (name: string, { starters = [], timeZone = "Europe/Paris" }: { starters?: OrganizationStarter[]; timeZone?: string } = {}) =>
      store.transaction(async (tx): Promise<Context> => {
        const owner = { userId: newId(platform), name: `${name}'s owner`, email: `owner@${name.toLowerCase()}.example` };
        await members.insertUser(tx, { id: owner.userId, accountId: newId(platform), name: owner.name, email: owner.email, passwordHash: "-" });
        return (await foundOrganization(tx, platform, { owner, name, timeZone, demo: false, request: {}, starters })).context;
      }),
    /** Writes events as the context's own acts. */
    async write(context: Context, events: EventInput[]): Promise<void> {
      await store.ensurePartitions(events.flatMap(({ occurred_at }) => occurred_at ?? []));
      await store.transaction(async (tx) => {
        for (const event of events) await record(platform, tx, context, event);
      });
    },
    /** Many events of one kind, as fast as the log takes them. */
    async fill({ viewer }: Context, times: string[]): Promise<void> {
      await store.ensurePartitions(times);
      for (let from = 0; from < times.length; from += fillEventsMax) {
        const items = times.slice(from, from + fillEventsMax).map((occurred_at) => {
          const arrival = { id: newId(platform), receivedAt: clock.now(), source: "api", tokenId: null, origin: null, actor: viewer.actor };
          const prepared = prepareEvent({ action: "notebook_created", occurred_at }, arrival, vocabulary);
          if ("problem" in prepared) throw new Error(prepared.problem.message);
          return { event: prepared.event };
        });
        await store.append(viewer.organizationId, items);
      }
    },
    rollUp: () => consume(platform, rollUp),
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
      const rows: Record<string, unknown>[] = await store.db.execute(statement);
      if (!rows[0]) throw new Error("the statement returned no row");
      return rows[0] as Row;
    },
    async close(): Promise<void> {
      await store.close();
      await database.close();
    },
  };
}

export type World = Awaited<ReturnType<typeof openWorld>>;

export const asMember = (context: Context): Context => {
  if (context.viewer.kind !== "member") throw new Error("only a person has a role");
  return { ...context, viewer: { ...context.viewer, role: "member" } };
};
