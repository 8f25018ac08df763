import type { WeeklyReview } from "@daybook/store";
import { weeklyReviews } from "@daybook/store";
import { z } from "zod";
import { defineRead } from "../verb.ts";
import { nameOf } from "./case-access.ts";
import { weeksBackMax } from "./limits.ts";
import { figuresOf } from "./review-figures.ts";
import type { ItemFigure } from "./review-figures.ts";
import { reviewItems } from "./review-items.ts";
import { completeWeek, completeWeeks, nameOfWeek, organizationOf } from "./review-weeks.ts";

export interface ReviewSignature {
  by: string;
  at: string;
  statement: string;
  figures: { item: string; q: string; count: number; before: number }[];
}

export interface ReviewItemView extends ItemFigure {
  title: string;
  about: string;
  checked: { by: string; at: string; note: string } | null;
}

export interface ReviewView {
  /** Its Monday. */
  week: string;
  /** Its Sunday. */
  until: string;
  /** As instants: inclusive, exclusive. */
  from: string;
  to: string;
  zone: string;
  /** Of the weeks beside it that can be looked through. */
  previous: string | null;
  next: string | null;
  items: ReviewItemView[];
  state: "open" | "signed";
  /** Also the one before the week was opened again. */
  signature: ReviewSignature | null;
}

export const weekInput = z.iso.date();

export const getReview = defineRead({
  name: "reviews.get",
  needs: "reviews:read",
  feature: "log",
  input: z.object({ week: weekInput.optional() }).prefault({}),
  async run(platform, context, input): Promise<ReviewView> {
    const { organizationId } = context.viewer;
    const db = platform.store.of(organizationId);
    const { timeZone } = await organizationOf(db, organizationId);
    const weeks = completeWeeks(platform.now(), timeZone);
    const period = completeWeek(platform.now(), timeZone, input.week);
    const week = nameOfWeek(period);
    const at = weeks.findIndex((each) => nameOfWeek(each) === week);
    const [previous, next] = [weeks[at + 1], weeks[at - 1]];
    const [figures, checks, review] = await Promise.all([
      figuresOf(platform, context, { db, week: period }),
      weeklyReviews.checks(db, organizationId, week),
      weeklyReviews.find(db, organizationId, week),
    ]);
    return {
      week,
      until: period.days.at(-1) ?? week,
      from: period.from,
      to: period.to,
      zone: timeZone,
      previous: previous ? nameOfWeek(previous) : null,
      next: next ? nameOfWeek(next) : null,
      items: figures.map((figure) => {
        const item = reviewItems.find(({ id }) => id === figure.item);
        const check = checks.find((each) => each.item === figure.item);
        return {
          ...figure,
          title: item?.title ?? figure.item,
          about: item?.about ?? "",
          checked: check ? { by: nameOf(check.checkedBy), at: check.checkedAt.toISOString(), note: check.note } : null,
        };
      }),
      state: review?.state ?? "open",
      signature: review ? signatureOf(review) : null,
    };
  },
});

const signatureOf = ({ signedBy, signedAt, statement, figures }: WeeklyReview): ReviewSignature => ({
  by: nameOf(signedBy),
  at: signedAt.toISOString(),
  statement,
  figures,
});

export interface ReviewedWeek {
  week: string;
  until: string;
  /** `due`: the last week; `overdue`: an earlier one that nobody signed off; `reopened`: it was signed off, and is open again. */
  state: "signed" | "due" | "overdue" | "reopened";
  signature: Omit<ReviewSignature, "figures"> | null;
}

/** Weeks since the organization began, newest first. */
export const listReviews = defineRead({
  name: "reviews.list",
  needs: "reviews:read",
  feature: "log",
  input: z.object({ limit: z.number().int().min(1).max(weeksBackMax).default(12) }).prefault({}),
  async run({ store, now }, { viewer: { organizationId } }, { limit }): Promise<{ weeks: ReviewedWeek[]; more: boolean }> {
    const db = store.of(organizationId);
    const { timeZone, createdAt } = await organizationOf(db, organizationId);
    const all = completeWeeks(now(), timeZone);
    const rows = await weeklyReviews.among(db, organizationId, all.map(nameOfWeek));
    const signed = new Map(rows.map((row) => [row.week, row]));
    // The last week is always there; of those before, the ones that the organization saw, and whatever somebody signed off all the same.
    const since = all.filter((period, at) => at === 0 || Date.parse(period.to) > createdAt.getTime() || signed.has(nameOfWeek(period)));
    const weeks = since.slice(0, limit).map((period, at): ReviewedWeek => {
      const row = signed.get(nameOfWeek(period));
      const state = row?.state === "signed" ? "signed" : row ? "reopened" : at === 0 ? "due" : "overdue";
      return { week: nameOfWeek(period), until: period.days.at(-1) ?? "", state, signature: row ? withoutFigures(signatureOf(row)) : null };
    });
    return { weeks, more: since.length > limit };
  },
});

const withoutFigures = ({ by, at, statement }: ReviewSignature) => ({ by, at, statement });
