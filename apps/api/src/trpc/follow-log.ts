import type { EventRow } from "@daybook/event";
import type { Shown } from "@daybook/policy";
import { auditorGrantsOf } from "@daybook/policy";
import { behindEventsMax, openTail, read, recordFollowed, stepEventsMax } from "@daybook/services";
import type { Context } from "@daybook/services";
import { tracked } from "@trpc/server";
import type { TrackedEnvelope } from "@trpc/server";
import type { z } from "zod";
import type { MemberContext } from "./context.ts";
import { asOfNow, throughBorrowedEyes } from "./init.ts";
import type { tailInput } from "./tail-input.ts";

/** For so long a stream goes by what its viewer was allowed: a role, a team or a grant taken away ends what is seen through it. */
const standingHoldsMs = 1_000;

/** Yields the viewer's events from where the client stopped, or from now on, for as long as the client stays and the viewer may see them. */
export async function* followLog(
  ctx: MemberContext,
  { lastEventId, afterSeq: begin, ...input }: z.infer<typeof tailInput>,
  signal: AbortSignal | undefined,
): AsyncGenerator<TrackedEnvelope<Shown<EventRow>>, void, undefined> {
  const { platform, tailHub } = ctx;
  const { organizationId } = ctx.context.viewer;
  const follower = tailHub.follow(organizationId, signal ?? new AbortController().signal);
  try {
    let context = await throughBorrowedEyes(ctx);
    let { log, asked, lastSeq } = await read(platform, context, openTail, input);
    let askedAt = performance.now();
    const known = lastEventId ? Number(lastEventId) : begin;
    let afterSeq = known === undefined ? lastSeq : Math.max(known, lastSeq - behindEventsMax);
    await recordFollowed(platform, context, { asked: input, afterSeq, lastSeq });
    while (follower.active) {
      if (performance.now() - askedAt >= standingHoldsMs || hasExpired(context, platform.now())) {
        context = await asOfNow(ctx);
        ({ log, asked, lastSeq } = await read(platform, context, openTail, input));
        askedAt = performance.now();
      }
      const step = await log.tail({ asked, afterSeq, limit: stepEventsMax });
      for (const event of step.events) yield tracked(String(event.seq), event);
      if (step.lastSeq === afterSeq) await follower.changed();
      afterSeq = step.lastSeq;
    }
  } finally {
    follower.leave();
  }
}

const hasExpired = ({ viewer }: Context, now: Date): boolean => auditorGrantsOf(viewer).some(({ expiresAt }) => Date.parse(expiresAt) <= now.getTime());
