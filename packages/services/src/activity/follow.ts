import { Refusal } from "@daybook/event";
import type { AuditEvent, EventRow } from "@daybook/event";
import type { Query } from "@daybook/query";
import type { Shown } from "@daybook/policy";
import { feedEventsMax } from "@daybook/store";
import { z } from "zod";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";
import { defineRead } from "../verb.ts";
import { recordOpened } from "./open-log-page.ts";
import { askedQuery, askerOf, logQueryInput } from "./search.ts";
import type { LogQuery } from "./search.ts";
import { viewLog } from "./view-log.ts";
import type { LogView } from "./view-log.ts";

export interface FeedPage {
  events: Shown<AuditEvent>[];
  /** Where the next step begins. */
  nextAfterSeq: number;
  /** Everything that was acknowledged before this instant has been handed out; null while more is waiting. */
  completeUntil: string | null;
}

/** Events in full, in the order of their commits, for machines that follow the log. */
export const feedEvents = defineRead({
  name: "events.feed",
  needs: "events:read",
  feature: "log",
  input: z.object({
    afterSeq: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
    limit: z.number().int().min(1).max(feedEventsMax).default(100),
  }),
  async run(platform, context, { afterSeq, limit }): Promise<FeedPage> {
    const readAt = platform.now().toISOString();
    const head = await platform.store.lastSeq(context.viewer.organizationId);
    const step = await (await viewLog(platform, context)).feed({ afterSeq, limit });
    return { events: step.events, nextAfterSeq: step.lastSeq, completeUntil: step.lastSeq >= head ? readAt : null };
  },
});

/** What a live view follows: the log as its viewer sees it now, what was asked for, and the end of the log. */
export const openTail = defineRead({
  name: "events.tail",
  needs: "events:read",
  feature: "log",
  input: logQueryInput,
  async run(platform, context, input): Promise<{ log: LogView; asked: Query; lastSeq: number }> {
    if (context.as) throw new Refusal("invalid", "The log as somebody else would see it is not followed live. Refresh to see what is new.");
    const log = await viewLog(platform, context, input.teamId);
    const asked = askedQuery(input, askerOf(context));
    // What may not be asked for is refused now and not at the first event.
    log.within(asked);
    return { log, asked, lastSeq: await platform.store.lastSeq(context.viewer.organizationId) };
  },
});

/** Rows of one step of a live view; the next step follows at once while there is more. */
export const stepEventsMax = 200;
/** Who was away for longer than this many events begins nearer to the end: the console reads its list anew anyway. */
export const behindEventsMax = 10_000;

export interface TailStep {
  events: Shown<EventRow>[];
  /** Where the next step begins. */
  lastSeq: number;
  /** Whether the next step would look at more. */
  hasMore: boolean;
}

/** One step of the live view, for whom no stream reaches: what was written down behind a place in the log. */
export const tailStep = defineRead({
  name: "events.since",
  needs: "events:read",
  feature: "log",
  input: logQueryInput.extend({ afterSeq: z.number().int().nonnegative() }),
  async run(platform, context, { afterSeq, ...input }): Promise<TailStep> {
    const { log, asked, lastSeq: head } = await openTail.run(platform, context, input);
    await recordFollowed(platform, context, { asked: input, afterSeq, lastSeq: head });
    const begin = Math.max(afterSeq, head - behindEventsMax);
    const step = await log.tail({ asked, afterSeq: begin, limit: stepEventsMax });
    // The last events may be gone, undone with their import: a step that found nothing is the last one.
    return { ...step, hasMore: step.lastSeq > begin && step.lastSeq < head };
  },
});

/** Who begins so far back reads the log and does not only follow it, and is in the log like whoever opens a page of it. */
export async function recordFollowed(
  platform: Platform,
  context: Context,
  { asked, afterSeq, lastSeq }: { asked: LogQuery; afterSeq: number; lastSeq: number },
): Promise<void> {
  if (lastSeq - afterSeq > stepEventsMax) await recordOpened(platform, context, asked);
}
