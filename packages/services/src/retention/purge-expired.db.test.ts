import { randomInt } from "node:crypto";
import { splitItems } from "@daybook/event";
import { everything } from "@daybook/query";
import { consumers } from "@daybook/store";
import { seededRandom } from "@daybook/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startChild } from "../../test/child.ts";
import { dyingAt } from "../../test/dying-at.ts";
import { look } from "../../test/test-platform.ts";
import { openWorld } from "../../test/world.ts";
import type { World } from "../../test/world.ts";
import { consume, ingest } from "../activity/index.ts";
import type { Consumer } from "../activity/index.ts";
import { facetsOfEvents } from "../activity/facets.ts";
import { histogramOfEvents } from "../activity/histogram.ts";
import { listEvents } from "../activity/search.ts";
import type { Context } from "../context.ts";
import { perform, read } from "../verb.ts";
import { getRetention, purgeExpired, setRetention } from "./index.ts";

const now = "2026-11-18T11:00:00Z";
let world: World;
let acme: Context;
let other: Context;

beforeEach(async () => {
  world = await openWorld(now);
  acme = await world.found("Acme");
  other = await world.found("Other");
});
afterEach(() => world.close());

const act = (occurred_at: string, more = {}) => ({ action: "notebook_created", occurred_at, ...more });
const keep = (context: Context, days: number | null) => perform(world.platform, context, setRetention, { days });
const purge = () => purgeExpired(world.platform);
const timesOf = async (context: Context) => (await world.log(context, "notebook_created")).map(({ occurred_at }) => occurred_at);
const months = async () => (await world.store.listPartitions()).map(({ month }) => month?.slice(0, 7));
const purges = async (context: Context) => (await read(world.platform, context, getRetention, undefined)).purges;
const spread = (count: number, from: string, to: string) =>
  Array.from({ length: count }, (_, at) => new Date(Date.parse(from) + ((Date.parse(to) - Date.parse(from)) * at) / count).toISOString());
const number = async (statement: string) => Number((await world.ask<{ n: string }>(statement)).n);

describe("a purge", () => {
  test("removes what is past the policy to the millisecond, records it once, and leaves the other organization alone", async () => {
    const times = ["2026-10-30T00:00:00.000Z", "2026-11-08T10:59:59.999Z", "2026-11-08T11:00:00.000Z"];
    for (const context of [acme, other])
      await world.write(
        context,
        times.map((at) => act(at)),
      );
    await keep(acme, 10);
    await purge();
    await purge();
    expect(await timesOf(acme)).toEqual(times.slice(2));
    expect(await timesOf(other)).toEqual(times);
    expect(await purges(acme)).toMatchObject([{ trigger: "schedule", count: 2, before: "2026-11-08T11:00:00.000Z", partitionsDropped: 0 }]);
    expect(await purges(other)).toEqual([]);
    expect(await world.log(acme, "retention_purged")).toMatchObject([
      {
        log_type: "system",
        actor: { name: "Daybook retention" },
        description: "Purged 2 expired events",
        rows_affected: 2,
        metadata: { count: 2, trigger: "schedule" },
      },
    ]);
    expect(await world.log(other, "retention_purged")).toEqual([]);
  });

  test("keeps everything where nobody set a policy", async () => {
    await world.write(acme, [act("1999-06-01T00:00:00Z"), act("2001-01-01T00:00:00Z")]);
    await purge();
    expect(await timesOf(acme)).toHaveLength(2);
    expect(await purges(acme)).toEqual([]);
  });

  test("leaves the counts per hour, also of events that nobody had counted yet", async () => {
    await world.write(acme, [act("2026-10-01T10:00:00Z"), act("2026-10-01T10:30:00Z"), act("2026-11-18T10:00:00Z")]);
    await keep(acme, 10);
    await purge();
    expect(await number("select sum(events) as n from activity_hours where action = 'notebook_created'")).toBe(3);
  });

  test("forgets the idempotency keys of what it removed, and no others", async () => {
    await world.write(acme, [act("2026-11-01T10:00:00Z", { idempotency_key: "old" }), act("2026-11-18T10:00:00Z", { idempotency_key: "new" })]);
    await world.write(other, [act("2026-11-01T10:00:00Z", { idempotency_key: "old" })]);
    await keep(acme, 10);
    const keys = await number("select count(*) as n from ingest_keys");
    await purge();
    // One went, and the key of the purge's own record came.
    expect(await number("select count(*) as n from ingest_keys")).toBe(keys);
    expect(await number("select count(*) as n from ingest_keys where occurred_at < '2026-11-08'")).toBe(1);
  });

  test("removes more than a batch holds, years before 2000 as well", async () => {
    await world.write(acme, Array.from({ length: 40 }, (_, at) => act(new Date(Date.UTC(1990 + at, 5, 1)).toISOString())).slice(0, 36));
    await world.fill(acme, spread(12_000, "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"));
    await keep(acme, 10);
    await purge();
    expect(await timesOf(acme)).toEqual([]);
    expect((await purges(acme))[0]?.count).toBe(12_036);
  });

  test("counts right and is recorded once when two workers carry it out at the same moment", async () => {
    for (const context of [acme, other]) {
      await world.fill(context, spread(8_000, "2026-09-15T00:00:00Z", "2026-11-05T00:00:00Z"));
      await keep(context, 10);
    }
    const ends = await Promise.allSettled([purge(), purge()]);
    if (ends.some(({ status }) => status === "rejected")) await purge();
    for (const context of [acme, other]) {
      expect((await purges(context)).reduce((sum, { count }) => sum + count, 0)).toBe(8_000);
      expect(await world.log(context, "retention_purged")).toHaveLength((await purges(context)).length);
      expect(await timesOf(context)).toEqual([]);
    }
  });

  test("stops at the next batch when somebody lengthens the policy", async () => {
    await world.write(acme, [act("2026-10-15T10:00:00Z")]);
    await keep(acme, 10);
    const { transaction } = world.store;
    let transactions = 0;
    const store = {
      ...world.store,
      transaction: async <T>(organizationId: string, work: Parameters<typeof transaction<T>>[1]) => {
        transactions += 1;
        // The first opens the purge; the owner changes their mind before the second deletes.
        if (transactions === 2) await keep(acme, null);
        return transaction(organizationId, work);
      },
    };
    await world.rollUp();
    await purgeExpired({ ...world.platform, store });
    expect(await timesOf(acme)).toHaveLength(1);
    expect(await purges(acme)).toMatchObject([{ count: 0 }]);
  });
});

