import { testDatabase } from "@daybook/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { consumers, openStore, organizations, reportFigures } from "./index.ts";
import type { Store } from "./index.ts";

const organizationId = "01980000-0000-7000-8000-000000000001";
let database: Awaited<ReturnType<typeof testDatabase>>;
let store: Store;

beforeAll(async () => {
  database = await testDatabase();
  store = openStore({ url: database.url, applicationName: "test", max: 3 });
  await store.ensurePartitions(["2026-11-01"]);
  await store.platformTransaction((tx) => organizations.insert(tx, { id: organizationId, name: "Acme", slug: "acme", timeZone: "Asia/Kolkata" }));
  // One event every ten minutes of two days, every seventh of the system, every fifth failed, by three people of whom one has no id.
  await database.asOwner(`
      insert into events (organization_id, seq, id, occurred_at, received_at, log_type, action, namespace, operation, actor_type, actor_id, actor_name, status, description, source, tokens)
      select '${organizationId}', at, gen_random_uuid(), '2026-11-10T00:00:00Z'::timestamptz + at * interval '10 minutes', now(),
        case when at % 7 = 0 then 'system' else 'activity' end, 'a_created', 'a', 'created', 'user', nullif(at % 3, 0)::text, 'person ' || at % 3,
        case when at % 5 = 0 then 'failed' else 'success' end, '', 'api', '{}'
      from generate_series(1, 288) at`);
  await database.asOwner(`update organization_heads set next_seq = 289 where organization_id = '${organizationId}'`);
});
afterAll(async () => {
  await store.close();
  await database.close();
});

// Midnights of Kolkata lie on the half hour of UTC: a day is what begins within it, whole hours of UTC.
const range = { from: new Date("2026-11-10T18:30:00Z"), to: new Date("2026-11-11T18:30:00Z") };

test("figures are the same before the roll-up, halfway through it, and after", async () => {
  const seen = [];
  for (let step = 0; step < 4; step += 1) {
    seen.push(await reportFigures.read(store.of(organizationId), organizationId, range));
    await store.transaction(organizationId, async (tx) => {
      const afterSeq = await consumers.lockCursor(tx, organizationId, consumers.rollUpConsumer);
      await consumers.moveCursor(tx, organizationId, {
        name: consumers.rollUpConsumer,
        to: await consumers.rollUp(tx, organizationId, { afterSeq, limit: 100 }),
      });
    });
  }
  const [first] = seen;
  for (const figures of seen) expect(figures).toEqual(first);
  const [truth] = await store.platform.execute<{ n: number; failed: number }>(`
    select count(*)::int as n, (count(*) filter (where status = 'failed'))::int as failed
    from events
    where log_type = 'activity' and occurred_at >= '2026-11-10T19:00:00Z' and occurred_at < '2026-11-11T19:00:00Z'`);
  const sum = (rows: reportFigures.HourFigure[]) => rows.reduce((total, { events }) => total + events, 0);
  expect([sum(first ?? []), sum((first ?? []).filter(({ status }) => status === "failed"))]).toEqual([truth?.n, truth?.failed]);
});

test("days that follow each other share no hour and leave none out, also where midnight lies on the half hour", async () => {
  const total = async (from: string, to: string) =>
    (await reportFigures.read(store.of(organizationId), organizationId, { from: new Date(from), to: new Date(to) })).reduce(
      (sum, { events }) => sum + events,
      0,
    );
  const [first, second] = [await total("2026-11-09T18:30:00Z", "2026-11-10T18:30:00Z"), await total("2026-11-10T18:30:00Z", "2026-11-12T18:30:00Z")];
  expect(first + second).toBe(await total("2026-11-09T18:30:00Z", "2026-11-12T18:30:00Z"));
});

test("an actor without an id is known by the name", async () => {
  const figures = await reportFigures.read(store.of(organizationId), organizationId, range);
  expect(new Set(figures.map(({ actorId, actorName }) => `${actorId} ${actorName}`))).toEqual(new Set(["1 person 1", "2 person 2", "person 0 person 0"]));
});

test("another organization has no figures", async () => {
  expect(await reportFigures.read(store.of("01980000-0000-7000-8000-000000000009"), "01980000-0000-7000-8000-000000000009", range)).toEqual([]);
});
