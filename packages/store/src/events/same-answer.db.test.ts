import { randomUUID } from "node:crypto";
import type { EventInput } from "@daybook/event";
import { allOf, anyOf, equals, exactFields, matches, not, occurred, text, textParts } from "@daybook/query";
import type { Query } from "@daybook/query";
import { testDatabase } from "@daybook/testkit";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as organizations from "../organizations.ts";
import { openStore } from "../store.ts";
import type { Store } from "../store.ts";
import { preparedEvent } from "../testing.ts";

const organizationId = randomUUID();
let store: Store;
let close: () => Promise<void>;

beforeAll(async () => {
  const database = await testDatabase();
  store = openStore({ url: database.url, applicationName: "test" });
  close = async () => {
    await store.close();
    await database.close();
  };
  await store.platformTransaction((tx) => organizations.insert(tx, { id: organizationId, name: "A", slug: "a", timeZone: "UTC" }));
});
afterAll(() => close());

/** Few values, so that random queries meet random events; and the nasty ones: quotes, braces, backslashes, case, letters beyond ASCII. */
const word = fc.constantFrom(
  "alice",
  "Alice",
  "bob",
  "sales_db",
  "Q2 'Sales' \"Report\"",
  "{a,b}",
  "back\\slash",
  "%",
  "İstanbul Σς",
  "192.168.1.100",
  "null",
  "Bob@x.example by fe80::1",
  "2001:DB8::7 @",
);
const status = fc.constantFrom("success", "failed", "in_progress", "pending_approval");
const moment = fc.integer({ min: 0, max: 5_000 }).map((hours) => new Date(Date.UTC(2026, 0, 1) + hours * 3_600_000).toISOString());
const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
const actor = fc.record({ type: fc.constantFrom("user", "api_key", "anonymous"), id: word, name: word, email: word }, { requiredKeys: ["type"] });

const eventInput = fc.record(
  {
    action: fc.constantFrom("notebook_created", "query_executed", "report_deleted"),
    occurred_at: moment,
    actor,
    on_behalf_of: fc.array(actor, { maxLength: 2 }),
    resource: fc.record({ type: fc.constantFrom("notebook", "database"), id: word, name: word }, { requiredKeys: ["type"] }),
    team: fc.record({ id: word }),
    status,
    operation_id: word,
    description: word,
    context: fc.record({ ip: word, session_id: word, request_id: word }, { requiredKeys: [] }),
  },
  { requiredKeys: ["action", "occurred_at"] },
) as fc.Arbitrary<EventInput>;

const query: fc.Arbitrary<Query> = fc.letrec<{ query: Query }>((tie) => ({
  query: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc
      .tuple(
        fc.constantFrom(...exactFields),
        fc.array(fc.oneof(word, status, fc.constantFrom("notebook", "activity", "user", "created")), { minLength: 1, maxLength: 3 }),
      )
      .map(([field, values]) => equals(field, ...values)),
    fc.tuple(maybe(moment), maybe(moment)).map(([from, to]) => occurred({ ...(from && { from }), ...(to && { to }) })),
    fc
      .tuple(
        fc.array(fc.oneof(word, fc.constantFrom("ALI", "sales", "192.168", "σ", "@", "x.ex", "::", "by")), { minLength: 1, maxLength: 2 }),
        fc.subarray([...textParts]),
      )
      .map(([words, except]) => text(words, except)),
    fc.constantFrom<Query>({ is: "everything" }, { is: "nothing" }),
    fc.array(tie("query"), { maxLength: 3 }).map((of) => allOf(...of)),
    fc.array(tie("query"), { maxLength: 3 }).map((of) => anyOf(...of)),
    tie("query").map(not),
  ),
})).query;

test("SQL and the matcher give one answer for any query and any events, and pages lose and repeat nothing", async () => {
  const inputs = fc.sample(eventInput, { numRuns: 400, seed: 42 });
  const events = inputs.map((input) => preparedEvent(randomUUID(), input));
  await store.append(
    organizationId,
    events.map((event) => ({ event })),
  );
  await fc.assert(
    fc.asyncProperty(query, fc.integer({ min: 1, max: 120 }), async (asked, limit) => {
      const found: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await store.search(organizationId, { query: asked, cursor, limit });
        found.push(...page.events.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor);
      const expected = events
        .filter((event) => matches(asked, event))
        .toSorted((a, b) => b.occurred_at.localeCompare(a.occurred_at) || b.id.localeCompare(a.id))
        .map(({ id }) => id);
      expect(found).toEqual(expected);
    }),
    { numRuns: 250 },
  );
}, 120_000);

test("what the walk finds among many rows by index is what the matcher finds", async () => {
  const deep = randomUUID();
  await store.platformTransaction((tx) => organizations.insert(tx, { id: deep, name: "Deep", slug: "deep", timeZone: "UTC" }));
  const events = Array.from({ length: 9_000 }, (_, at) =>
    preparedEvent(randomUUID(), {
      occurred_at: new Date(Date.UTC(2026, 9, 1) - at * 3_000_000).toISOString(),
      actor: { type: "user", id: at % 2_500 === 2_499 ? "rare" : `u${at % 7}` },
      status: at % 1_000 === 0 ? "failed" : "success",
    }),
  );
  for (let at = 0; at < events.length; at += 1_000)
    await store.append(
      deep,
      events.slice(at, at + 1_000).map((event) => ({ event })),
    );
  for (const asked of [
    equals("actor.id", "rare"),
    equals("status", "failed"),
    equals("actor.id", "nobody"),
    allOf(equals("actor.id", "rare"), equals("status", "failed")),
  ]) {
    const page = await store.search(deep, { query: asked, limit: 100 });
    const expected = events.filter((event) => matches(asked, event)).map(({ id }) => id);
    expect(page.events.map(({ id }) => id)).toEqual(expected);
  }
}, 60_000);
