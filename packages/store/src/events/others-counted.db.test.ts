import { randomUUID } from "node:crypto";
import type { EventInput } from "@daybook/event";
import { allOf, equals, everything, like, not, occurred } from "@daybook/query";
import type { Query } from "@daybook/query";
import { testDatabase } from "@daybook/testkit";
import type { TestDatabase } from "@daybook/testkit";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { consumers, openStore, organizations } from "../index.ts";
import type { Store } from "../index.ts";
import { preparedEvent } from "../testing.ts";

let database: TestDatabase;
let store: Store;
let organizationId: string;

beforeAll(async () => {
  database = await testDatabase();
  store = openStore({ url: database.url, applicationName: "others", max: 2 });
  await store.ensurePartitions(["2026-11-15T00:00:00Z"]);
});
afterAll(async () => {
  await store.close();
  await database.close();
});
beforeEach(async () => {
  organizationId = randomUUID();
  await store.platformTransaction((tx) => organizations.insert(tx, { id: organizationId, name: "Others", slug: organizationId, timeZone: "UTC" }));
});

const write = (inputs: readonly Partial<EventInput>[]) =>
  store.append(
    organizationId,
    inputs.map((input) => ({ event: preparedEvent(randomUUID(), { occurred_at: "2026-11-10T09:30:00.000Z", ...input }) })),
  );
const rollUp = (shapes?: { hour: number; day: number }, limit = 10_000) =>
  store.transaction(organizationId, async (tx) => {
    const afterSeq = await consumers.lockCursor(tx, organizationId, consumers.rollUpConsumer);
    const to = await consumers.rollUp(tx, organizationId, { afterSeq, limit, ...(shapes && { shapes }) });
    await consumers.moveCursor(tx, organizationId, { name: consumers.rollUpConsumer, to });
  });
const few = { hour: 4, day: 6 };
const shapes = async (grain: "hour" | "day") =>
  (await database.asOwner(`select action, operation, resource_type, events from activity_shapes
    where organization_id = '${organizationId}' and grain = '${grain}' order by events desc, action, resource_type`)) as {
    action: string;
    operation: string;
    resource_type: string;
    events: string;
  }[];
const day: readonly number[] = [Date.parse("2026-11-10T00:00:00Z")];
const chart = (query: Query, by: "status" | "operation" = "status") =>
  store.histogram(organizationId, { query, by, grids: [day], rowsMax: 10, matchesMax: 10 });

/** Resource types that never come twice, as somebody writes who puts an id into them. */
const careless = (count: number, more: Partial<EventInput> = {}) =>
  Array.from({ length: count }, (_, at) => ({ resource: { type: `table_${at}` }, status: at % 3 ? "success" : "failed", ...more }) as Partial<EventInput>);

test("resource types that never come twice make no more rows than an hour and a day may have", async () => {
  await write(careless(1_100));
  await rollUp();
  // Beside those of their own: successful and failed others.
  expect(await shapes("hour")).toHaveLength(1_000 + 2);
  await write(careless(100).map((input) => ({ ...input, action: "table_viewed" })));
  await rollUp({ hour: 2_000, day: 1_000 });
  for (const grain of ["hour", "day"] as const) expect((await shapes(grain)).reduce((sum, { events }) => sum + Number(events), 0)).toBe(1_200);
  // An hour that has others stays as it is, and the day takes no more.
  expect([await shapes("hour"), await shapes("day")].map(({ length }) => length)).toEqual([1_000 + 2, 1_100 + 2]);
});

test("the shapes with most events keep a row of their own, in whatever steps they come", async () => {
  await write([...careless(30), ...Array.from({ length: 50 }, () => ({ resource: { type: "orders" } }))]);
  await rollUp(few);
  await write(Array.from({ length: 20 }, () => ({ resource: { type: "orders" } })));
  await rollUp(few, 7);
  expect((await shapes("hour")).find(({ resource_type: type }) => type === "orders")).toMatchObject({ events: "57" });
  await rollUp(few);
  expect((await shapes("hour")).find(({ resource_type: type }) => type === "orders")).toMatchObject({ events: "70" });
});

