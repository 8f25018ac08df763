import type { inferOutput, Trpc } from "../../trpc.ts";

export type Review = inferOutput<Trpc["reviews"]["get"]>;
export type ReviewItem = Review["items"][number];
export type ReviewedWeek = inferOutput<Trpc["reviews"]["list"]>["weeks"][number];

export const weekStates = {
  signed: { label: "Signed off", tone: "ok" },
  due: { label: "Due", tone: "progress" },
  overdue: { label: "Overdue", tone: "alert" },
  reopened: { label: "Opened again", tone: "pending" },
} as const;

const exact = new Intl.NumberFormat("en");
export const countText = (count: number, capped: boolean): string => `${exact.format(count)}${capped ? "+" : ""}`;

/** A figure beside that of the week before, in words: "12 more than the week before (34)". */
export function comparedText({ count, capped, before, beforeCapped }: Pick<ReviewItem, "count" | "capped" | "before" | "beforeCapped">): string {
  const earlier = countText(before, beforeCapped);
  if (capped || beforeCapped) return `${earlier} the week before`;
  if (count === before) return count === 0 ? "None the week before either" : `As many as the week before (${earlier})`;
  return `${exact.format(Math.abs(count - before))} ${count > before ? "more" : "fewer"} than the week before (${earlier})`;
}

/** What is left to look at. */
export const leftToDo = ({ items }: Pick<Review, "items">): ReviewItem[] => items.filter(({ checked }) => checked === null);
