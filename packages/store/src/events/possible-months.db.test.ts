import { randomUUID } from "node:crypto";
import type { EventInput } from "@daybook/event";
import { allOf, anyOf, equals, like, matches, not, occurred, text } from "@daybook/query";
import type { Query, Searchable } from "@daybook/query";
import { testDatabase } from "@daybook/testkit";
import type { TestDatabase } from "@daybook/testkit";
import fc from "fast-check";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { consumers, openStore, organizations } from "../index.ts";
import type { Store } from "../index.ts";
import { inOrganization } from "../in-organization.ts";
import { preparedEvent } from "../testing.ts";
import { possibleMonths } from "./possible-months.ts";
import { randomInput, randomQuery } from "./random-events.ts";
import { searchOrders } from "./search-order.ts";

let database: TestDatabase;
let store: Store;
let sql: postgres.Sql;
let organizationId: string;

beforeAll(async () => {
  database = await testDatabase();
  store = openStore({ url: database.url, applicationName: "months", max: 2 });
  sql = postgres(database.url, { max: 1, fetch_types: false, connection: { role: "daybook_app" } });
});
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await store.close();
  await database.close();
});
beforeEach(async () => {
  organizationId = randomUUID();
  await store.platformTransaction((tx) => organizations.insert(tx, { id: organizationId, name: "Months", slug: organizationId, timeZone: "UTC" }));
});

async function write(inputs: readonly Partial<EventInput>[]): Promise<Searchable[]> {
  const from = await store.lastSeq(organizationId);
  const events = inputs.map((input, at) => ({ ...preparedEvent(randomUUID(), input), seq: from + at + 1 }));
  for (let at = 0; at < events.length; at += 1_000)
    await store.append(
      organizationId,
      events.slice(at, at + 1_000).map((event) => ({ event })),
    );
  return events;
}
const rollUp = (limit = 10_000) =>
  store.transaction(organizationId, async (tx) => {
    const afterSeq = await consumers.lockCursor(tx, organizationId, consumers.rollUpConsumer);
    const to = await consumers.rollUp(tx, organizationId, { afterSeq, limit });
    await consumers.moveCursor(tx, organizationId, { name: consumers.rollUpConsumer, to });
  });
const months = async (query: Query, uncountedMax = 10) =>
  (await inOrganization(sql, organizationId, (tx) => possibleMonths(tx, organizationId, { query, uncountedMax })))?.map((month) =>
    month.toISOString().slice(0, 7),
  ) ?? null;
const of = (month: string, more: Partial<EventInput> = {}): Partial<EventInput> => ({ occurred_at: `${month}-10T09:00:00.000Z`, ...more });

/** In which the random events lie. */
const monthsOfEvents = Array.from({ length: 7 }, (_, at) => `2026-0${at + 1}`);

const pagesMax = 1_000;
async function found(query: Query, request: object): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < pagesMax; page += 1) {
    const next = await store.search(organizationId, { query, limit: 20, ...request, cursor });
    ids.push(...next.events.map(({ id }) => id));
    cursor = next.nextCursor;
    if (cursor === null) return ids;
  }
  throw new Error("the pages do not end");
}

/** What the roll-up can tell apart, and beside it anything. */
const told = (events: readonly Searchable[]) =>
  fc.tuple(fc.nat(), fc.nat({ max: 3 }), fc.option(randomQuery)).map(([at, kind, more]) => {
    const event = events[at % events.length];
    const [action, status, type] = [event?.action ?? "", event?.status ?? "", event?.resource?.type ?? "x"];
    const own = [equals("action", action), equals("status", status), not(equals("status", status)), like("resource.type", `${type}*`)][kind];
    return allOf(...(own ? [own] : []), ...(more ? [more] : []));
  });

