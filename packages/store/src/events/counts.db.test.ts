import { randomUUID } from "node:crypto";
import { allOf, equals, everything, facetKeys, has, not, occurred, text } from "@daybook/query";
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
  store = openStore({ url: database.url, applicationName: "counts", max: 2 });
  await store.ensurePartitions(["2026-10-15T00:00:00Z", "2026-11-15T00:00:00Z"]);
});
afterAll(async () => {
  await store.close();
  await database.close();
});
beforeEach(async () => {
  organizationId = randomUUID();
  await store.platformTransaction((tx) => organizations.insert(tx, { id: organizationId, name: "Counts", slug: organizationId, timeZone: "UTC" }));
});

const write = (times: readonly string[], more: object = {}) =>
  store.append(
    organizationId,
    times.map((occurred_at) => ({ event: preparedEvent(randomUUID(), { occurred_at, ...more }) })),
  );
const rollUp = () =>
  store.transaction(organizationId, async (tx) => {
    const afterSeq = await consumers.lockCursor(tx, organizationId, consumers.rollUpConsumer);
    const to = await consumers.rollUp(tx, organizationId, { afterSeq, limit: 10_000 });
    await consumers.moveCursor(tx, organizationId, { name: consumers.rollUpConsumer, to });
  });
const minutes = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => new Date(Date.parse("2026-11-10T09:00:00Z") + index * 60_000).toISOString());
const day = [[Date.parse("2026-11-10T00:00:00Z")]];

test("where there is too much to read, the newest are counted, and the answer says since when", async () => {
  await write(minutes(50));
  await rollUp();
  const asked: Query = not(has("changes"));
  expect(await store.histogram(organizationId, { query: asked, by: "status", grids: day })).toMatchObject({ total: 50, exact: true, countedFrom: null });
  const chart = await store.histogram(organizationId, { query: asked, by: "status", grids: day, rowsMax: 20 });
  expect(chart).toMatchObject({ total: 20, exact: false, countedFrom: "2026-11-10T09:29:01.000Z" });
  const since = await store.histogram(organizationId, { query: allOf(asked, occurred({ from: chart.countedFrom ?? "" })), by: "status", grids: day });
  expect(since).toMatchObject({ total: 20, exact: true });
  const [group] = await store.facets(organizationId, { query: asked, keys: ["status"], limit: 10, rowsMax: 20 });
  expect(group).toEqual({ key: "status", values: [{ value: "success", label: "success", count: 20 }], exact: false, more: false });
});

test("of what the index finds too much, about as much as may be fetched is counted, never less than what may be read, and the answer says since when", async () => {
  // Nothing in the first and the last hours of the day, and as much in one hour as in the three others.
  const hours = ["06", "07", "09", "10"].flatMap((hour) => minutes(60).map((at) => at.replace("T09", `T${hour}`)));
  await write(hours, { actor: { type: "user", id: "busy" } });
  await write(hours.slice(0, 120), { actor: { type: "user", id: "other" } });
  await rollUp();
  const query = equals("actor.id", "busy");
  const chart = await store.histogram(organizationId, { query, by: "status", grids: day, rowsMax: 10, matchesMax: 100 });
  expect(chart.exact).toBe(false);
  expect(chart.total).toBeGreaterThan(50);
  expect(chart.total).toBeLessThan(150);
  const since = allOf(query, occurred({ from: chart.countedFrom ?? "" }));
  expect(await store.histogram(organizationId, { query: since, by: "status", grids: day })).toMatchObject({ total: chart.total, exact: true });
  const [group] = await store.facets(organizationId, { query, keys: ["actor"], limit: 5, rowsMax: 10, matchesMax: 100 });
  expect(group).toEqual({ key: "actor", values: [{ value: "busy", label: "busy", count: chart.total }], exact: false, more: false });
});

test("of what the index finds too much, no more is fetched because hardly any of it matches", async () => {
  const hours = Array.from({ length: 480 }, (_, at) => new Date(Date.parse("2026-11-01T00:00:00Z") + at * 1_800_000).toISOString());
  await write(hours, { actor: { type: "user", id: "busy" } });
  await rollUp();
  const query = allOf(equals("actor.id", "busy"), not(equals("actor.id", "busy")));
  const bounds = { by: "status", grids: day, rowsMax: 10, matchesMax: 100 } as const;
  expect(await store.histogram(organizationId, { query, ...bounds })).toMatchObject({ total: 0, exact: false, countedFrom: expect.any(String) });
  // Where the roll-up knows what else the matches have, the index is asked for that as well.
  const person = allOf(equals("actor.id", "busy"), not(equals("actor.type", "user")));
  await write(["2026-11-05T08:00:00Z"], { actor: { type: "system", id: "busy" } });
  await rollUp();
  expect(await store.histogram(organizationId, { query: person, ...bounds })).toMatchObject({ total: 1, exact: true });
});

