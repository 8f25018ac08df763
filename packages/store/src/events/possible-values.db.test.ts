import { randomUUID } from "node:crypto";
import type { EventInput } from "@daybook/event";
import { allOf, anyOf, equals, like, matches, not, text } from "@daybook/query";
import type { Query, Searchable } from "@daybook/query";
import { testDatabase } from "@daybook/testkit";
import fc from "fast-check";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { consumers, openStore, organizations } from "../index.ts";
import type { Store } from "../index.ts";
import { inOrganization } from "../in-organization.ts";
import { preparedEvent } from "../testing.ts";
import { withPossibleValues } from "./possible-values.ts";
import { randomInput, randomQuery } from "./random-events.ts";

let store: Store;
let sql: postgres.Sql;
let close: () => Promise<void>;

beforeAll(async () => {
  const database = await testDatabase();
  store = openStore({ url: database.url, applicationName: "values", max: 2 });
  sql = postgres(database.url, { max: 1, fetch_types: false, connection: { role: "daybook_app" } });
  close = async () => {
    await sql.end({ timeout: 1 });
    await store.close();
    await database.close();
  };
});
afterAll(() => close());

async function logOf(inputs: readonly Partial<EventInput>[]) {
  const organizationId = randomUUID();
  await store.platformTransaction((tx) => organizations.insert(tx, { id: organizationId, name: "Values", slug: organizationId, timeZone: "UTC" }));
  const events: Searchable[] = [];
  const write = async (more: readonly Partial<EventInput>[]) => {
    const added = more.map((input, at) => ({ ...preparedEvent(randomUUID(), input), seq: events.length + at + 1 }));
    events.push(...added);
    await store.append(
      organizationId,
      added.map((event) => ({ event })),
    );
  };
  const rollUp = () =>
    store.transaction(organizationId, async (tx) => {
      const afterSeq = await consumers.lockCursor(tx, organizationId, consumers.rollUpConsumer);
      await consumers.moveCursor(tx, organizationId, {
        name: consumers.rollUpConsumer,
        to: await consumers.rollUp(tx, organizationId, { afterSeq, limit: 10_000 }),
      });
    });
  const asked = (query: Query, uncountedMax = 10) =>
    inOrganization(sql, organizationId, (tx) => withPossibleValues(tx, organizationId, { query, uncountedMax }));
  await write(inputs);
  await rollUp();
  return { organizationId, events, write, rollUp, asked };
}

const at = (minutes: number): string => new Date(Date.UTC(2026, 4, 10) - minutes * 60_000).toISOString();
const views = Array.from({ length: 90 }, (_, each) => ({ action: "notebook_viewed", occurred_at: at(each), actor: { type: "user" as const } }));
const plans = Array.from({ length: 5 }, (_, each) => ({
  action: "workspace_plan_updated",
  occurred_at: at(each),
  actor: { type: "service_user" as const },
  status: "failed" as const,
}));
const plan = like("action", "*plan*");

test("patterns and exclusions are asked for as the values that the roll-up knows of", async () => {
  const { asked } = await logOf([...views, ...plans]);
  expect(await asked(plan)).toEqual(allOf(plan, equals("action", "workspace_plan_updated")));
  expect(await asked(not(equals("actor.type", "user")))).toEqual(allOf(not(equals("actor.type", "user")), equals("actor.type", "service_user")));
  const typed = anyOf(plan, like("operation", "*plan*"));
  expect(await asked(allOf(typed, text(["moon"])))).toEqual(
    allOf(allOf(typed, text(["moon"])), equals("action", "workspace_plan_updated"), equals("operation", "updated")),
  );
});

test("of what most events have, what has no entry in the index, and what the roll-up does not know, nothing is asked", async () => {
  const { asked } = await logOf([...views, ...plans]);
  const viewed = like("action", "*viewed");
  for (const query of [
    viewed,
    not(equals("status", "failed")),
    not(equals("resource.type", "moon")),
    like("team.id", "t*"),
    equals("action", "notebook_viewed"),
  ])
    expect(await asked(query)).toEqual(
      expect.not.objectContaining({ of: expect.arrayContaining([expect.objectContaining({ is: "equals", values: expect.anything() })]) }),
    );
});

test("values of events that are not counted yet are among them, and where those are too many nothing is said", async () => {
  const { asked, write } = await logOf([...views, ...plans]);
  await write([
    { action: "billing_plan_deleted", occurred_at: at(3) },
    { action: "notebook_viewed", occurred_at: at(4) },
  ]);
  expect(await asked(plan)).toEqual(allOf(plan, equals("action", "workspace_plan_updated", "billing_plan_deleted")));
  expect(await asked(plan, 1)).toEqual(plan);
});

test("whatever is asked, every match has one of the values", async () => {
  const inputs = fc.sample(randomInput, { numRuns: 200, seed: 11 });
  const { events, asked, write } = await logOf(inputs.slice(0, 195));
  await write(inputs.slice(195));
  const field = fc.constantFrom("action", "operation", "actor.type", "resource.type", "status");
  const open: fc.Arbitrary<Query> = fc.oneof(
    fc.tuple(field, fc.constantFrom("*_ex*", "in*", "*ed", "a*", "*e*", "*k*")).map(([of, pattern]) => like(of, pattern)),
    fc.tuple(field, fc.constantFrom("user", "success", "failed", "notebook", "created", "query_executed")).map(([of, value]) => not(equals(of, value))),
  );
  let added = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(fc.array(open, { maxLength: 3 }), randomQuery).map(([parts, more]) => allOf(...parts, more)),
      async (query) => {
        const more = await asked(query);
        if (more !== query) added += 1;
        for (const event of events) expect(matches(more, event)).toBe(matches(query, event));
      },
    ),
    { numRuns: 150 },
  );
  expect(added).toBeGreaterThan(5);
}, 60_000);
