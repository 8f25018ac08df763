import { randomUUID } from "node:crypto";
import { allOf, changed, compare, equals, everything, like, matches, not, occurred, text } from "@daybook/query";
import type { Query, Searchable } from "@daybook/query";
import { testDatabase } from "@daybook/testkit";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as organizations from "../organizations.ts";
import { openStore } from "../store.ts";
import type { Store } from "../store.ts";
import { preparedEvent } from "../testing.ts";
import { randomInput, randomQuery } from "./random-events.ts";
import type { SearchRequest } from "./search.ts";
import { searchOrders } from "./search-order.ts";

let store: Store;
let close: () => Promise<void>;

beforeAll(async () => {
  const database = await testDatabase();
  store = openStore({ url: database.url, applicationName: "test" });
  close = async () => {
    await store.close();
    await database.close();
  };
});
afterAll(() => close());

async function logOf(inputs: Parameters<typeof preparedEvent>[1][]): Promise<{ organizationId: string; events: Searchable[] }> {
  const organizationId = randomUUID();
  await store.platformTransaction((tx) => organizations.insert(tx, { id: organizationId, name: "A", slug: organizationId, timeZone: "UTC" }));
  const events = inputs.map((input, at) => ({ ...preparedEvent(randomUUID(), input), seq: at + 1 }));
  for (let at = 0; at < events.length; at += 1_000)
    await store.append(
      organizationId,
      events.slice(at, at + 1_000).map((event) => ({ event })),
    );
  return { organizationId, events };
}

const pagesMax = 5_000;

/** Every page, one after the other, as somebody who scrolls to the end gets them. */
async function pages(organizationId: string, request: SearchRequest): Promise<{ ids: string[]; cut: number }> {
  const ids: string[] = [];
  let cut = 0;
  let cursor: string | null = null;
  for (let page = 0; page < pagesMax; page += 1) {
    const found = await store.search(organizationId, { ...request, cursor });
    ids.push(...found.events.map(({ id }) => id));
    if (found.searchedTo !== null) cut += 1;
    expect(found.searchedTo === null || found.nextCursor !== null).toBe(true);
    cursor = found.nextCursor;
    if (cursor === null) return { ids, cut };
  }
  throw new Error("the pages do not end");
}

const byTime = (a: Searchable, b: Searchable) => b.occurred_at.localeCompare(a.occurred_at) || b.id.localeCompare(a.id);
const bySeq = (a: Searchable, b: Searchable) => b.seq - a.seq;
const expected = (events: readonly Searchable[], query: Query, order: "time" | "seq") =>
  events
    .filter((event) => matches(query, event))
    .toSorted(order === "time" ? byTime : bySeq)
    .map(({ id }) => id);

test("pages of any query in either order, with time to spare or without, lose and repeat nothing", async () => {
  const { organizationId, events } = await logOf(fc.sample(randomInput, { numRuns: 300, seed: 7 }));
  await fc.assert(
    fc.asyncProperty(
      randomQuery,
      fc.integer({ min: 1, max: 120 }),
      fc.constantFrom(...searchOrders),
      // Windows that take too long become narrower, and then steps.
      fc.constantFrom<Pick<SearchRequest, "budgetMs" | "firstStep" | "windowMs">>({}, { budgetMs: 0 }, { firstStep: 20 }, { firstStep: 20, windowMs: 1 }),
      async (query, limit, order, bounds) => {
        const found = await pages(organizationId, { query, limit, order, ...bounds });
        expect(found.ids).toEqual(expected(events, query, order));
      },
    ),
    { numRuns: 150 },
  );
}, 120_000);

test("a thousand events of one instant are paged through without loss, whatever ends the pages", async () => {
  const instant = "2026-03-01T12:00:00.000Z";
  const { organizationId, events } = await logOf(
    Array.from({ length: 1_000 }, (_, at) => ({ occurred_at: instant, status: at % 3 === 0 ? "failed" : "success" })),
  );
  for (const query of [everything, equals("status", "failed"), allOf(equals("status", "failed"), occurred({ from: instant }))])
    for (const order of searchOrders)
      for (const budgetMs of [0, 10_000])
        expect((await pages(organizationId, { query, limit: 37, order, budgetMs })).ids).toEqual(expected(events, query, order));
}, 60_000);

