import { Refusal } from "@daybook/event";
import { cases } from "@daybook/store";
import { z } from "zod";
import { viewLog } from "../activity/view-log.ts";
import { defineChange } from "../verb.ts";
import { lockOpenCase, resourceOf } from "./case-access.ts";
import { noteLengthMax, pinsAtOnceMax, pinsMax } from "./limits.ts";

/** Events that are pinned already stay as they are, but for a note that is given anew. */
export const pinEvents = defineChange({
  name: "cases.pin",
  needs: "cases:work",
  records: "case_event_pinned",
  input: z.object({
    caseId: z.uuid(),
    eventIds: z.array(z.uuid()).min(1).max(pinsAtOnceMax),
    note: z.string().trim().max(noteLengthMax).optional(),
  }),
  async run(tx, context, { caseId, note, ...input }, platform) {
    const eventIds = [...new Set(input.eventIds)];
    // Whoever pins an event sees it: a pin would else tell that an id is one.
    const log = await viewLog(platform, context);
    const events = await log.rows(eventIds);
    if (events.length < eventIds.length)
      throw new Refusal(
        "not_found",
        eventIds.length === 1 ? "There is no such event, or you may not see it." : "You may not see all of these events.",
        "eventIds",
      );
    const found = await lockOpenCase(tx, context, caseId);
    const { organizationId } = found;
    const row = { organizationId, caseId, note: note ?? "", pinnedBy: context.viewer.actor, pinnedAt: platform.now() };
    const added = await cases.pin(
      tx,
      eventIds.map((eventId) => ({ ...row, eventId })),
    );
    if ((await cases.countPins(tx, organizationId, caseId)) > pinsMax)
      throw new Refusal("conflict", `A case has at most ${pinsMax} pins. Unpin what turned out to be nothing, or open a second case.`);
    const noted: { event_id: string; before: string }[] = [];
    for (const eventId of note === undefined ? [] : eventIds.filter((each) => !added.includes(each))) {
      const before = await cases.findPin(tx, organizationId, { caseId, eventId });
      if (!before || before.note === note) continue;
      await cases.setPinNote(tx, organizationId, { caseId, eventId, note: note ?? "" });
      noted.push({ event_id: eventId, before: before.note });
    }
    const told = [...added, ...noted.map(({ event_id }) => event_id)];
    if (told.length === 0) return { result: { pinned: 0 }, event: null };
    return {
      result: { pinned: added.length },
      event: {
        resource: resourceOf(found),
        counts: { events: told.length },
        metadata: { event_ids: told },
        changes: {
          before: { pinned: noted.length, ...(noted[0] && { note: noted[0].before }) },
          after: { pinned: told.length, ...(note !== undefined && { note }) },
        },
        description: `Pinned ${told.length === 1 ? "an event" : `${told.length} events`} to "${resourceOf(found).name}"`,
      },
    };
  },
});

export const unpinEvent = defineChange({
  name: "cases.unpin",
  needs: "cases:work",
  records: "case_event_unpinned",
  input: z.object({ caseId: z.uuid(), eventId: z.uuid() }),
  async run(tx, context, { caseId, eventId }) {
    const found = await lockOpenCase(tx, context, caseId);
    const before = await cases.unpin(tx, found.organizationId, { caseId, eventId });
    if (!before) return { result: { changed: false }, event: null };
    return {
      result: { changed: true },
      event: {
        resource: resourceOf(found),
        counts: { events: 1 },
        metadata: { event_ids: [eventId] },
        changes: { before: { pinned: 1, ...(before.note && { note: before.note }) }, after: { pinned: 0 } },
      },
    };
  },
});
