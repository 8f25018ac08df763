import type { EventInput } from "@daybook/event";
import { splitItems } from "@daybook/event";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testMember, testOrganization, testPlatform } from "../../test/test-platform.ts";
import type { TestPlatform } from "../../test/test-platform.ts";
import { asDaybook } from "../context.ts";
import type { Context } from "../context.ts";
import { record } from "../record.ts";
import { read } from "../verb.ts";
import { consume } from "./consume.ts";
import { ingest } from "./ingest.ts";
import { rollUp } from "./roll-up.ts";
import { countsOfSearches, facetsOfEvents, valuesOfKey } from "./facets.ts";
import { histogramOfEvents } from "./histogram.ts";
import { relatedEvents } from "./related.ts";
import { getEvent, listEvents } from "./search.ts";

let platform: TestPlatform;
let owner: Context;
let member: Context;

const day = "2026-06-12";
const events: EventInput[] = Array.from({ length: 60 }, (_, at) => ({
  action: at % 2 ? "query_executed" : "notebook_created",
  occurred_at: `${day}T${String(at % 24).padStart(2, "0")}:30:00.000Z`,
  actor: { type: "user", id: at % 3 ? "alice" : "bob", name: at % 3 ? "Alice" : "Bob" },
  resource: { type: at % 2 ? "query" : "notebook", id: `r${at % 5}`, name: `Q${at % 5} Report` },
  status: at % 10 ? "success" : "failed",
  context: { session_id: `s${at % 4}`, request_id: `q${at}`, ip: `192.168.1.${at}` },
}));

beforeAll(async () => {
  platform = await testPlatform();
  owner = await testOrganization(platform);
  member = await testMember(platform, owner, "member");
  const mine = { ...events[0], action: "own_act_created", actor: member.viewer.actor, occurred_at: `${day}T12:00:00Z` };
  const append = (organizationId: string, items: Parameters<TestPlatform["store"]["append"]>[1]) => platform.store.append(organizationId, items);
  await ingest(platform, owner, splitItems(JSON.stringify([...events, mine])), { append, retentionDays: null });
  await consume(platform, rollUp);
});
afterAll(() => platform.close());

const whole = { from: `${day}T00:00:00.000Z`, to: "2026-06-13T00:00:00.000Z" };

test("the bars, the facets and the rows count the same events, from the roll-up and without it", async () => {
  for (const filter of [
    whole,
    { ...whole, status: ["failed" as const] },
    { ...whole, q: "report" },
    { ...whole, resource: ["Q1 Report"] },
    { ...whole, from: `${day}T03:17:00.000Z` },
  ]) {
    const page = await read(platform, owner, listEvents, { logType: "activity", filter, limit: 200 });
    const chart = await read(platform, owner, histogramOfEvents, { logType: "activity", filter });
    expect(chart.total).toBe(page.events.length);
    expect(chart.buckets.flatMap(({ counts }) => Object.values(counts)).reduce((sum, count) => sum + count, 0)).toBe(chart.total);
  }
  const facets = await read(platform, owner, facetsOfEvents, { logType: "activity", filter: { ...whole, q: "operation:executed" }, keys: ["action"] });
  expect(facets.groups).toEqual([{ key: "action", values: [{ value: "query_executed", label: "query_executed", count: 30 }], exact: true, more: false }]);
});

test("rolling up again, or after a stop in the middle, counts nothing twice", async () => {
  await consume(platform, rollUp);
  await Promise.all([consume(platform, rollUp), consume(platform, rollUp)]);
  const chart = await read(platform, owner, histogramOfEvents, { logType: "activity", filter: whole });
  expect(chart.total).toBe(61);
});

test("a bar covers a local day of the organization", async () => {
  const chart = await read(platform, owner, histogramOfEvents, {
    logType: "activity",
    filter: { from: "2026-05-01T00:00:00.000Z", to: "2026-07-01T00:00:00.000Z" },
  });
  expect(chart.zone).toBe("Europe/Paris");
  expect(chart).toMatchObject({ unit: "day", bucketSeconds: 86_400 });
  const held = chart.buckets.filter(({ counts }) => Object.keys(counts).length > 0);
  expect(held.map(({ start }) => start)).toEqual(["2026-06-11T22:00:00.000Z", "2026-06-12T22:00:00.000Z"]);
  expect(chart.buckets).toHaveLength(62);
});

test("a member finds their own acts and no colleague's: in lists, by id, in counts, as related", async () => {
  const page = await read(platform, member, listEvents, { filter: {}, limit: 200 });
  expect(page.events.map(({ action }) => action)).toEqual(["own_act_created"]);
  const [colleagues] = (await read(platform, owner, listEvents, { filter: { actor: ["alice"] }, limit: 1 })).events;
  await expect(read(platform, member, getEvent, { id: colleagues?.id })).rejects.toMatchObject({ code: "not_found" });
  await expect(read(platform, member, relatedEvents, { id: colleagues?.id })).rejects.toMatchObject({ code: "not_found" });
  expect((await read(platform, member, histogramOfEvents, { filter: whole })).total).toBe(1);
  const { groups } = await read(platform, member, facetsOfEvents, { filter: whole, keys: ["action"] });
  expect(groups[0]?.values.map(({ value }) => value)).toEqual(["own_act_created"]);
});