test("however much of the log has been counted, a search finds what the matcher finds", async () => {
  const events: Searchable[] = [];
  const byOrder = {
    time: (a: Searchable, b: Searchable) => b.occurred_at.localeCompare(a.occurred_at) || b.id.localeCompare(a.id),
    seq: (a: Searchable, b: Searchable) => b.seq - a.seq,
  };
  let pruned = 0;
  // What is then not counted: 5 events, none, 55.
  for (const [round, counted] of [55, 65, 5].entries()) {
    events.push(...(await write(fc.sample(randomInput, { numRuns: 60, seed: round }))));
    await rollUp(counted);
    await fc.assert(
      fc.asyncProperty(told(events), fc.constantFrom(...searchOrders), fc.constantFrom(0, undefined), async (query, order, budgetMs) => {
        const wanted = events.filter((event) => matches(query, event)).toSorted(byOrder[order]);
        expect(await found(query, { order, firstStep: 9, ...(budgetMs === 0 && { budgetMs }) })).toEqual(wanted.map(({ id }) => id));
        if (((await months(query)) ?? monthsOfEvents).length < monthsOfEvents.length) pruned += 1;
      }),
      { numRuns: 30 },
    );
  }
  expect(pruned).toBeGreaterThan(10);
}, 120_000);

test("two values that never stand in one event are looked for in no month, and others in theirs", async () => {
  await write([
    of("2026-01", { action: "notebook_viewed", resource: { type: "notebook" } }),
    of("2026-03", { action: "database_viewed", resource: { type: "database" } }),
    of("2026-06", { action: "notebook_viewed", resource: { type: "notebook" }, status: "failed" }),
  ]);
  await rollUp();
  const viewed = equals("action", "notebook_viewed");
  expect(await months(allOf(viewed, equals("resource.type", "database")))).toEqual([]);
  expect(await months(viewed)).toEqual(["2026-06", "2026-01"]);
  expect(await months(allOf(viewed, text(["whatever"]), not(equals("status", "failed"))))).toEqual(["2026-01"]);
  expect(await months(allOf(viewed, occurred({ from: "2026-02-01T00:00:00.000Z" })))).toEqual(["2026-06"]);
  expect(await months(allOf(viewed, occurred({ to: "2026-06-01T00:00:00.000Z" })))).toEqual(["2026-01"]);
  expect(await months(anyOf(like("resource.type", "data*"), equals("status", "failed")))).toEqual(["2026-06", "2026-03"]);
});

test("of what the counts do not know, every month may hold some", async () => {
  await write([of("2026-01")]);
  await rollUp();
  for (const query of [text(["notebook"]), equals("actor.id", "nobody"), anyOf(equals("action", "none"), equals("ip", "10.0.0.1"))])
    expect(await months(query)).toBeNull();
});

test("what was written since is looked through, and if it is too much, every month is", async () => {
  await write([of("2026-01")]);
  await rollUp();
  await write([of("2025-02", { status: "failed" }), of("2026-01")]);
  expect(await months(equals("status", "failed"))).toEqual(["2025-02"]);
  expect(await months(equals("status", "failed"), 1)).toBeNull();
});

test("a month with more shapes than are kept may hold any other", async () => {
  const types = (from: number, count: number, month: string) =>
    Array.from({ length: count }, (_, at) => of(month, { resource: { type: `type_${from + at}` } }));
  await write(types(0, 2_900, "2026-01"));
  await rollUp();
  await write(types(2_900, 100, "2026-01").map((input) => ({ ...input, occurred_at: "2026-01-20T09:00:00.000Z" })));
  await rollUp();
  expect(await months(equals("resource.type", "none"))).toEqual([]);
  await write(types(3_000, 50, "2026-01").map((input) => ({ ...input, occurred_at: "2026-01-21T09:00:00.000Z" })));
  await rollUp();
  expect(await months(equals("resource.type", "type_3007"))).toEqual(["2026-01"]);
  const [kept] = (await database.asOwner(`select count(*) as rows from month_shapes where organization_id = '${organizationId}'`)) as { rows: string }[];
  expect(Number(kept?.rows)).toBe(3_001);
}, 60_000);
