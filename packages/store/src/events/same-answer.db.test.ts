import { randomUUID } from "node:crypto";
import { matches } from "@daybook/query";
import type { Query, Searchable } from "@daybook/query";
import { testDatabase } from "@daybook/testkit";
import fc from "fast-check";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as organizations from "../organizations.ts";
import { openStore } from "../store.ts";
import { preparedEvent } from "../testing.ts";
import { predicate } from "./compile-query.ts";
import type { Fragment } from "./compile-query.ts";
import { besideIndex, indexCondition } from "./index-condition.ts";
import { randomInput, randomQuery } from "./random-events.ts";
import { separator } from "./text-predicate.ts";

const organizationId = randomUUID();
const events: Searchable[] = [];
let sql: postgres.Sql;
let close: () => Promise<void>;

beforeAll(async () => {
  const database = await testDatabase();
  const store = openStore({ url: database.url, applicationName: "test" });
  sql = postgres(database.ownerUrl, { max: 1, fetch_types: false });
  close = async () => {
    await sql.end({ timeout: 1 });
    await store.close();
    await database.close();
  };
  await store.platformTransaction((tx) => organizations.insert(tx, { id: organizationId, name: "A", slug: "a", timeZone: "UTC" }));
  for (const [at, input] of fc.sample(randomInput, { numRuns: 400, seed: 42 }).entries()) events.push({ ...preparedEvent(randomUUID(), input), seq: at + 1 });
  await store.append(
    organizationId,
    events.map((event) => ({ event: event as never })),
  );
}, 60_000);
afterAll(() => close());

const idsWhere = async (condition: Fragment): Promise<string[]> =>
  (await sql<{ id: string }[]>`select id from events where organization_id = ${organizationId} and (${condition}) order by seq`).map(({ id }) => id);

const idsOf = (query: Query): string[] => events.filter((event) => matches(query, event)).map(({ id }) => id);

test("SQL and the matcher give one answer for any query and any events", async () => {
  await fc.assert(
    fc.asyncProperty(randomQuery, async (query) => {
      expect(await idsWhere(predicate(sql, query))).toEqual(idsOf(query));
    }),
    { numRuns: 600 },
  );
}, 120_000);

test("no event that matches is missed by what the indexes are asked for", async () => {
  let asked = 0;
  await fc.assert(
    fc.asyncProperty(randomQuery, async (query) => {
      const condition = indexCondition(sql, organizationId, query);
      if (condition === null) return;
      asked += 1;
      expect(await idsWhere(sql`(${predicate(sql, query)}) and not coalesce((${condition}), false)`)).toEqual([]);
    }),
    { numRuns: 600 },
  );
  expect(asked).toBeGreaterThan(200);
}, 120_000);

/** Beginnings of words that stand in the events, also whole ones, and in either case. */
const standing = fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 3, max: 70 }), fc.boolean()).map(([event, at, letters, upper]) => {
  const { actor, description, resource } = events[event % events.length] ?? {};
  const words = [actor?.name, actor?.email, description, resource?.name].flatMap((told) => told?.split(separator) ?? []).filter((word) => word !== "");
  const word = [...(words[at % words.length] ?? "word")].slice(0, letters).join("");
  return upper ? word.toUpperCase() : word;
});
const standingQuery: fc.Arbitrary<Query> = fc
  .tuple(fc.array(standing, { minLength: 1, maxLength: 2 }), fc.option(randomQuery))
  .map(([words, more]) => (more === null ? { is: "text", words } : { is: "all", of: [{ is: "text", words }, more] }));

test("what the indexes are asked for and what is left to compare beside them are the whole question", async () => {
  let less = 0;
  await fc.assert(
    fc.asyncProperty(standingQuery, async (query) => {
      const [condition, rest] = [indexCondition(sql, organizationId, query), besideIndex(query)];
      if (condition === null || JSON.stringify(rest) === JSON.stringify(query)) return;
      less += 1;
      expect(await idsWhere(sql`${condition} and (${predicate(sql, rest)})`)).toEqual(idsOf(query));
    }),
    { numRuns: 600 },
  );
  expect(less).toBeGreaterThan(100);
}, 120_000);