test("behind the newest rows, by index and by steps, the walk finds what the matcher finds", async () => {
  const { organizationId, events } = await logOf(
    Array.from({ length: 9_000 }, (_, at) => ({
      occurred_at: new Date(Date.UTC(2026, 9, 1) - at * 3_000_000).toISOString(),
      actor: { type: "user", id: at % 2_500 === 2_499 ? "rare" : `u${at % 7}`, name: at % 4_000 === 3_999 ? "Zoë Needle" : "Anna Hay" },
      status: at % 1_000 === 0 ? "failed" : "success",
      duration_ms: at % 3_000 === 2_999 ? 100_000 : 5,
      ...(at % 3_500 === 3_499 && { changes: { fields: [{ path: "settings.visibility", before: "private", after: "shared" }] } }),
    })),
  );
  const queries = [
    equals("actor.id", "rare"),
    equals("actor.id", "nobody"),
    allOf(equals("actor.id", "rare"), equals("status", "failed")),
    text(["needle"]),
    text(["zoë nee"]),
    text(["eedle"]),
    { ...text(["eedle"]), anywhere: true } as Query,
    compare("duration_ms", ">", 50_000),
    changed("visibility", { before: "private" }),
    like("actor.name", "*needle"),
    not(equals("actor.name", "Anna Hay")),
  ];
  for (const query of queries)
    for (const order of searchOrders) {
      const wanted = expected(events, query, order);
      expect((await pages(organizationId, { query, limit: 100, order })).ids).toEqual(wanted);
      const hurried = await pages(organizationId, { query, limit: 2, order, budgetMs: 0 });
      expect(hurried.ids).toEqual(wanted);
      expect(hurried.cut).toBeGreaterThan(0);
    }
}, 120_000);

test("a search whose time runs out says how far back it came and goes on from there", async () => {
  const { organizationId, events } = await logOf(
    Array.from({ length: 5_000 }, (_, at) => ({
      occurred_at: new Date(Date.UTC(2026, 5, 1) - at * 60_000).toISOString(),
      actor: { type: "user", id: at === 4_999 ? "first" : "later" },
    })),
  );
  const query = like("actor.id", "fir*");
  const page = await store.search(organizationId, { query, limit: 10, budgetMs: 0 });
  // To the end of the minute in which the last one lies that was looked at.
  expect(page).toEqual({ events: [], nextCursor: expect.any(String), searchedTo: events[1_998]?.occurred_at });
  const next = await store.search(organizationId, { query, limit: 10, cursor: page.nextCursor, budgetMs: 10_000 });
  expect(next).toMatchObject({ events: [{ id: events[4_999]?.id }], nextCursor: null, searchedTo: null });
}, 60_000);

test("a cursor of the other order, or of nobody, is refused with words", async () => {
  const { organizationId } = await logOf([{}, {}, {}]);
  const { nextCursor } = await store.search(organizationId, { query: everything, limit: 1, order: "seq" });
  for (const cursor of [nextCursor, "x", Buffer.from("seq 1 2026").toString("base64url")])
    await expect(store.search(organizationId, { query: everything, limit: 1, cursor })).rejects.toThrow("Start again without it");
});

test("fifty conditions and a hundred patterns at once are answered within bounds", async () => {
  const { organizationId } = await logOf(
    Array.from({ length: 3_000 }, (_, at) => ({ description: `Anna opened notebook ${at} of many, with some words behind it` })),
  );
  const hostile = allOf(
    ...Array.from({ length: 48 }, (_, at) => text([`o`, `n${"%_".repeat(at % 3)}`])),
    like("actor.id", ...Array.from({ length: 100 }, (_, at) => `${"*a*b".repeat(10)}${at}`)),
    not(text(["anna opened notebook"])),
  );
  const started = performance.now();
  await store.search(organizationId, { query: hostile, limit: 50 });
  expect(performance.now() - started).toBeLessThan(10_000);
}, 60_000);
