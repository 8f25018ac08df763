import { readFile } from "node:fs/promises";
import { catalogEntries } from "@daybook/catalog";
import type { MemberViewer } from "@daybook/policy";
import { afterAll, beforeAll, expect, test } from "vitest";
import { look, testMember } from "../../test/test-platform.ts";
import { openWorld } from "../../test/world.ts";
import type { World } from "../../test/world.ts";
import type { Context } from "../context.ts";
import { purgeExpired } from "../retention/index.ts";
import { setRetention } from "../retention/policy.ts";
import { perform, read } from "../verb.ts";
import { getAction, listCatalog, listCustomActions } from "./catalog.ts";

const now = "2026-11-18T10:00:00Z";

let world: World;
let owner: Context;
let member: Context;

beforeAll(async () => {
  world = await openWorld(now);
  owner = await world.found("Acme");
  member = await testMember(world.platform, owner, "member");
  await world.write(owner, [
    { action: "query_executed", occurred_at: "2026-11-16T09:12:00.250Z" },
    { action: "query_executed", occurred_at: "2026-11-18T08:00:00Z" },
    { action: "query_executed", occurred_at: "2026-11-17T23:59:59Z" },
    { action: "kiln_fired", occurred_at: "2026-11-17T10:00:00Z", resource: { type: "kiln", name: "North" } },
    { action: "iam:CreateUser", occurred_at: "2026-11-17T11:00:00Z" },
  ]);
  await world.write(member, [{ action: "glaze_mixed", occurred_at: "2026-11-17T12:00:00Z" }]);
  await world.rollUp();
});
afterAll(() => world.close());

const lineOf = async (context: Context, key: string) => (await read(world.platform, context, listCatalog, {})).entries.find((entry) => entry.key === key);
const customKeys = async (context: Context, input: object = {}) =>
  (await read(world.platform, context, listCustomActions, input)).actions.map(({ key }) => key);

test("the catalog lists every action, with when and how often the organization has seen it", async () => {
  const { entries, presets, customCount } = await read(world.platform, owner, listCatalog, {});
  expect(entries.map(({ key }) => key)).toEqual(catalogEntries().map(({ key }) => key));
  expect(presets.length).toBeGreaterThan(4);
  expect(customCount).toBe(3);
  expect((await lineOf(owner, "query_executed"))?.sighting).toEqual({
    firstSeen: "2026-11-16T09:12:00.250Z",
    lastSeen: "2026-11-18T08:00:00.000Z",
    events: 3,
  });
  expect((await lineOf(owner, "scenario_created"))?.sighting).toBeNull();
});

test("actions that the catalog does not know are read from their own words, page by page, and can be searched", async () => {
  const { actions } = await read(world.platform, owner, listCustomActions, {});
  expect(actions).toEqual([
    { key: "glaze_mixed", sample: "Mixed glaze", namespace: "glaze", operation: "other", sighting: expect.objectContaining({ events: 1 }) },
    { key: "iam:CreateUser", sample: "Iam create user", namespace: "iam", operation: "created", sighting: expect.objectContaining({ events: 1 }) },
    { key: "kiln_fired", sample: "Fired kiln", namespace: "kiln", operation: "other", sighting: expect.objectContaining({ events: 1 }) },
  ]);
  const first = await read(world.platform, owner, listCustomActions, { limit: 2 });
  expect(first.nextCursor).toBe("iam:CreateUser");
  expect(await customKeys(owner, { limit: 2, cursor: first.nextCursor })).toEqual(["kiln_fired"]);
  expect(await customKeys(owner, { containing: "CREATE" })).toEqual(["iam:CreateUser"]);
  expect(await customKeys(owner, { containing: "%" })).toEqual([]);
});

test("another organization has seen nothing of it", async () => {
  const other = await world.found("Bell");
  expect((await lineOf(other, "query_executed"))?.sighting).toBeNull();
  expect(await customKeys(other)).toEqual([]);
  await expect(read(world.platform, other, getAction, { action: "kiln_fired" })).rejects.toMatchObject({ code: "not_found" });
});