describe("a whole month", () => {
  const september = ["2026-09-01T00:00:00.000Z", "2026-09-30T23:59:59.999Z"];

  test("is dropped when everybody with events in it is past it, and each organization's share is counted exactly", async () => {
    await world.write(
      acme,
      september.map((at, position) => act(at, { idempotency_key: `september ${position}` })),
    );
    await world.write(other, [act(september[0] ?? "")]);
    await keep(acme, 30);
    await keep(other, 40);
    await purge();
    expect(await months()).not.toContain("2026-09");
    expect(await purges(acme)).toMatchObject([{ count: 2, partitionsDropped: 1 }]);
    expect(await purges(other)).toMatchObject([{ count: 1, partitionsDropped: 1 }]);
    expect(await number("select count(*) as n from ingest_keys where key_hash is not null and occurred_at < '2026-10-01'")).toBe(0);
    expect(await world.log(acme, "retention_purged")).toMatchObject([{ metadata: { count: 2, partitions_dropped: 1 } }]);
  });

  test.each([
    ["keeps everything", null],
    ["still needs a part of it", 60],
  ])("stays while another organization %s", async (_why, days) => {
    await world.write(
      acme,
      september.map((at) => act(at)),
    );
    await world.write(
      other,
      september.map((at) => act(at)),
    );
    await keep(acme, 30);
    await keep(other, days);
    await purge();
    expect(await months()).toContain("2026-09");
    expect(await timesOf(acme)).toEqual([]);
    expect(await timesOf(other)).toEqual(days === null ? september : september.slice(1));
    expect(await purges(acme)).toMatchObject([{ count: 2, partitionsDropped: 0 }]);
  });

  test("is not dropped behind the back of an organization that came to it after the plan", async () => {
    await world.write(
      acme,
      september.map((at) => act(at)),
    );
    await keep(acme, 30);
    const { transaction } = world.store;
    let transactions = 0;
    const store = {
      ...world.store,
      transaction: async <T>(organizationId: string, work: Parameters<typeof transaction<T>>[1]) => {
        transactions += 1;
        if (transactions === 2) await world.write(other, [act(september[0] ?? "")]);
        return transaction(organizationId, work);
      },
    };
    await world.rollUp();
    await purgeExpired({ ...world.platform, store });
    expect(await months()).toContain("2026-09");
    expect(await timesOf(other)).toHaveLength(1);
    // The next run sees both and deletes only what is expired.
    await purge();
    expect(await timesOf(acme)).toEqual([]);
    expect(await timesOf(other)).toHaveLength(1);
    expect((await purges(acme)).reduce((sum, { count }) => sum + count, 0)).toBe(2);
  });

  test("that somebody is reading is left for the next attempt, which counts it once", async () => {
    await world.write(
      acme,
      september.map((at) => act(at)),
    );
    await keep(acme, 30);
    await world.rollUp();
    let release = () => {};
    const reading = world.store.platformTransaction(async (tx) => {
      await tx.execute("select count(*) from events");
      await new Promise<void>((resolve) => (release = resolve));
    });
    await expect(purge()).rejects.toThrow(/waits/);
    expect(await purges(acme)).toMatchObject([{ count: 0, finishedAt: null }]);
    expect(await world.log(acme, "retention_purged")).toEqual([]);
    release();
    await reading;
    await purge();
    expect(await months()).not.toContain("2026-09");
    expect(await purges(acme)).toMatchObject([{ count: 2, partitionsDropped: 1 }]);
  });
});

