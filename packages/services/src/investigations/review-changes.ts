import { Refusal } from "@daybook/event";
import { weeklyReviews } from "@daybook/store";
import type { Tx } from "@daybook/store";
import { z } from "zod";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";
import { defineChange } from "../verb.ts";
import { nameOf } from "./case-access.ts";
import { countedMax, noteLengthMax, statementLengthMax } from "./limits.ts";
import { figuresOf } from "./review-figures.ts";
import { reviewItems } from "./review-items.ts";
import { completeWeek, organizationOf } from "./review-weeks.ts";
import { weekInput } from "./reviews.ts";

const itemInput = { week: weekInput, item: z.enum(reviewItems.map(({ id }) => id)) };

export const checkItem = defineChange({
  name: "reviews.check",
  needs: "reviews:write",
  feature: "log",
  records: "weekly_review_item_checked",
  input: z.object({ ...itemInput, note: z.string().trim().max(noteLengthMax).default("") }),
  async run(tx, context, { week, item, note }, platform) {
    const { organizationId, actor } = context.viewer;
    await demandOpen(tx, context, platform, week);
    const before = (await weeklyReviews.checks(tx, organizationId, week)).find((each) => each.item === item);
    // Of somebody else it is news: from now on their name stands beside it.
    if (before?.note === note && before.checkedBy.id === actor.id) return { result: {}, event: null };
    await weeklyReviews.check(tx, { organizationId, week, item, note, checkedBy: actor, checkedAt: platform.now() });
    return {
      result: {},
      event: {
        resource: resourceOf(week),
        changes: { before: { checked: before !== undefined, ...(before?.note && { note: before.note }) }, after: { checked: true, ...(note && { note }) } },
        metadata: { week, item },
        ...(note && { reason: note }),
        description: `Looked at "${titleOf(item)}" of the ${resourceOf(week).name.toLowerCase()}`,
      },
    };
  },
});

export const uncheckItem = defineChange({
  name: "reviews.uncheck",
  needs: "reviews:write",
  feature: "log",
  records: "weekly_review_item_unchecked",
  input: z.object(itemInput),
  async run(tx, context, { week, item }, platform) {
    await demandOpen(tx, context, platform, week);
    const before = await weeklyReviews.uncheck(tx, context.viewer.organizationId, { week, item });
    if (!before) return { result: {}, event: null };
    return {
      result: {},
      event: {
        resource: resourceOf(week),
        changes: { before: { checked: true, ...(before.note && { note: before.note }) }, after: { checked: false } },
        metadata: { week, item },
      },
    };
  },
});

/** `seen`: the counts that stood on the page. A signature vouches for what its signer saw, so nobody signs figures that changed since. */
export const signOff = defineChange({
  name: "reviews.signOff",
  needs: "reviews:write",
  feature: "log",
  records: "weekly_review_signed_off",
  input: z.object({
    week: weekInput,
    statement: z.string().trim().min(1, "is needed").max(statementLengthMax),
    seen: z.record(z.string().max(100), z.number().int().min(0).max(countedMax)),
  }),
  async run(tx, context, { week, statement, seen }, platform) {
    const { organizationId, actor } = context.viewer;
    const { timeZone } = await organizationOf(tx, organizationId);
    const period = completeWeek(platform.now(), timeZone, week);
    const counted = await figuresOf(platform, context, { db: tx, week: period });
    await demandOpen(tx, context, platform, week);
    const checks = await weeklyReviews.checks(tx, organizationId, week);
    const left = reviewItems.filter(({ id }) => !checks.some(({ item }) => item === id));
    if (left.length > 0) throw new Refusal("conflict", `Not looked at yet: ${left.map(({ title }) => title).join(", ")}.`);
    if (counted.some(({ item, count }) => seen[item] !== count))
      throw new Refusal("conflict", "Events of that week arrived since you opened the page. Look at the new figures, then sign off.", "seen");
    const figures = counted.map(({ item, q, count, before }) => ({ item, q, count, before }));
    const signed = await weeklyReviews.sign(tx, { organizationId, week, state: "signed", statement, figures, signedBy: actor, signedAt: platform.now() });
    if (!signed) throw await signedAlready(tx, organizationId, week);
    return {
      result: {},
      event: { resource: resourceOf(week), reason: statement, metadata: { week, from: period.from, to: period.to, zone: period.zone, figures } },
    };
  },
});

export const reopenReview = defineChange({
  name: "reviews.reopen",
  needs: "reviews:write",
  feature: "log",
  records: "weekly_review_reopened",
  input: z.object({ week: weekInput, reason: z.string().trim().min(1, "is needed").max(statementLengthMax) }),
  async run(tx, { viewer: { organizationId } }, { week, reason }) {
    await weeklyReviews.lockAll(tx, organizationId);
    const review = await weeklyReviews.find(tx, organizationId, week);
    if (!review) throw new Refusal("not_found", "Nobody has signed this week off.", "week");
    if (review.state === "open") return { result: {}, event: null };
    await weeklyReviews.reopen(tx, organizationId, week);
    return {
      result: {},
      event: {
        resource: resourceOf(week),
        reason,
        changes: { before: { state: "signed", statement: review.statement }, after: { state: "open", statement: null } },
        metadata: { week, signed_by: nameOf(review.signedBy), signed_at: review.signedAt.toISOString() },
      },
    };
  },
});

/** The week can be looked through and is not signed off, and so it stays for the length of the transaction. */
async function demandOpen(tx: Tx, { viewer: { organizationId } }: Context, platform: Platform, week: string): Promise<void> {
  const { timeZone } = await organizationOf(tx, organizationId);
  completeWeek(platform.now(), timeZone, week);
  await weeklyReviews.lockAll(tx, organizationId);
  const review = await weeklyReviews.find(tx, organizationId, week);
  if (review?.state === "signed") throw await signedAlready(tx, organizationId, week);
}

async function signedAlready(tx: Tx, organizationId: string, week: string): Promise<Refusal> {
  const review = await weeklyReviews.find(tx, organizationId, week);
  const who = review ? `${nameOf(review.signedBy)} signed this week off` : "This week was signed off";
  return new Refusal("conflict", `${who} already. Open it again to change something.`);
}

const titleOf = (item: string): string => reviewItems.find(({ id }) => id === item)?.title ?? item;
const resourceOf = (week: string) => ({ type: "weekly_review", id: week, name: `Week of ${week}` });
