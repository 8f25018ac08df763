import { testDatabase } from "@daybook/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { organizations, openStore, purgeEvents, purges } from "./index.ts";
import type { Store } from "./index.ts";

const organizationId = "01980000-0000-7000-8000-000000000001";
const purgeId = "01980000-0000-7000-8000-000000000002";
const now = new Date("2026-11-18T11:00:00Z");
const batch = { purgeId, from: "2026-11-01T00:00:00Z", before: "2026-11-08T11:00:00Z", limit: 2, now };

let database: Awaited<ReturnType<typeof testDatabase>>;
let store: Store;

beforeAll(async () => {
  database = await testDatabase();
  store = openStore({ url: database.url, applicationName: "test", max: 3 });
  await store.ensurePartitions(["2026-11-01"]);
  await store.platformTransaction((tx) => organizations.insert(tx, { id: organizationId, name: "Acme", slug: "acme", timeZone: "UTC", retentionDays: 10 }));
  // Rows as the log holds them, put there directly: what is deleted matters here, not how it came.
  await database.asOwner(`
      insert into events (organization_id, seq, id, occurred_at, received_at, log_type, action, namespace, operation, actor_type, status, description, source, tokens)
      select '${organizationId}', at, gen_random_uuid(), ('2026-11-0' || at)::timestamptz, now(), 'activity', 'a_created', 'a', 'created', 'user', 'success', '', 'api', '{}'
      from generate_series(1, 9) at`);
});
afterAll(async () => {
  await store.close();
  await database.close();
});

const remove = (changed = {}) => store.transaction(organizationId, (tx) => purgeEvents.removeBatch(tx, organizationId, { ...batch, ...changed }));
const count = async () => (await store.platform.execute<{ n: number }>("select count(*)::int as n from events"))[0]?.n;

test("without an open purge nothing goes", async () => {
  expect(await remove()).toBeNull();
  await store.platformTransaction((tx) => purges.open(tx, { organizationId, id: purgeId, trigger: "schedule", before: now, createdAt: now }));
});

test("what the policy holds does not go, whatever the caller says", async () => {
  expect(await remove({ before: "2026-11-08T11:00:00.001Z" })).toBeNull();
  expect(await count()).toBe(9);
});

test("a batch takes the oldest and no more than it may", async () => {
  expect(await remove()).toBe(2);
  const [row] = await store.platform.execute<{ oldest: string }>("select min(seq)::int as oldest from events");
  expect(row).toEqual({ oldest: 3 });
});

test("in the same transaction the log is append-only again as soon as the batch is done", async () => {
  // As the owner, for whom nothing but the trigger stands in the way.
  const call = `select purge_events('${organizationId}', '${purgeId}', '${batch.from}', '${batch.before}', 2, '${now.toISOString()}')`;
  await expect(database.asOwner(`begin; ${call}; delete from events`)).rejects.toThrow("events are append-only");
  await database.asOwner("rollback");
  expect(await count()).toBe(7);
});

test("the last batch comes back short, and the purge has counted them all", async () => {
  expect([await remove({ limit: 5 }), await remove({ limit: 5 }), await remove({ limit: 5 })]).toEqual([5, 1, 0]);
  expect(await purges.list(store.of(organizationId), organizationId, { limit: 1 })).toMatchObject([{ count: 8 }]);
});

test("a purge ends once", async () => {
  const finish = () => store.transaction(organizationId, (tx) => purges.finish(tx, organizationId, { id: purgeId, at: now }));
  expect((await Promise.all([finish(), finish()])).filter((purge) => purge !== null)).toHaveLength(1);
  expect(await remove()).toBeNull();
});

test("a month that is not there is no month to drop", async () => {
  expect(await store.platformTransaction((tx) => purgeEvents.dropMonth(tx, { month: "2019-01", now }))).toBe(false);
});
