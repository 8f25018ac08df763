import { setTimeout as pause } from "node:timers/promises";
import { everything, equals } from "@daybook/query";
import { consumers, demos } from "@daybook/store";
import type { Store } from "@daybook/store";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { platformOn } from "../../../test/platform-on.ts";
import { look, testMember, testOrganization, testPlatform } from "../../../test/test-platform.ts";
import type { TestPlatform } from "../../../test/test-platform.ts";
import { asDaybook } from "../../context.ts";
import type { Context } from "../../context.ts";
import type { Platform } from "../../platform.ts";
import { record } from "../../record.ts";
import { read } from "../../verb.ts";
import { consume } from "../consume.ts";
import { rollUp } from "../roll-up.ts";
import { demoStatus } from "./demo-status.ts";
import { loadDemo } from "./load-demo.ts";
import { removeDemo } from "./remove-demo.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await testPlatform();
});
afterAll(() => platform.close());

const status = (context: Context) => read(platform, context, demoStatus, {});
const owned = async (context: Context, action: string) => {
  const { events } = await platform.store.search(context.viewer.organizationId, { query: equals("action", action), limit: 10 });
  return events;
};
const countOf = async (organizationId: string) =>
  Number((await look<{ count: string }>(platform, `select count(*) from events where organization_id = '${organizationId}'`))[0]?.count);