test("this month and the three ahead are always there", async () => {
  await purge();
  expect(await months()).toEqual(expect.arrayContaining(["2026-11", "2026-12", "2027-01", "2027-02"]));
});

describe("the sequence after a purge", () => {
  /** Its steps are far smaller than the hole. */
  const slow: Consumer = { name: "slow", effect: (tx, organizationId, afterSeq) => consumers.rollUp(tx, organizationId, { afterSeq, limit: 2 }) };

  test("goes on without a gap, and who follows it passes the hole", async () => {
    await world.write(
      acme,
      Array.from({ length: 20 }, () => act("2026-10-01T10:00:00Z")),
    );
    await keep(acme, 10);
    await purge();
    await consume(world.platform, slow);
    const last = await world.store.lastSeq(acme.viewer.organizationId);
    expect(await number(`select cursor_seq as n from consumers where name = 'slow' and organization_id = '${acme.viewer.organizationId}'`)).toBe(last);
    await world.write(acme, [act(now)]);
    const feed = await world.store.feed(acme.viewer.organizationId, { afterSeq: 0, query: everything, limit: 100 });
    expect(feed.lastSeq).toBe(last + 1);
  });

  test("is passed also where the hole is its end", async () => {
    await world.write(
      acme,
      Array.from({ length: 20 }, () => act("2026-10-01T10:00:00Z")),
    );
    await look(world.platform, `set local daybook.purging = 'on'; delete from events where organization_id = '${acme.viewer.organizationId}' and seq > 1`);
    await consume(world.platform, slow);
    expect(await world.store.behind({ name: "slow", limit: 10 })).toEqual([]);
  });
});

test("an event older than the policy is refused at the door, so that no purge takes what was just accepted", async () => {
  const items = splitItems(JSON.stringify([act("2026-11-08T10:59:59.999Z"), act("2026-11-08T11:00:00Z")]));
  const results = await ingest(world.platform, acme, items, { append: world.store.append, retentionDays: 10 });
  expect(results).toMatchObject([{ status: "refused", error: { code: "older_than_retention" } }, { status: "created" }]);
});