test("who sees only their own events gets the vocabulary, and learns of nobody else's acts", async () => {
  const { entries, customCount } = await read(world.platform, member, listCatalog, {});
  expect(entries.length).toBe(catalogEntries().length);
  expect(entries.filter(({ sighting }) => sighting !== null)).toEqual([]);
  expect(customCount).toBeNull();
  expect(await customKeys(member)).toEqual([]);
  expect(await read(world.platform, member, getAction, { action: "query_executed" })).toMatchObject({ sighting: null, days: null, latestEventId: null });
  await expect(read(world.platform, member, getAction, { action: "kiln_fired" })).rejects.toMatchObject({ code: "not_found" });
  expect(await read(world.platform, member, getAction, { action: "glaze_mixed" })).toMatchObject({
    custom: true,
    sighting: null,
    days: null,
    latestEventId: expect.any(String),
  });
});

test("an action is told with its details, its sample and its latest days", async () => {
  const view = await read(world.platform, owner, getAction, { action: "query_executed" });
  expect(view).toMatchObject({
    custom: false,
    availability: [{ preset: "analytics", groups: ["Queries"] }],
    schema: { properties: { rows_returned: { type: "integer" } } },
    sampleEvent: { action: "query_executed", rows_returned: 10 },
    sighting: { events: 3 },
    latestEventId: expect.any(String),
  });
  // By the organization's calendar: a minute before midnight in UTC is the next day in Paris.
  expect(view.days?.map(({ events }) => events)).toEqual([1, 2]);
  expect(await read(world.platform, owner, getAction, { action: "kiln_fired" })).toMatchObject({
    custom: true,
    schema: null,
    details: [],
    days: [{ events: 1 }],
  });
});

test("hours that were counted before there were sightings are seen, to the hour", async () => {
  const migration = await readFile(new URL("../../../store/migrations/0012_sightings.sql", import.meta.url), "utf8");
  const backFill = /^select organization_id, action[^;]*/m.exec(migration)?.[0];
  const rows = await look(world.platform, `${backFill} order by 1, 2`);
  const kept = await look(
    world.platform,
    `select organization_id, action, date_trunc('hour', first_seen) as min, date_trunc('hour', last_seen) as max, events::numeric as sum
    from action_sightings order by 1, 2`,
  );
  expect(rows.length).toBeGreaterThan(3);
  expect(rows).toEqual(kept);
});

test("a purge takes the events, not the sighting", async () => {
  const context = await world.found("Old");
  await world.write(context, [{ action: "notebook_created", occurred_at: "2026-01-05T10:00:00Z" }]);
  await world.rollUp();
  await perform(world.platform, context, setRetention, { days: 30 });
  await purgeExpired(world.platform);
  expect(await world.log(context, "notebook_created")).toEqual([]);
  expect((await lineOf(context, "notebook_created"))?.sighting).toEqual({
    firstSeen: "2026-01-05T10:00:00.000Z",
    lastSeen: "2026-01-05T10:00:00.000Z",
    events: 1,
  });
});

test("a late event of long ago moves the first sighting, and never the last", async () => {
  const context = await world.found("Late");
  for (const occurred_at of ["2026-11-10T10:00:00Z", "2026-10-01T10:00:00Z", "2026-11-05T10:00:00Z"]) {
    await world.write(context, [{ action: "team_created", occurred_at }]);
    await world.rollUp();
  }
  expect((await lineOf(context, "team_created"))?.sighting).toEqual({
    firstSeen: "2026-10-01T10:00:00.000Z",
    lastSeen: "2026-11-10T10:00:00.000Z",
    events: 3,
  });
});

test("of what is for owners alone, nobody else is told when and how often it was seen", async () => {
  const context = await world.found("Planned");
  const admin = await testMember(world.platform, context, "admin");
  const action = "organization_plan_changed";
  await world.write(context, [{ action }, { action: "team_created" }]);
  await world.rollUp();
  expect((await lineOf(context, action))?.sighting).toMatchObject({ events: 1 });
  expect((await lineOf(admin, "team_created"))?.sighting).toMatchObject({ events: 1 });
  for (const blind of [admin, { ...context, as: admin.viewer as MemberViewer }]) {
    expect((await lineOf(blind, action))?.sighting).toBeNull();
    expect(await read(world.platform, blind, getAction, { action })).toMatchObject({ sighting: null, days: null, latestEventId: null });
  }
});
