import { isForOwnersAlone, watchedByRules } from "@daybook/policy";
import { allOf, equals, not, occurred, queryOf, searchLengthMax } from "@daybook/query";
import type { Clause } from "@daybook/query";
import { weekBefore } from "@daybook/reports";
import type { Period } from "@daybook/reports";
import { sightings } from "@daybook/store";
import type { Executor } from "@daybook/store";
import { viewLog } from "../activity/view-log.ts";
import type { LogView } from "../activity/view-log.ts";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";
import { countedMax, newActionsMax, otherActionsMax } from "./limits.ts";
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
  const isNew = { now: await searchForNew(log, context, { db, week }), before: await searchForNew(log, context, { db, week: earlier }) };
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
async function searchForNew(log: LogView, { viewer }: Context, { db, week: { from, to } }: { db: Executor; week: Period }): Promise<string> {
  const found = await sightings.firstSeenWithin(db, viewer.organizationId, { from, to, limit: newActionsMax });
  const actions = found.filter((action) => !isForOwnersAlone(action));
  if (actions.length === 0) return "";
  const others = await actionsOfOperations(log, { named: actions, range: { from, to } });
  const without = (): Clause[] => (others.length > 0 ? [{ ...keyClause("action", ...others), negated: true }] : []);
  while (textOf(...without()).length > searchLengthMax / 2) others.pop();
  while (actions.length > 0) {
    const q = textOf(keyClause("action", ...actions), ...without());
    if (q.length <= searchLengthMax) return q;
    actions.pop();
  }
  return "";
}

/** In a search the name of an action finds an operation of that name as well: `deleted`, of somebody's own, finds whatever was deleted. These are the other actions that it would find. */
async function actionsOfOperations(log: LogView, { named, range }: { named: readonly string[]; range: { from: string; to: string } }): Promise<string[]> {
  const asked = allOf(watchedByRules, equals("operation", ...named), not(equals("action", ...named)), occurred(range));
  const [group] = await log.facets({ asked, keys: ["action"], limit: otherActionsMax });
  return group?.values.map(({ value }) => value) ?? [];
}
