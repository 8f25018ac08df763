import { randomUUID } from "node:crypto";
import { allOf, equals, has, not } from "@daybook/query";
import { testDatabase } from "@daybook/testkit";
import type { TestDatabase } from "@daybook/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore, organizations } from "../index.ts";
import type { Store } from "../index.ts";
import { preparedEvent } from "../testing.ts";
import { searchOrders } from "./search-order.ts";

const organizationId = randomUUID();
let database: TestDatabase;
let store: Store;
let hidden: { id: string; occurred_at: string }[];

/** Somebody who sees the events of one team, which has none: all that the walk looks at is hidden. */
const visible = equals("team.id", "ours");
/** With milliseconds that no edge of a walk has by itself, a minute and more apart. */
const instants = Array.from({ length: 300 }, (_, at) => new Date(Date.UTC(2026, 9, 20, 7, 0, 3, 457) - at * 97_531).toISOString());

beforeAll(async () => {
  database = await testDatabase();
  store = openStore({ url: database.url, applicationName: "hidden", max: 2 });
  await store.platformTransaction((tx) => organizations.insert(tx, { id: organizationId, name: "Hidden", slug: organizationId, timeZone: "UTC" }));
  const events = instants.map((occurred_at) => preparedEvent(randomUUID(), { occurred_at, team: { id: "theirs", name: "Theirs" } }));
  hidden = events;
  await store.append(
    organizationId,
    events.map((event) => ({ event })),
  );
});
afterAll(async () => {
  await store.close();
  await database.close();
});

test("a page whose time ran out tells neither the instant nor the id of an event that its reader may not see", async () => {
  // What an index answers and what it does not.
  for (const query of [allOf(visible), allOf(visible, equals("actor.id", "nobody")), not(equals("team.id", "theirs"))])
    for (const order of searchOrders) {
      let cursor: string | null = null;
      let cut = 0;
      for (let page = 0; page < 100; page += 1) {
        const found = await store.search(organizationId, { query, limit: 10, order, cursor, budgetMs: 0, firstStep: 7 });
        cursor = found.nextCursor;
        if (cursor === null) break;
        cut += 1;
        const told = `${found.searchedTo} ${Buffer.from(cursor, "base64url").toString()}`;
        expect(hidden.filter(({ id, occurred_at }) => told.includes(id) || told.includes(occurred_at))).toEqual([]);
      }
      expect(cursor).toBeNull();
      expect(cut).toBeGreaterThan(3);
    }
});

test("a count that did not come to the end tells from when it counted by a whole second", async () => {
  const { exact, countedFrom } = await store.histogram(organizationId, {
    query: allOf(not(equals("team.id", "theirs")), not(has("changes"))),
    by: "status",
    grids: [[0]],
    rowsMax: 50,
  });
  expect(exact).toBe(false);
  expect(countedFrom).toMatch(/:\d\d\.000Z$/);
});
