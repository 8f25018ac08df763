import { testDatabase } from "@daybook/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as alertRules from "./alert-rules.ts";
import * as incidents from "./incidents.ts";
import * as mails from "./mails.ts";
import { openStore } from "./store.ts";
import type { Store } from "./store.ts";

let database: Awaited<ReturnType<typeof testDatabase>>;

beforeAll(async () => {
  database = await testDatabase();
  const store = openStore({ url: database.url, applicationName: "filler", max: 1 });
  await store.platform.execute(`insert into organizations (id, name, slug, time_zone) values ('${organizationId}', 'Acme', 'acme', 'UTC')`);
  await store.platform.execute(`
    insert into mails (organization_id, id, kind, message_id, subject, html, text, recipients, state, next_attempt_at, about)
    select '${organizationId}', gen_random_uuid(), 'alert', '', '', '', '', '{}', 'sent', now(), jsonb_build_object('resource', jsonb_build_object('id', nr))
    from generate_series(1, 2000) nr`);
  await database.asOwner("analyze mails");
  await store.close();
});
afterAll(() => database.close());

const organizationId = "0198d3f2-7a10-7c4e-9b1d-2f6c0a5e8d31";
const at = new Date("2026-11-16T10:00:00Z");

/** An empty table is read whole, and sorted, unless that is forbidden; what is then chosen is the index that the statement can use. */
const noScan = "enable_seqscan=off";
const noSort = `${noScan}&enable_sort=off`;

const handInMsMax = 5_000;

const lookUps: { index: string; without?: string; reads?: number; run: (store: Store) => Promise<unknown> }[] = [
  {
    index: "incidents_by_group",
    run: (store) => store.transaction(organizationId, (tx) => incidents.lockNewest(tx, organizationId, { ruleId: organizationId, groupKey: "actor:1" })),
  },
  { index: "incidents_by_time", run: (store) => incidents.list(store.of(organizationId), organizationId, { limit: 50 }) },
  { index: "alert_rules_pkey", run: (store) => alertRules.list(store.of(organizationId), organizationId) },
  { index: "mails_due", run: (store) => store.transaction(organizationId, (tx) => mails.takeDue(tx, organizationId, { at })) },
  { index: "mails_by_time", reads: 100, run: (store) => mails.list(store.of(organizationId), organizationId, { limit: 100 }) },
  { index: "mails_by_subject", without: noScan, reads: 2, run: (store) => mails.about(store.of(organizationId), organizationId, ["1", "2"]) },
];

test.each(lookUps)("a look-up goes through $index and reads $reads entries of it", async ({ index, without = noSort, reads = 0, run }) => {
  const reader = openStore({ url: database.url, applicationName: "reader", max: 1 });
  const use = async () => {
    const [row] = await reader.platform.execute<{ scans: string; entries: string }>(
      `select idx_scan as scans, idx_tup_read as entries from pg_stat_user_indexes where indexrelname = '${index}'`,
    );
    return { scans: Number(row?.scans), entries: Number(row?.entries) };
  };
  const before = await use();
  const store = openStore({ url: `${database.url}?${without}`, applicationName: "plans", max: 1 });
  await run(store);
  await store.close();
  // A connection that ends hands in its statistics, a moment after its client has gone.
  await expect.poll(async () => (await use()).scans, { timeout: handInMsMax }).toBeGreaterThan(before.scans);
  expect((await use()).entries - before.entries).toBe(reads);
  await reader.close();
});
