import type { EventRow } from "@daybook/event";
import { openTail, read } from "@daybook/services";
import { tracked } from "@trpc/server";
import type { TrackedEnvelope } from "@trpc/server";
import type { z } from "zod";
import type { MemberContext } from "./context.ts";
import type { tailInput } from "./tail-input.ts";

/** Rows of one step; the next step follows at once while there is more. */
const stepEventsMax = 200;
/** Who was away for longer than this many events begins nearer to the end: the console reads its list anew anyway. */
const behindEventsMax = 10_000;

/** Yields the viewer's events from where the client stopped, or from now on, for as long as the client stays. */
export async function* followLog(
  { platform, context, tailHub }: MemberContext,
  { lastEventId, afterSeq: begin, ...input }: z.infer<typeof tailInput>,
  signal: AbortSignal | undefined,
): AsyncGenerator<TrackedEnvelope<EventRow>, void, undefined> {
  const { organizationId } = context.viewer;
  const follower = tailHub.follow(organizationId, signal ?? new AbortController().signal);
  try {
    const { query, lastSeq } = await read(platform, context, openTail, input);
    const known = lastEventId ? Number(lastEventId) : begin;
    let afterSeq = known === undefined ? lastSeq : Math.max(known, lastSeq - behindEventsMax);
    while (follower.active) {
      const step = await platform.store.tail(organizationId, { afterSeq, query, limit: stepEventsMax });
      for (const event of step.events) yield tracked(String(event.seq), event);
      if (step.lastSeq === afterSeq) await follower.changed();
      afterSeq = step.lastSeq;
    }
  } finally {
    follower.leave();
  }
}