describe("whatever is killed", () => {
  test("at each step in turn, a month is dropped and the rest deleted once, and the record says how many", async () => {
    for (let step = 1, survived = false; !survived; step += 1) {
      expect(step).toBeLessThan(200);
      const context = await world.found(`Org${step}`);
      await world.write(
        context,
        ["2026-09-10T00:00:00Z", "2026-09-11T00:00:00Z", "2026-10-10T00:00:00Z", "2026-11-01T00:00:00Z", now].map((at) => act(at, { idempotency_key: at })),
      );
      await world.write(acme, [act("2026-10-01T00:00:00Z")]);
      await keep(context, 10);
      const dying = dyingAt(world.platform, step);
      await purgeExpired(dying.platform).catch(() => undefined);
      survived = dying.survived();
      await purge();
      const recorded = await world.log(context, "retention_purged");
      expect(
        recorded.map(({ metadata }) => [metadata["count"], metadata["partitions_dropped"]]),
        `died at step ${step}`,
      ).toEqual([[4, 1]]);
      expect(await timesOf(context)).toEqual([new Date(now).toISOString()]);
      expect(await number(`select count(*) as n from ingest_keys where organization_id = '${context.viewer.organizationId}' and occurred_at < '${now}'`)).toBe(
        0,
      );
    }
  });

  test("the missing rows are the counted ones, and each purge is recorded once", async () => {
    const seed = randomInt(2 ** 31);
    console.log(`seed ${seed}`);
    const random = seededRandom(seed);
    // Its one event keeps September from being dropped, so that months go both ways.
    await world.write(await world.found("Keeper"), [act("2026-09-10T00:00:00Z")]);
    await keep(acme, 10);
    await keep(other, 17);
    let filled = 1;
    let partly = 0;
    for (let kill = 0; kill < killsMax; kill += 1) {
      await world.fill(acme, spread(20_000, "2026-09-05T00:00:00Z", now));
      await world.fill(other, spread(10_000, "2026-09-05T00:00:00Z", now));
      filled += 30_000;
      const child = await startChild("purgeExpired", { url: world.url, now });
      await child.ready;
      // Half of the kills at any moment, half while rows are going.
      if (kill % 2 === 0) await removed((await counted()) + random() * 15_000);
      await new Promise((resolve) => setTimeout(resolve, random() * (kill % 2 === 0 ? 40 : 800)));
      await child.kill();
      await settled();
      expect(await left()).toBe(filled - (await counted()));
      if ((await number("select count(*) as n from purges where finished_at is null")) > 0) partly += 1;
    }
    await purge();
    console.log(`killed in the middle ${partly} of ${killsMax} times`);
    expect(await left()).toBe(filled - (await counted()));
    expect(await number("select sum(events) as n from activity_hours where action = 'notebook_created'")).toBe(filled);
    for (const [context, cut] of [
      [acme, "2026-11-08T11:00:00Z"],
      [other, "2026-11-01T11:00:00Z"],
    ] as const) {
      const { organizationId } = context.viewer;
      expect(await number(`select count(*) as n from events where organization_id = '${organizationId}' and occurred_at < '${cut}'`)).toBe(0);
      const ended = await purges(context);
      const recorded = await world.log(context, "retention_purged");
      const told = recorded.map(({ resource, metadata }) => `${resource?.id} ${JSON.stringify(metadata["count"])}`);
      expect(told.toSorted()).toEqual(ended.map(({ id, count }) => `${id} ${count}`).toSorted());
      expect(ended.every(({ finishedAt }) => finishedAt !== null)).toBe(true);
      const view = await read(world.platform, context, getRetention, undefined);
      expect(view.eventCount).toBe(await number(`select count(*) as n from events where organization_id = '${organizationId}'`));
    }
  });

  const killsMax = 6;
  const left = () => number("select count(*) as n from events where action = 'notebook_created'");

  const counted = () => number("select coalesce(sum(count), 0) as n from purges");

  async function removed(count: number): Promise<void> {
    for (let tries = 0; tries < 5_000 && (await counted()) < count; tries += 1) await new Promise((resolve) => setTimeout(resolve, 2));
  }

  /** A killed process's last statement may still be running on the server. */
  async function settled(): Promise<void> {
    for (let tries = 0; tries < 200; tries += 1) {
      if ((await number("select count(*) as n from pg_stat_activity where application_name = 'child'")) === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error("the child's connections never ended");
  }
});

test("the bars and the facets count no event that was purged, though the roll-up remembers it", async () => {
  const context = await world.found("Bars");
  await world.write(context, [act("2026-01-05T10:00:00.000Z"), act("2026-11-17T10:00:00.000Z")]);
  await keep(context, 30);
  await world.rollUp();
  await purge();
  await world.rollUp();
  const filter = { action: [act("").action] };
  const { events } = await read(world.platform, context, listEvents, { filter });
  const chart = await read(world.platform, context, histogramOfEvents, { filter });
  const { groups } = await read(world.platform, context, facetsOfEvents, { keys: ["action"] });
  expect([events.length, chart.total, groups[0]?.values.find(({ value }) => value === act("").action)?.count]).toEqual([1, 1, 1]);
  expect(chart.bucketSeconds).toBe(3_600);
});
