import type { AuditEvent } from "@daybook/event";
import type { Query } from "@daybook/query";
import { visibleTo } from "@daybook/policy";
import { feedEventsMax } from "@daybook/store";
import { z } from "zod";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";
import { record } from "../record.ts";
import { defineRead } from "../verb.ts";
import { logQueryInput, scopedQuery } from "./search.ts";

export interface FeedPage {
  events: AuditEvent[];
  /** Where the next step begins. */
  nextAfterSeq: number;
  /** Everything that was acknowledged before this instant has been handed out; null while more is waiting. */
  completeUntil: string | null;
}

/** Events in full, in the order of their commits, for machines that follow the log. */
export const feedEvents = defineRead({
  name: "events.feed",
  needs: "events:read",
  input: z.object({
    afterSeq: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
    limit: z.number().int().min(1).max(feedEventsMax).default(100),
  }),
  async run({ store, now }, context, { afterSeq, limit }): Promise<FeedPage> {
    const { organizationId } = context.viewer;
    const readAt = now().toISOString();
    const head = await store.lastSeq(organizationId);
    const step = await store.feed(organizationId, { afterSeq, query: visibleTo(context.viewer), limit });
    return { events: step.events, nextAfterSeq: step.lastSeq, completeUntil: step.lastSeq >= head ? readAt : null };
  },
});

/** What a live view follows: the viewer's query, and the end of the log as it is now. */
export const openTail = defineRead({
  name: "events.tail",
  needs: "events:read",
  input: logQueryInput,
  run: async ({ store }, context, input): Promise<{ query: Query; lastSeq: number }> => ({
    query: scopedQuery(context, input),
    lastSeq: await store.lastSeq(context.viewer.organizationId),
  }),
});

/** Says in the log that it was read through the API: once per reader and minute, and before anything is handed out. */
export async function recordLogAccess(platform: Platform, context: Context): Promise<void> {
  const minute = platform.now().toISOString().slice(0, 16);
  await platform.store.transaction(context.viewer.organizationId, (tx) =>
    record(platform, tx, context, { action: "audit_log_accessed", idempotency_key: `accessed:${context.viewer.actor.id}:${minute}` }),
  );
}
