import { facetKeys } from "@daybook/query";
import type { FacetKey } from "@daybook/query";
import { afterAll, beforeAll, expect, test } from "vitest";
import { asNow, write } from "../../../test/log-readers.ts";
import { testMember } from "../../../test/test-platform.ts";
import { openWorld } from "../../../test/world.ts";
import type { World } from "../../../test/world.ts";
import { listOperations } from "../../activity/operations.ts";
import { countsOfSearches, facetsOfEvents, valuesOfKey } from "../../activity/facets.ts";
import { histogramOfEvents } from "../../activity/histogram.ts";
import { getEvent, listEvents } from "../../activity/search.ts";
import type { Context } from "../../context.ts";
import { perform, read } from "../../verb.ts";
import { grantAuditor, listAuditors, ownAuditorGrants } from "./index.ts";

let world: World;
let owner: Context;
const secret = /203\.0\.113\.77|kim@secret/;

beforeAll(async () => {
  world = await openWorld("2026-11-21T12:00:00.000Z");
  owner = await world.found("Acme");
  const told = (name: string, more: object) => ({ action: "report_viewed", resource: { type: "report", name }, ...more });
  await write(world.platform, owner, [
    told("one", { operation_id: "sync of kim@secret.example", team: { id: "t_1", name: "Team of kim@secret.example" } }),
    told("two", {
      actor: { type: "system", id: "203.0.113.77", name: "Host 203.0.113.77" },
      operation_id: "sync from 203.0.113.77",
      team: { id: "t_2", name: "Host 203.0.113.77" },
    }),
    told("three", { operation_id: "sync 3", team: { id: "t_3", name: "Insights" } }),
  ]);
  await world.rollUp();
  await world.foldOperations();
});
afterAll(() => world.close());

async function auditorWith(...grants: object[]): Promise<Context> {
  const context = await testMember(world.platform, owner, "auditor");
  for (const more of grants)
    await perform(world.platform, owner, grantAuditor, {
      email: context.viewer.actor.email ?? "",
      filter: { action: ["report_viewed"] },
      expiresAt: "2026-12-21T12:00:00.000Z",
      reason: "Audit",
      ...more,
    });
  return asNow(world.platform, context);
}
const viewedBy = async ({ viewer }: Context) => (await world.log(owner, "audit_log_viewed")).filter(({ actor }) => actor.id === viewer.actor.id);

test("no page of operations names a hidden value in its cursor, and every page follows the one before", async () => {
  const auditor = await auditorWith({ hides: ["actor.email", "context.ip"] });
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof read<unknown, { operations: { lastAt: string; firstSeq: number }[]; nextCursor: string | null }>>> = await read(
      world.platform,
      auditor,
      listOperations,
      { limit: 1, cursor },
    );
    seen.push(...page.operations.map(({ firstSeq }) => String(firstSeq)));
    cursor = page.nextCursor;
    if (cursor !== null) expect(`${cursor} ${Buffer.from(cursor, "base64url").toString("utf8")}`).not.toMatch(secret);
  } while (cursor !== null);
  expect(new Set(seen).size).toBe(3);
  expect(seen).toHaveLength(3);
});

test("facets name no hidden address, of an actor or of a team", async () => {
  const auditor = await auditorWith({ hides: ["actor.email", "context.ip"] });
  const told = JSON.stringify(await read(world.platform, auditor, facetsOfEvents, { keys: [...facetKeys] }));
  expect(told).toContain("Insights");
  expect(told).not.toMatch(secret);
});

test("typing a hidden address offers no value whose name or id it is, nor another that it would tell apart", async () => {
  const auditor = await auditorWith({ hides: ["actor.email", "context.ip"] });
  const offered = (context: Context, key: FacetKey, text: string) => read(world.platform, context, valuesOfKey, { key, text });
  for (const key of facetKeys)
    for (const text of ["kim@secret", "secret.example", "203.0.113.77", "113.77"]) {
      const { values } = await offered(auditor, key, text);
      expect([key, text, values]).toEqual([key, text, []]);
    }
  expect((await offered(owner, "team", "kim@sec")).values).toMatchObject([{ value: "t_1" }]);
  expect((await offered(auditor, "team", "INSIGHTS")).values).toMatchObject([{ value: "t_3", label: "Insights", hint: "t_3" }]);
  expect((await offered(auditor, "ip", "")).values).toEqual([]);
});