test("what the index finds is counted whole, however much lies beside it", async () => {
  await write(minutes(50));
  await write(["2026-11-10T08:00:00Z"], { actor: { type: "user", id: "rare" } });
  await rollUp();
  const chart = await store.histogram(organizationId, { query: equals("actor.id", "rare"), by: "status", grids: day, rowsMax: 20 });
  expect(chart).toMatchObject({ total: 1, exact: true });
});

test("hours from which events were purged count only what is left in them, and days as well", async () => {
  await write(["2026-10-20T10:05:00Z", "2026-10-20T10:25:00Z", "2026-10-20T10:45:00Z", "2026-10-20T22:00:00Z", "2026-10-22T10:00:00Z"]);
  await rollUp();
  await database.asOwner(`
    begin;
    set local daybook.purging = 'on';
    delete from events where organization_id = '${organizationId}' and occurred_at < '2026-10-20T10:30:00Z';
    insert into purges (organization_id, id, trigger, before, count, created_at) values ('${organizationId}', '${randomUUID()}', 'schedule', '2026-10-20T10:30:00Z', 2, now());
    commit`);
  const total = async (query: Query) => (await store.countEvents(organizationId, query)).total;
  expect(await total(everything)).toBe(3);
  expect(await total(occurred({ from: "2026-10-20T00:00:00Z", to: "2026-10-21T00:00:00Z" }))).toBe(2);
  expect(await total(occurred({ to: "2026-10-20T11:00:00Z" }))).toBe(1);
  // An import may bring old events back to where a purge has been.
  await write(["2026-10-20T10:10:00Z"]);
  expect(await total(everything)).toBe(4);
  await rollUp();
  expect(await total(everything)).toBe(4);
});

test("a bar that begins within an hour, as those of half-hour zones do, takes its part of the hour", async () => {
  await write(minutes(90));
  await rollUp();
  const starts = ["2026-11-10T08:30:00Z", "2026-11-10T09:30:00Z", "2026-11-10T10:15:30Z"].map((start) => Date.parse(start));
  const { buckets } = await store.histogram(organizationId, { query: everything, by: "operation", grids: [starts] });
  expect(buckets.map(({ counts }) => Object.values(counts))).toEqual([[30], [46], [14]]);
});

test("a value's facet is found by what was typed, in its label too, and in any case", async () => {
  await write(minutes(3), { actor: { type: "user", id: "u_17", name: "Grace Kim" }, team: { id: "t_9", name: "Finance" } });
  await rollUp();
  const found = async (key: (typeof facetKeys)[number], containing: string) =>
    (await store.facets(organizationId, { query: text(["grace"]), keys: [key], limit: 5, containing })).map(({ values }) => values);
  expect(await found("actor", "KIM")).toEqual([[{ value: "u_17", label: "Grace Kim", count: 3 }]]);
  expect(await found("team", "fin")).toEqual([[{ value: "t_9", label: "Finance", count: 3 }]]);
  expect(await found("team", "kim")).toEqual([[]]);
});

test("values that begin with what was typed come before those that only hold it, however frequent these are", async () => {
  await write(minutes(3), { action: "report_exported", actor: { type: "user", id: "u_1", email: "sara@company.com" } });
  await write(minutes(1), { action: "report_exported", actor: { type: "user", id: "u_2", email: "alice@company.com" } });
  const [group] = await store.facets(organizationId, { query: equals("action", "report_exported"), keys: ["actor"], limit: 5, containing: "A" });
  expect(group?.values.map(({ value }) => value)).toEqual(["alice@company.com", "sara@company.com"]);
});

test("an actor's value is the e-mail, by which people know each other, and is found by the id as well; where e-mails are hidden, the id is the value", async () => {
  await write(minutes(2), { actor: { type: "user", id: "u_17", name: "Grace Kim", email: "grace@company.com" } });
  await write(minutes(1), { actor: { type: "service_user", id: "svc_dbt" } });
  await write(minutes(1), { actor: { type: "system", name: "Scheduler" } });
  await rollUp();
  const actors = async (more: object) => (await store.facets(organizationId, { query: everything, keys: ["actor"], limit: 5, ...more }))[0]?.values;
  const others = [
    { value: "Scheduler", label: "Scheduler", count: 1 },
    { value: "svc_dbt", label: "svc_dbt", count: 1 },
  ];
  expect(await actors({})).toEqual([{ value: "grace@company.com", label: "Grace Kim", count: 2 }, ...others]);
  expect(await actors({ hidesEmails: true })).toEqual([{ value: "u_17", label: "Grace Kim", count: 2 }, ...others]);
  for (const containing of ["GRACE@", "kim", "u_1"]) expect(await actors({ containing })).toMatchObject([{ value: "grace@company.com" }]);
  expect(await actors({ hidesEmails: true, containing: "@company" })).toEqual([]);
});