/** Rows of an organization in every table that has a column for one. */
async function leftOvers(organizationId: string): Promise<Record<string, number>> {
  const tables = await look<{ name: string }>(
    platform,
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
    where a.attname = 'organization_id' and not a.attisdropped and c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace`,
  );
  expect(tables.length).toBeGreaterThan(10);
  const counts: Record<string, number> = {};
  for (const { name } of [...tables, { name: "organizations" }]) {
    const column = name === "organizations" ? "id" : "organization_id";
    const [row] = await look<{ count: string }>(platform, `select count(*) from ${name} where ${column} = '${organizationId}'`);
    if (Number(row?.count) > 0) counts[name] = Number(row?.count);
  }
  return counts;
}

const ownLog = async (context: Context) => (await platform.store.feed(context.viewer.organizationId, { afterSeq: 0, query: everything, limit: 1_000 })).events;

/** A platform whose n-th step on the database fails, before or after its commit. */
function failingAt(failing: number): Platform {
  let steps = 0;
  const step = () => {
    if ((steps += 1) === failing) throw new Error(`fault at step ${failing}`);
  };
  const stepped =
    <Arguments extends unknown[], Result>(work: (...given: Arguments) => Promise<Result>) =>
    async (...given: Arguments): Promise<Result> => {
      step();
      const result = await work(...given);
      step();
      return result;
    };
  const store: Store = {
    ...platform.store,
    append: stepped(platform.store.append),
    transaction: stepped(platform.store.transaction) as Store["transaction"],
    platformTransaction: stepped(platform.store.platformTransaction) as Store["platformTransaction"],
  };
  return platformOn(store);
}

test("demo data is a separate organization of the caller with a month of events and the vendors' samples, loaded in seconds", async () => {
  const context = await testOrganization(platform, { timeZone: "America/New_York" });
  const before = await ownLog(context);
  expect(await status(context)).toEqual({ loaded: false, organization: null });
  const { organization, events } = await loadDemo(platform, context);
  expect(await status(context)).toEqual({ loaded: true, organization });
  const [row] = await look(platform, `select name, demo, time_zone from organizations where id = '${organization.id}'`);
  expect(row).toEqual({ name: "Larkspur Analytics", demo: true, time_zone: "America/New_York" });
  const userId = context.viewer.kind === "member" ? context.viewer.userId : "";
  expect(await look(platform, `select user_id, role from members where organization_id = '${organization.id}'`)).toEqual([{ user_id: userId, role: "owner" }]);

  const sources = await look<{ source: string; count: string }>(
    platform,
    `select source, count(*) from events where organization_id = '${organization.id}' group by 1 order by 1`,
  );
  const counts = Object.fromEntries(sources.map(({ source, count }) => [source, Number(count)]));
  expect(counts["demo"]).toBeGreaterThan(6_000);
  expect([counts["import:github"], counts["import:okta"], counts["import:cloudtrail"]]).toEqual([42, 36, 509]);
  // A record that stands twice in a file is one event.
  expect(events).toBe((counts["demo"] ?? 0) + 43 + 36 + 509);
  const [span] = await look<{ gapless: boolean }>(platform, `select max(seq) = count(*) as gapless from events where organization_id = '${organization.id}'`);
  expect(span?.gapless).toBe(true);

  const after = await ownLog(context);
  expect(after.slice(0, before.length)).toEqual(before);
  expect(after.slice(before.length)).toMatchObject([
    { action: "demo_data_loaded", resource: { id: organization.id, name: "Larkspur Analytics" }, metadata: { events } },
  ]);
});

test("loading twice is refused with words, and changes nothing", async () => {
  const context = await testOrganization(platform);
  const { organization } = await loadDemo(platform, context);
  const count = await countOf(organization.id);
  await expect(loadDemo(platform, context)).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("loaded already") });
  expect(await countOf(organization.id)).toBe(count);
  await removeDemo(platform, context);
});

test("two clicks at once make one demo", async () => {
  const context = await testOrganization(platform);
  const clicks = await Promise.allSettled([loadDemo(platform, context), loadDemo(platform, context)]);
  for (const click of clicks) if (click.status === "rejected") expect(click.reason).toMatchObject({ code: "conflict" });
  const ids = new Set(clicks.flatMap((click) => (click.status === "fulfilled" ? [click.value.organization.id] : [])));
  expect(ids.size).toBe(1);
  expect(await owned(context, "demo_data_loaded")).toHaveLength(1);
  const [id = ""] = ids;
  const [row] = await look<{ same: boolean }>(
    platform,
    `select count(*) = count(distinct idempotency_key) as same from events where organization_id = '${id}' and source = 'demo'`,
  );
  expect(row?.same).toBe(true);
  await removeDemo(platform, context);
});

test("removed, nothing of it is left in any table, and the real log has only gained the two acts", async () => {
  const context = await testOrganization(platform);
  const { organization } = await loadDemo(platform, context);
  await consume(platform, rollUp);
  const held = await leftOvers(organization.id);
  expect(Object.keys(held)).toEqual(
    expect.arrayContaining(["events", "ingest_keys", "consumers", "activity_hours", "members", "organization_heads", "organizations"]),
  );

  await removeDemo(platform, context);
  expect(await leftOvers(organization.id)).toEqual({});
  expect(await status(context)).toEqual({ loaded: false, organization: null });
  expect((await ownLog(context)).map(({ action }) => action)).toEqual(["organization_created", "demo_data_loaded", "demo_data_removed"]);
  await expect(removeDemo(platform, context)).rejects.toMatchObject({ code: "not_found" });
  // And it may come again.
  expect((await loadDemo(platform, context)).organization.id).not.toBe(organization.id);
  await removeDemo(platform, context);
});

test("a consumer that is at work in the demo ends first, and neither it nor the removal fails", async () => {
  const context = await testOrganization(platform);
  const { organization } = await loadDemo(platform, context);
  await consume(platform, rollUp);
  let begun: () => void = () => {};
  const beginning = new Promise<void>((resolve) => (begun = resolve));
  const working = platform.store.platformTransaction(async (tx) => {
    await consumers.lockCursor(tx, organization.id, rollUp.name);
    begun();
    await pause(2_500);
    await record(platform, tx, asDaybook(organization.id), { action: "incident_opened" });
  });
  await beginning;
  await Promise.all([working, removeDemo(platform, context)]);
  expect(await leftOvers(organization.id)).toEqual({});
});

test("other organizations keep every event and their own demo", async () => {
  const [one, two] = [await testOrganization(platform), await testOrganization(platform)];
  const [first, second] = [await loadDemo(platform, one), await loadDemo(platform, two)];
  const counts = async () => [await countOf(second.organization.id), await countOf(two.viewer.organizationId)];
  const before = await counts();
  expect(await countOf(first.organization.id)).toBe(before[0]);
  await removeDemo(platform, one);
  expect(await counts()).toEqual(before);
  await removeDemo(platform, two);
});

describe("broken off at any step", () => {
  test("a load goes on where it was and ends with every event once", async () => {
    const whole = await testOrganization(platform);
    const expected = await countOf((await loadDemo(platform, whole)).organization.id);
    await removeDemo(platform, whole);
    for (const failing of [1, 2, 3, 9, 19, 22, 26]) {
      const context = await testOrganization(platform);
      await expect(loadDemo(failingAt(failing), context), `step ${failing}`).rejects.toThrow(`fault at step ${failing}`);
      const committed = await demos.find(platform.store.of(context.viewer.organizationId), context.viewer.organizationId);
      if (!committed?.loadedAt) await loadDemo(platform, context);
      const { organization } = await status(context);
      const imports = (await look(platform, `select id from events where organization_id = '${organization?.id}' and action = 'events_imported'`)).length;
      // An import that is begun again says so again.
      expect((await countOf(organization?.id ?? "")) - imports, `step ${failing}`).toBe(expected - 3);
      expect(await owned(context, "demo_data_loaded")).toHaveLength(1);
      await removeDemo(platform, context);
    }
  });

  test("a removal hides the demo at once, goes on, and leaves nothing", async () => {
    for (const failing of [1, 2, 3, 6, 7, 8]) {
      const context = await testOrganization(platform);
      const { organization } = await loadDemo(platform, context);
      await expect(removeDemo(failingAt(failing), context), `step ${failing}`).rejects.toThrow("fault");
      if (failing > 1) expect(await look(platform, `select * from members where organization_id = '${organization.id}'`)).toEqual([]);
      if (await demos.find(platform.store.of(context.viewer.organizationId), context.viewer.organizationId)) await removeDemo(platform, context);
      expect(await leftOvers(organization.id), `step ${failing}`).toEqual({});
      expect(await owned(context, "demo_data_removed")).toHaveLength(1);
    }
  });
});

test("while it is being removed it is not loaded", async () => {
  const context = await testOrganization(platform);
  await loadDemo(platform, context);
  await expect(removeDemo(failingAt(3), context)).rejects.toThrow("fault");
  await expect(loadDemo(platform, context)).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("being removed") });
  await removeDemo(platform, context);
});

describe("who may", () => {
  test("a member neither loads nor removes it, and each try is recorded", async () => {
    const owner = await testOrganization(platform);
    const member = await testMember(platform, owner, "member");
    await expect(loadDemo(platform, member)).rejects.toMatchObject({ code: "forbidden" });
    await expect(removeDemo(platform, member)).rejects.toMatchObject({ code: "forbidden" });
    expect((await owned(owner, "access_denied")).map(({ actor }) => actor.name)).toEqual(["Some member", "Some member"]);
  });

  test("an admin does, and colleagues come along in their roles", async () => {
    const owner = await testOrganization(platform);
    const admin = await testMember(platform, owner, "admin");
    const { organization } = await loadDemo(platform, admin);
    const roles = await look<{ role: string }>(platform, `select role from members where organization_id = '${organization.id}' order by role`);
    expect(roles.map(({ role }) => role)).toEqual(["owner", "owner"]);
    await removeDemo(platform, owner);
  });

  test("the operator's command line does, for the organization's first owner", async () => {
    const owner = await testOrganization(platform);
    const operator = asDaybook(owner.viewer.organizationId, "Operator");
    const { organization } = await loadDemo(platform, operator);
    const userId = owner.viewer.kind === "member" ? owner.viewer.userId : "";
    expect(await look(platform, `select user_id from members where organization_id = '${organization.id}'`)).toEqual([{ user_id: userId }]);
    expect(await owned(owner, "demo_data_loaded")).toMatchObject([{ actor: { name: "Operator" } }]);
    await removeDemo(platform, operator);
  });

  test("nobody loads a demo into the demo", async () => {
    const owner = await testOrganization(platform);
    const { organization } = await loadDemo(platform, owner);
    const inside: Context = { ...owner, viewer: { ...owner.viewer, organizationId: organization.id } };
    await expect(loadDemo(platform, inside)).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("This is the demo data") });
    await removeDemo(platform, owner);
  });
});

test("the removal has no power over an organization that is not demo data", async () => {
  const context = await testOrganization(platform);
  const id = context.viewer.organizationId;
  expect(await platform.store.platformTransaction((tx) => demos.purgeEvents(tx, id, 100))).toBe(0);
  await expect(platform.store.platformTransaction((tx) => demos.removeOrganization(tx, id))).rejects.toThrow();
  expect(await ownLog(context)).toHaveLength(1);
});

test("without the samples the demo is the company alone", async () => {
  const context = await testOrganization(platform);
  const bare: Platform = { ...platform, fixtures: async () => undefined };
  const { organization } = await loadDemo(bare, context);
  expect(await look(platform, `select distinct source from events where organization_id = '${organization.id}' and source like 'import:%'`)).toEqual([]);
  await removeDemo(platform, context);
});