test("what the others tell is counted exactly from them, and nothing else is: that is counted within the bounds of any search, and says so", async () => {
  await write([
    ...careless(60),
    { action: "organization_plan_changed", resource: { type: "plan" } },
    { action: "organization_plan_changed", resource: { type: "p2" } },
  ]);
  await rollUp(few);
  expect(await chart(everything)).toMatchObject({ total: 62, exact: true, buckets: [{ counts: { success: 42, failed: 20 } }] });
  const forAdmins = not(equals("action", ...consumers.actionsKeptApart));
  expect(await chart(forAdmins)).toMatchObject({ total: 60, exact: true });
  expect(await chart(allOf(forAdmins, equals("status", "failed")))).toMatchObject({ total: 20, exact: true });
  for (const query of [equals("action", "notebook_created"), like("action", "notebook*"), not(equals("operation", "x"))])
    expect(await chart(query)).toMatchObject({ exact: false });
  expect(await chart(everything, "operation")).toMatchObject({ exact: false });
  // What the index finds is counted whole.
  expect(await chart(equals("resource.type", "table_7", "table_8"))).toMatchObject({ total: 2, exact: true });
  expect(await store.countUpTo(organizationId, { query: equals("action", "notebook_created"), max: 100 })).toEqual({ count: 60, capped: false });
  const groups = await store.facets(organizationId, { query: everything, keys: ["resource_type", "status"], limit: 10, rowsMax: 10, matchesMax: 10 });
  expect(Object.fromEntries(groups.map(({ key, exact }) => [key, exact]))).toEqual({ resource_type: false, status: true });
  expect(groups.flatMap(({ values }) => values).some(({ value }) => value === "")).toBe(false);
});

test("a range without others is counted as ever", async () => {
  await write(careless(60));
  await write(careless(2, { occurred_at: "2026-11-12T09:30:00.000Z" }));
  await rollUp(few);
  const later = allOf(equals("action", "notebook_created"), occurred({ from: "2026-11-12T00:00:00.000Z" }));
  expect(await chart(later)).toMatchObject({ total: 2, exact: true });
});

test("who takes events back takes them from the row that they were counted in, and leaves the counts of what is left", async () => {
  const inputs = [...careless(40), ...careless(10, { action: "organization_plan_changed" })];
  const kept = inputs.filter((_, at) => at % 4 === 0);
  await write(inputs);
  await rollUp(few);
  const gone = inputs
    .filter((_, at) => at % 4 !== 0)
    .flatMap((input) =>
      ["hour", "day"].map((grain) => {
        const { action, operation, namespace, log_type, actor, status } = preparedEvent(randomUUID(), input);
        const start = grain === "hour" ? "2026-11-10T09:00:00Z" : "2026-11-10T00:00:00Z";
        return { grain, start, log_type, action, operation, namespace, actor_type: actor.type, resource_type: input.resource?.type, status, events: 1 };
      }),
    );
  await database.asOwner(`select uncount_shapes('${organizationId}', '${JSON.stringify(gone)}')`);
  const failed = kept.filter(({ status }) => status === "failed").length;
  expect(await chart(everything)).toMatchObject({ total: kept.length, exact: true, buckets: [{ counts: { failed, success: kept.length - failed } }] });
  expect(await chart(not(equals("action", ...consumers.actionsKeptApart)))).toMatchObject({ total: kept.filter(({ action }) => action === undefined).length });
  expect((await shapes("day")).every(({ events }) => Number(events) > 0)).toBe(true);
  // What was taken back leaves room for nobody: events of one shape would else be counted in two rows.
  await write(careless(3).map((input) => ({ ...input, action: "brand_new" })));
  await rollUp(few);
  expect((await shapes("hour")).some(({ action }) => action === "brand_new")).toBe(false);
});

test("a worker of an older version, which would count less and move on, is refused with what to do, and nothing is lost", async () => {
  await write(careless(3));
  const older = store.transaction(organizationId, async (tx) => {
    await consumers.lockCursor(tx, organizationId, consumers.rollUpConsumer);
    await consumers.moveCursor(tx, organizationId, { name: consumers.rollUpConsumer, to: 3 });
  });
  await expect(older).rejects.toMatchObject({ cause: { message: expect.stringMatching(/older than the database.*stop it/) } });
  await rollUp();
  expect(await chart(everything)).toMatchObject({ total: 3, exact: true });
  // Other consumers are as they were.
  await store.transaction(organizationId, async (tx) => {
    await consumers.lockCursor(tx, organizationId, "alerts");
    await consumers.moveCursor(tx, organizationId, { name: "alerts", to: 3 });
  });
});
