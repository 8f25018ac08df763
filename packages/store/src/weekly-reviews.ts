import { and, desc, eq, inArray } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import * as heads from "./heads.ts";
import { weeklyReviewChecks, weeklyReviews } from "./schema/index.ts";

export type WeeklyReview = typeof weeklyReviews.$inferSelect;
export type WeeklyReviewCheck = typeof weeklyReviewChecks.$inferSelect;

const ofWeek = (organizationId: string, week: string) => and(eq(weeklyReviews.organizationId, organizationId), eq(weeklyReviews.week, week));
const checksOf = (organizationId: string, week: string) => and(eq(weeklyReviewChecks.organizationId, organizationId), eq(weeklyReviewChecks.week, week));

/** Null while nobody has signed the week off. */
export async function find(db: Executor, organizationId: string, week: string): Promise<WeeklyReview | null> {
  const [row] = await db.select().from(weeklyReviews).where(ofWeek(organizationId, week));
  return row ?? null;
}

/**
 * For the length of the transaction: nobody else changes the organization's reviews, so that a signature and what it vouches for go together. It is the
 * row that every event waits for, so whatever takes long comes before it.
 */
export async function lockAll(tx: Tx, organizationId: string): Promise<void> {
  await heads.lock(tx, organizationId);
}

/** False where the week is signed off already, also by somebody at the same moment. */
export async function sign(tx: Tx, row: WeeklyReview): Promise<boolean> {
  const { organizationId, week, ...values } = row;
  const rows = await tx
    .insert(weeklyReviews)
    .values(row)
    .onConflictDoUpdate({
      target: [weeklyReviews.organizationId, weeklyReviews.week],
      set: values,
      setWhere: and(ofWeek(organizationId, week), eq(weeklyReviews.state, "open")),
    })
    .returning({ week: weeklyReviews.week });
  return rows.length > 0;
}

/** The signature stays to be read until the week is signed off again. */
export async function reopen(tx: Tx, organizationId: string, week: string): Promise<void> {
  await tx.update(weeklyReviews).set({ state: "open" }).where(ofWeek(organizationId, week));
}

export const among = (db: Executor, organizationId: string, weeks: readonly string[]): Promise<WeeklyReview[]> =>
  db
    .select()
    .from(weeklyReviews)
    .where(and(eq(weeklyReviews.organizationId, organizationId), inArray(weeklyReviews.week, [...weeks])))
    .orderBy(desc(weeklyReviews.week));

export const checks = (db: Executor, organizationId: string, week: string): Promise<WeeklyReviewCheck[]> =>
  db.select().from(weeklyReviewChecks).where(checksOf(organizationId, week));

/** Whoever looks at the item again says it anew. */
export async function check(tx: Tx, row: WeeklyReviewCheck): Promise<void> {
  const { note, checkedBy, checkedAt } = row;
  await tx
    .insert(weeklyReviewChecks)
    .values(row)
    .onConflictDoUpdate({ target: [weeklyReviewChecks.organizationId, weeklyReviewChecks.week, weeklyReviewChecks.item], set: { note, checkedBy, checkedAt } });
}

export async function uncheck(tx: Tx, organizationId: string, { week, item }: { week: string; item: string }): Promise<WeeklyReviewCheck | null> {
  const [row] = await tx
    .delete(weeklyReviewChecks)
    .where(and(checksOf(organizationId, week), eq(weeklyReviewChecks.item, item)))
    .returning();
  return row ?? null;
}