test("people are offered by their e-mails, and by their ids where e-mails are hidden; what is offered can be asked for", async () => {
  await write(world.platform, owner, [{ action: "report_viewed", actor: { type: "user", id: "u_lee", name: "Lee", email: "lee@company.example" } }]);
  for (const [reader, value] of [
    [owner, "lee@company.example"],
    [await auditorWith({ hides: ["actor.email"] }), "u_lee"],
  ] as const) {
    const { values } = await read(world.platform, reader, valuesOfKey, { key: "actor", text: "lee" });
    expect(values).toEqual([{ value, label: "Lee", hint: value, count: 1 }]);
    const { groups } = await read(world.platform, reader, facetsOfEvents, { filter: { q: `actor:${value}` }, keys: ["actor", "action"] });
    expect(groups[0]?.values).toContainEqual({ value, label: "Lee", count: 1 });
    expect(groups[1]?.values).toEqual([{ value: "report_viewed", label: "report_viewed", count: 1 }]);
  }
});

test("what stands in place of an address is hidden as the address would be: no facet and no suggestion names it", async () => {
  await write(world.platform, owner, [
    { action: "report_viewed", context: { ip: "sync.vendor.internal" } },
    { action: "report_viewed", actor: { type: "user", email: "corp\\quinn" } },
  ]);
  const auditor = await auditorWith({ hides: ["actor.email", "context.ip"] });
  const told = JSON.stringify([
    await read(world.platform, auditor, facetsOfEvents, { keys: [...facetKeys] }),
    await read(world.platform, auditor, valuesOfKey, { key: "ip", text: "sync.v" }),
    await read(world.platform, auditor, valuesOfKey, { key: "actor", text: "quinn" }),
  ]);
  expect(told).not.toMatch(/vendor\.internal|quinn/);
  expect((await read(world.platform, owner, valuesOfKey, { key: "ip", text: "sync.v" })).values).toHaveLength(1);
  expect((await read(world.platform, owner, valuesOfKey, { key: "actor", text: "quinn" })).values).toHaveLength(1);
});

test("a hidden address cannot be counted either, in bars or as one of several searches", async () => {
  const auditor = await auditorWith({ hides: ["actor.email", "context.ip"] });
  for (const q of ["actor:203.0.113.77", "ip:203.0.113.77"]) {
    await expect(read(world.platform, auditor, histogramOfEvents, { filter: { q } })).rejects.toMatchObject({ code: "forbidden" });
    await expect(read(world.platform, auditor, countsOfSearches, { searches: [q] })).rejects.toMatchObject({ code: "forbidden" });
    await expect(read(world.platform, auditor, facetsOfEvents, { filter: { q }, keys: ["status"] })).rejects.toMatchObject({ code: "forbidden" });
  }
});

test("reading facets is in the log as reading any other figure is", async () => {
  const auditor = await auditorWith({});
  await read(world.platform, auditor, facetsOfEvents, { filter: { q: "one" }, keys: ["actor"] });
  expect(await viewedBy(auditor)).toMatchObject([{ resource: { name: "Figures" } }]);
  expect((await read(world.platform, owner, listAuditors, {})).lasting.find(({ auditor: { id } }) => id === auditor.viewer.actor.id)).toMatchObject({
    reads: 1,
  });
});

test("half a surrogate pair in a search or in the words of a grant is refused, and no words of the record are cut in half", async () => {
  const auditor = await auditorWith({});
  for (const half of ["\ud800", "\udc00 x"]) {
    await expect(read(world.platform, auditor, listEvents, { filter: { q: half } })).rejects.toMatchObject({ code: "invalid", path: "filter.q" });
    await expect(auditorWith({ filter: { q: half } })).rejects.toMatchObject({ code: "invalid", path: "filter.q" });
    await expect(auditorWith({ terms: half })).rejects.toMatchObject({ code: "invalid", path: "terms" });
  }
  // Long words are cut for the record, wherever a pair stands.
  for (const pad of ["", "x"])
    await read(world.platform, auditor, listEvents, { filter: { action: [...Array(8).keys()].map((at) => `${pad}${String(at)}${"😀".repeat(250)}`) } });
  expect((await viewedBy(auditor)).length).toBe(2);
});

test("the words of a grant, and why an event is seen, name nothing that is hidden", async () => {
  const hides = ["actor.email", "context.ip"];
  const auditor = await auditorWith({ filter: { actor: ["kim@secret.example"] }, hides }, { filter: { q: "203.0.113.77" }, hides });
  await write(world.platform, owner, [{ action: "kim_seen", actor: { type: "user", id: "u_kim", name: "Kim", email: "kim@secret.example" } }]);
  const [event] = (await read(world.platform, auditor, listEvents, { filter: { action: ["kim_seen"] } })).events;
  const { visibleBecause } = await read(world.platform, auditor, getEvent, { id: event?.id ?? "" });
  const own = await read(world.platform, auditor, ownAuditorGrants, {});
  expect(own).toHaveLength(2);
  expect(`${visibleBecause} ${JSON.stringify(own)}`).not.toMatch(secret);
  expect(JSON.stringify(await read(world.platform, owner, listAuditors, {}))).toMatch(secret);
});
