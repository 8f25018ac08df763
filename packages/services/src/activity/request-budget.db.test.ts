import { everything, facetKeys } from "@daybook/query";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openWorld } from "../../test/world.ts";
import type { World } from "../../test/world.ts";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";
import { read } from "../verb.ts";
import { countsOfSearches, facetsOfEvents } from "./facets.ts";
import { requestBudgetMs } from "./request-budget.ts";

const now = "2026-11-18T10:00:00Z";
let world: World;
let context: Context;

beforeAll(async () => {
  world = await openWorld(now);
  context = await world.found("Budget");
  await world.write(
    context,
    Array.from({ length: 5 }, (_, at) => ({
      action: "notebook_created",
      occurred_at: `2026-11-1${at}T09:00:00Z`,
      actor: { type: "user" as const, id: `u${at}` },
    })),
  );
});
afterAll(() => world.close());

/** A machine so busy that between any two looks at the clock a part of a request's time has passed. */
function slow(part: number): Platform {
  let looks = 0;
  return { ...world.platform, now: () => new Date(Date.parse(now) + (looks++ * requestBudgetMs) / part) };
}

test("of searches that take too long together, the first are counted, and of the others it is said that there may be any number", async () => {
  const searches = ["action:notebook_created", "actor:u1", "actor:u2", "actor:u3", "actor:u4", "actor:u0"];
  const counts = await read(slow(4), context, countsOfSearches, { filter: {}, searches });
  expect(counts).toHaveLength(searches.length);
  const counted = counts.findIndex(({ capped }) => capped);
  expect(counted).toBeGreaterThan(0);
  expect(counts.slice(0, counted)).toEqual([5, 1, 1, 1, 1, 1].slice(0, counted).map((count) => ({ count, capped: false })));
  expect(counts.slice(counted)).toEqual(counts.slice(counted).map(() => ({ count: 0, capped: true })));
});

test("of groups that take too long together, those that nobody had the time to count have no values and say that there are more", async () => {
  // A choice in each makes a question of each.
  const q =
    "status:success action:created action:notebook_created namespace:notebook type:none resource:none actor:u1 actor_type:user team:none source:api ip:10.0.0.1 origin:api";
  const { groups } = await read(slow(4), context, facetsOfEvents, { filter: { q }, keys: [...facetKeys] });
  expect(groups.map(({ key }) => key)).toEqual([...facetKeys]);
  const uncounted = groups.filter(({ exact }) => !exact);
  expect(uncounted.length).toBeGreaterThan(2);
  expect(uncounted.length).toBeLessThan(facetKeys.length);
  expect(uncounted).toEqual(uncounted.map(({ key }) => ({ key, values: [], exact: false, more: true })));
});

test("a statement that takes longer than what is left of the time ends, and the next request is answered", async () => {
  const { organizationId } = context.viewer;
  const keys = ["actor" as const, "ip" as const];
  // What both have to read first is locked.
  const blocked = await world.store.platformTransaction(async (tx) => {
    await tx.execute("lock table activity_shapes in access exclusive mode");
    return {
      count: await world.store.countUpTo(organizationId, { query: { is: "text", words: ["notebook"] }, max: 10, budgetMs: 50 }),
      groups: await world.store.facets(organizationId, { query: everything, keys, limit: 5, budgetMs: 50 }),
    };
  });
  expect(blocked.count).toEqual({ count: 0, capped: true });
  expect(blocked.groups).toEqual(keys.map((key) => ({ key, values: [], exact: false, more: true })));
  expect(await world.store.countUpTo(organizationId, { query: { is: "text", words: ["notebook"] }, max: 10, budgetMs: 5_000 })).toEqual({
    count: 5,
    capped: false,
  });
});
