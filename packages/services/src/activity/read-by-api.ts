import { createHash } from "node:crypto";
import { printClause } from "@daybook/query";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";
import { record } from "../record.ts";
import { defineRead } from "../verb.ts";
import { feedEvents } from "./follow.ts";
import { questionIn } from "./open-log-page.ts";
import type { Question } from "./open-log-page.ts";
import { getOperation, listOperations } from "./operations.ts";
import { askedQuery, askerOf, listEvents } from "./search.ts";
import { viewLog } from "./view-log.ts";

/**
 * What programs read: the same answers as everybody's, and each question of a token is in the log with its words, once a minute and before anything is
 * handed out. What is refused was not read.
 */
export const listEventsByApi = defineRead({
  ...listEvents,
  async run(platform, context, input) {
    (await viewLog(platform, context, input.teamId)).within(askedQuery(input, askerOf(context)));
    const of = input.logType === undefined ? "Events" : input.logType === "system" ? "System events" : "User activity";
    await recordLogAccess(platform, context, { of, ...questionIn(input.filter) });
    return listEvents.run(platform, context, input);
  },
});

export const feedEventsByApi = defineRead({
  ...feedEvents,
  async run(platform, context, input) {
    await recordLogAccess(platform, context, { of: "Feed of events", query: "all events" });
    return feedEvents.run(platform, context, input);
  },
});

export const listOperationsByApi = defineRead({
  ...listOperations,
  async run(platform, context, input) {
    await recordLogAccess(platform, context, { of: "Operations", query: input.state === "any" ? "all operations" : `state=${input.state}` });
    return listOperations.run(platform, context, input);
  },
});

export const getOperationByApi = defineRead({
  ...getOperation,
  async run(platform, context, input) {
    const values = [{ text: input.operationId, glob: false }];
    await recordLogAccess(platform, context, { of: "Operations", query: printClause({ is: "key", negated: false, key: "operation_id", values }) });
    return getOperation.run(platform, context, input);
  },
});

/** Of each process and minute; who is forgotten is told again by the database. */
const rememberedMax = 10_000;
const remembered = new WeakMap<Platform["store"], { minute: string; keys: Set<string> }>();

/** The database decides; the memory only spares it the repeats. A range is no part of what makes another question: who polls moves it all the while. */
export async function recordLogAccess(platform: Platform, context: Context, { of, query, ...range }: Question & { of: string }): Promise<void> {
  const { organizationId, actor } = context.viewer;
  const minute = platform.now().toISOString().slice(0, 16);
  const asked = createHash("sha256")
    .update(JSON.stringify([of, query]))
    .digest("hex");
  const key = `accessed:${actor.id}:${minute}:${asked}`;
  const found = remembered.get(platform.store);
  const known = found?.minute === minute && found.keys.size < rememberedMax ? found : { minute, keys: new Set<string>() };
  remembered.set(platform.store, known);
  if (known.keys.has(`${organizationId}:${key}`)) return;
  await platform.store.transaction(organizationId, (tx) =>
    record(platform, tx, context, {
      action: "audit_log_accessed",
      resource: { type: "audit_log", name: of },
      metadata: { query, ...range },
      idempotency_key: key,
    }),
  );
  known.keys.add(`${organizationId}:${key}`);
}
