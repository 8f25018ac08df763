import { randomUUID } from "node:crypto";
import { allOf, anyOf, equals, like, matches, network, not, text } from "@daybook/query";
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

test("words that are excluded together are those that each excludes alone", async () => {
  const word = fc.oneof(standing, fc.constantFrom("fe80::1", "1.2.3xyz", "@", "", "a b"));
  const excluded = fc
    .tuple(word, fc.constantFrom<Parameters<typeof text>[1]>([], ["ip"], ["ip", "actor.email"]), fc.boolean())
    .map(([each, except, anywhere]) => not({ ...(text([each], except) as Extract<Query, { is: "text" }>), ...(anywhere && { anywhere: true }) }));
  await fc.assert(
    fc.asyncProperty(fc.array(excluded, { minLength: 2, maxLength: 6 }), async (parts) => {
      expect(await idsWhere(predicate(sql, allOf(...parts)))).toEqual(idsOf(allOf(...parts)));
    }),
    { numRuns: 30 },
  );
}, 60_000);

const fetchedFor = async (query: Query): Promise<string[]> => idsWhere(indexCondition(sql, organizationId, query) ?? sql`true`);

test("an address, and a network between two octets, is found without its neighbours", async () => {
  const neighbours = await fetchedFor(network("192.168.1.0/24"));
  for (const asked of ["192.168.1.100/32", "192.168.1.96/28", "192.168.1.7/31", "192.168.16.0/20"]) {
    const [found, matching] = [await fetchedFor(network(asked)), idsOf(network(asked))];
    expect(matching.length).toBeGreaterThan(0);
    expect(found).toEqual(expect.arrayContaining(matching));
    expect(found.length).toBeLessThan(neighbours.length);
  }
  // Of several ways to write an address, none is missed.
  const ways = events.filter(({ id }) => idsOf(network("192.168.1.100/32")).includes(id)).map(({ context }) => context.ip);
  expect(new Set(ways)).toEqual(new Set(["192.168.1.100", "::ffff:192.168.1.100", "::ffff:c0a8:164"]));
});

test("a pattern is found by the words that begin in it", async () => {
  for (const pattern of ["q2*", "ali*", "*x b*", "q2*report*", "bob@x.ex*"]) {
    const found = await fetchedFor(like("actor.name", pattern));
    expect(found).toEqual(expect.arrayContaining(idsOf(like("actor.name", pattern))));
    expect(found.length).toBeLessThan(events.length);
  }
  expect(indexCondition(sql, organizationId, like("actor.name", "*lice"))).toBeNull();
  expect(indexCondition(sql, organizationId, like("team.name", "ali*"))).toBeNull();
});

test("what has the shape of an address stands in no text from which addresses are cut", async () => {
  for (const term of ["192.168.1.100", "fe80::1", "1.2.3xyz"]) expect(await fetchedFor(text([term], ["ip"]))).toEqual([]);
  // With one dot it may be a version, and is compared.
  expect(await fetchedFor(text(["1.2"], ["ip"]))).not.toEqual(events.map(({ id }) => id));
});

test("values of several fields are one question to the index", async () => {
  const query = allOf(
    anyOf(equals("action", "query_executed"), equals("operation", "query_executed")),
    anyOf(equals("actor.email", "bob"), equals("actor.id", "bob")),
  );
  const plan = await sql.begin(async (tx) => {
    await tx.unsafe("set local enable_bitmapscan = off; set local enable_indexscan = off; set local enable_seqscan = on");
    return tx<{ "QUERY PLAN": string }[]>`explain (costs off) select id from events where ${indexCondition(sql, organizationId, query) ?? sql`true`}`;
  });
  const filter = plan.map((row) => row["QUERY PLAN"]).find((row) => row.includes("Filter"));
  expect(filter).toMatch(/tokens && '\{-?\d+,-?\d+\}'::bigint\[\]\) AND \(tokens && '\{-?\d+,-?\d+\}'/);
});
