import { allOf, clausesToQuery, facetKeys, parseSearch, searchLengthMax } from "@daybook/query";
import type { Clause, FacetKey, Filter, KeyName, Query } from "@daybook/query";
import { uncountedGroup, uncountedMany } from "@daybook/store";
import type { CappedCount, FacetGroup, FacetValue } from "@daybook/store";
import { z } from "zod";
import type { Context } from "../context.ts";
import { defineRead } from "../verb.ts";
import { openBudget } from "./request-budget.ts";
import { askedQuery, askerOf, logQueryInput } from "./search.ts";
import type { LogQuery } from "./search.ts";
import { viewLog } from "./view-log.ts";

/** Values of one group: as many as somebody scrolls through; who wants others types. */
const facetValuesMax = 50;

/** A filter that chooses in each of the twelve groups makes twelve questions of one: each of these takes a connection from everybody. */
const askedAtOnce = 3;

/** What chooses among the values of a key: lists of a filter, and keys of its search. */
const choices: Record<FacetKey, { field: keyof Filter | null; keys: readonly KeyName[] }> = {
  status: { field: "status", keys: ["status"] },
  operation: { field: "operation", keys: ["operation"] },
  action: { field: "action", keys: ["action"] },
  namespace: { field: "namespace", keys: ["namespace"] },
  resource_type: { field: "resourceType", keys: ["resource_type"] },
  resource: { field: "resource", keys: ["resource"] },
  actor: { field: "actor", keys: ["actor"] },
  actor_type: { field: "actorType", keys: ["actor_type"] },
  team: { field: "team", keys: ["team"] },
  source: { field: null, keys: ["source"] },
  ip: { field: null, keys: ["ip"] },
  origin: { field: null, keys: ["origin"] },
};

/** Whether a clause chooses, or leaves out, values of the key. `action:updated` chooses an operation: keys of actions have more than one word. */
const isChoice = (clause: Clause, key: FacetKey): boolean =>
  clause.is === "key" &&
  (choices[key].keys.includes(clause.key) || (key === "operation" && clause.key === "action" && clause.values.every(({ text }) => !text.includes("_"))));

/**
 * What was asked without the choice of one key: people must see what else they could choose. Not by way of a text: the one spelling of a search may be
 * longer than a search may be.
 */
function askedBeside(context: Context, { logType, filter }: LogQuery, key: FacetKey): Query {
  const { field } = choices[key];
  const lists: Filter = { ...filter, q: undefined, ...(field !== null && { [field]: undefined }) };
  const clauses = parseSearch(filter.q ?? "").clauses.filter((clause) => !isChoice(clause, key));
  return allOf(askedQuery({ logType, filter: lists }), clausesToQuery(clauses, askerOf(context)));
}

export const facetsOfEvents = defineRead({
  name: "events.facets",
  needs: "events:read",
  feature: "log",
  input: logQueryInput.extend({ keys: z.array(z.enum(facetKeys)).min(1).max(facetKeys.length) }),
  async run(platform, context, input): Promise<{ groups: FacetGroup[] }> {
    const asked = askedQuery(input, askerOf(context));
    const log = await viewLog(platform, context, input.teamId);
    // Several counts, and one answer.
    await log.recordRead(asked, null);
    // Whoever is in the log of one team has none to choose.
    const keys = [...new Set(input.keys)].filter((key) => key !== "team" || input.teamId === undefined);
    // Groups without a choice of their own are counted together.
    const together = new Map<string, { asked: Query; keys: FacetKey[] }>();
    for (const key of keys) {
      const beside = askedBeside(context, input, key);
      const same = together.get(JSON.stringify(beside));
      if (same) same.keys.push(key);
      else together.set(JSON.stringify(beside), { asked: beside, keys: [key] });
    }
    const counted: FacetGroup[] = [];
    const left = openBudget(platform);
    const questions = [...together.values()];
    for (let at = 0; at < questions.length; at += askedAtOnce) {
      const asking = questions.slice(at, at + askedAtOnce);
      const budgetMs = left();
      if (budgetMs === 0) counted.push(...asking.flatMap((question) => question.keys.map(uncountedGroup)));
      else counted.push(...(await Promise.all(asking.map((question) => log.facets({ ...question, limit: facetValuesMax, budgetMs })))).flat());
    }
    return { groups: keys.flatMap((key) => counted.find((group) => group.key === key) ?? []) };
  },
});

const suggestedMax = 20;
const typedLengthMax = 200;

/** Values of one key, observed in the log, that begin with or hold what was typed. */
export const valuesOfKey = defineRead({
  name: "events.values",
  needs: "events:read",
  feature: "log",
  input: logQueryInput.extend({
    key: z.enum(facetKeys),
    text: z.string().max(typedLengthMax).default(""),
    limit: z.number().int().min(1).max(suggestedMax).default(suggestedMax),
  }),
  async run(platform, context, { key, text, limit, ...input }): Promise<{ values: SuggestedValue[]; exact: boolean }> {
    const [whole, asked] = [askedQuery(input, askerOf(context)), askedBeside(context, input, key)];
    const log = await viewLog(platform, context, input.teamId);
    await log.recordRead(whole, null);
    if (key === "team" && input.teamId !== undefined) return { values: [], exact: true };
    const [group] = await log.facets({ asked, keys: [key], limit, containing: text.trim() });
    return { values: (group?.values ?? []).map(hinted), exact: group?.exact ?? true };
  },
});

export interface SuggestedValue extends FacetValue {
  /** What else tells it apart: the id behind a name. */
  hint?: string;
}

const hinted = (value: FacetValue): SuggestedValue => (value.label === value.value ? value : { ...value, hint: value.value });

const searchesMax = 10;
const countedMax = 10_000;

/** How many events each of some searches would find. */
export const countsOfSearches = defineRead({
  name: "events.counts",
  needs: "events:read",
  feature: "log",
  input: logQueryInput.extend({ searches: z.array(z.string().max(searchLengthMax)).max(searchesMax) }),
  async run(platform, context, { searches, ...input }): Promise<CappedCount[]> {
    const log = await viewLog(platform, context, input.teamId);
    const counts: CappedCount[] = [];
    const left = openBudget(platform);
    // One after the other: each may read as much as a whole screen does.
    for (const q of searches) {
      const budgetMs = left();
      if (budgetMs === 0) {
        counts.push(uncountedMany);
        continue;
      }
      const asked = askedQuery({ ...input, filter: { ...input.filter, q } }, askerOf(context));
      await log.recordRead(asked, null);
      counts.push(await log.countUpTo({ asked, max: countedMax, budgetMs }));
    }
    return counts;
  },
});