test("`me` is whoever reads, in rows, bars, facets and counts, and nobody in what no person asks", async () => {
  const asked = { filter: { ...whole, q: "actor:me" } };
  for (const [context, count] of [
    [member, 1],
    [owner, 0],
  ] as const) {
    expect((await read(platform, context, listEvents, asked)).events).toHaveLength(count);
    expect((await read(platform, context, histogramOfEvents, asked)).total).toBe(count);
    const { groups } = await read(platform, context, facetsOfEvents, { ...asked, keys: ["operation"] });
    expect(groups[0]?.values.map((value) => value.count)).toEqual(count === 0 ? [] : [count]);
    expect(await read(platform, context, countsOfSearches, { filter: whole, searches: ["actor:me"] })).toEqual([{ count, capped: false }]);
  }
  await expect(read(platform, asDaybook(owner.viewer.organizationId), listEvents, asked)).rejects.toMatchObject({ code: "invalid", path: "filter.q" });
});

test("another organization's event does not exist", async () => {
  const stranger = await testOrganization(platform);
  const [row] = (await read(platform, owner, listEvents, { filter: {}, limit: 1 })).events;
  await expect(read(platform, stranger, getEvent, { id: row?.id })).rejects.toMatchObject({ code: "not_found" });
});

test("related events share the request, session, actor or resource, without the event itself", async () => {
  const [row] = (await read(platform, owner, listEvents, { filter: { action: ["query_executed"] }, limit: 1 })).events;
  const related = await read(platform, owner, relatedEvents, { id: row?.id });
  expect(related.map(({ by }) => by)).toEqual(["request", "session", "actor", "resource"]);
  for (const { events: found } of related) expect(found.map(({ id }) => id)).not.toContain(row?.id);
  expect(related.find(({ by }) => by === "session")?.count).toBeGreaterThan(5);
});

test("a search that is not understood is refused everywhere, and so is a zone that is none", async () => {
  const filter = { q: "colour:red" };
  const refused = { code: "invalid", path: "filter.q" };
  await expect(read(platform, owner, listEvents, { filter })).rejects.toMatchObject(refused);
  await expect(read(platform, owner, histogramOfEvents, { filter })).rejects.toMatchObject(refused);
  await expect(read(platform, owner, facetsOfEvents, { filter, keys: ["actor"] })).rejects.toMatchObject(refused);
  await expect(read(platform, owner, countsOfSearches, { searches: ["colour:red"] })).rejects.toMatchObject(refused);
  for (const zone of ["Europe/Atlantis", "+05:30", ""])
    await expect(read(platform, owner, histogramOfEvents, { zone })).rejects.toMatchObject({ code: "invalid", path: "zone" });
});

test("a search as long as one may be is answered everywhere, also where its one spelling is longer", async () => {
  // Words with a parenthesis are quoted there.
  const q = Array.from({ length: 50 }, (_, at) => `-w${String(at).padStart(2, "0")}(${"x".repeat(34)}`).join(" ");
  const filter = { ...whole, q };
  expect((await read(platform, owner, listEvents, { filter, limit: 200 })).events).toHaveLength(61);
  expect((await read(platform, owner, facetsOfEvents, { filter, keys: ["status"] })).groups[0]?.values).toMatchObject([{ count: 54 }, { count: 7 }]);
  expect((await read(platform, owner, valuesOfKey, { filter, key: "status" })).values).toHaveLength(2);
});

test.each([{ cursor: "nonsense" }, { filter: { from: "yesterday" } }, { limit: 0 }, { filter: { unknown: "x" } }, { filter: { status: ["broken"] } }])(
  "%j is refused with words",
  async (input) => {
    await expect(read(platform, owner, listEvents, input)).rejects.toMatchObject({ code: "invalid" });
  },
);

test("the width of the bars follows from the first event that their reader may see", async () => {
  const context = await testOrganization(platform);
  const member = await testMember(platform, context, "member");
  await platform.store.ensurePartitions(["2019-11-18T09:00:00Z"]);
  await platform.store.transaction(context.viewer.organizationId, async (tx) => {
    await record(platform, tx, member, { action: "own_act_created" });
    await record(platform, tx, context, { action: "old_act_created", occurred_at: "2019-11-18T09:00:00Z" });
  });
  await consume(platform, rollUp);
  const width = async (of: Context) => (await read(platform, of, histogramOfEvents, {})).bucketSeconds;
  expect(await width(member)).toBe(60);
  expect(await width(context)).toBeGreaterThan(86_400);
});
