import { isForOwnersAlone, watchedByRules } from "@daybook/policy";
import { allOf, occurred, queryOf, searchLengthMax } from "@daybook/query";
import { weekBefore } from "@daybook/reports";
import type { Period } from "@daybook/reports";
import { sightings } from "@daybook/store";
import type { Executor } from "@daybook/store";
import { viewLog } from "../activity/view-log.ts";
import type { LogView } from "../activity/view-log.ts";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";
import { countedMax, newActionsMax } from "./limits.ts";
import { keyClause, textOf } from "./recipes/define-recipe.ts";
import { reviewItems } from "./review-items.ts";

export interface ItemFigure {
  item: string;
  /** Empty where there is nothing to search for, such as no new action. */
  q: string;
  count: number;
  /** There are more than these. */
  capped: boolean;
  /** Of the week before. */
  before: number;
  beforeCapped: boolean;
}

/**
 * What a week holds of each item, and the week before. Admins read each other's signatures and their figures, so nothing is counted that only owners
 * may hear of, whoever asks. In a transaction it reads with `db` alone, one statement after the other, and counts on connections of another pool: many
 * who sign at once would else wait for each other's.
 */
export async function figuresOf(platform: Platform, context: Context, { db, week }: { db: Executor; week: Period }): Promise<ItemFigure[]> {
  const log = await viewLog(platform, context);
  const earlier = weekBefore(week);
  const isNew = { now: await searchForNew(db, context, week), before: await searchForNew(db, context, earlier) };
  return Promise.all(
    reviewItems.map(async (item) => {
      const q = item.q ?? isNew.now;
      const [now, before] = await Promise.all([countOf(log, q, week), countOf(log, item.q ?? isNew.before, earlier)]);
      return { item: item.id, q, count: now.count, capped: now.capped, before: before.count, beforeCapped: before.capped };
    }),
  );
}

async function countOf(log: LogView, q: string, { from, to }: Period): Promise<{ count: number; capped: boolean }> {
  if (q === "") return { count: 0, capped: false };
  return log.countUpTo({ asked: allOf(watchedByRules, queryOf({ q }), occurred({ from, to })), max: countedMax });
}

/** The actions that were seen for the first time in a week, as a search; those of them that fit. */
async function searchForNew(db: Executor, { viewer }: Context, { from, to }: Period): Promise<string> {
  const found = await sightings.firstSeenWithin(db, viewer.organizationId, { from, to, limit: newActionsMax });
  const actions = found.filter((action) => !isForOwnersAlone(action));
  while (actions.length > 0) {
    const q = textOf(keyClause("action", ...actions));
    if (q.length <= searchLengthMax) return q;
    actions.pop();
  }
  return "";
}
