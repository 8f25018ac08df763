import { randomUUID } from "node:crypto";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { everything } from "@daybook/query";
import { testDatabase } from "@daybook/testkit";
import { expect, test } from "vitest";
import { migrate, openStore, organizations } from "./index.ts";
import { preparedEvent } from "./testing.ts";

const bounding = "0030_bounded_shapes.sql";
const migrations = fileURLToPath(new URL("../migrations/", import.meta.url));

test("what an older worker counted by hours alone after the upgrade is counted anew, and too many shapes of an hour become one row of others", async () => {
  const database = await testDatabase({ migrated: false });
  const folder = await mkdtemp(join(tmpdir(), "migrations-"));
  for (const name of await readdir(migrations)) if (name < bounding) await cp(join(migrations, name), join(folder, name));
  await migrate({ url: database.ownerUrl, folder });
  const store = openStore({ url: database.url, applicationName: "bounded", max: 2 });
  const organizationId = randomUUID();
  await store.platformTransaction((tx) => organizations.insert(tx, { id: organizationId, name: "Older", slug: "older", timeZone: "UTC" }));
  await store.ensurePartitions(["2026-11-15T00:00:00Z"]);
  const times = ["2026-11-10T09:00:00Z", "2026-11-10T10:00:00Z", "2026-11-11T09:00:00Z"];
  await store.append(
    organizationId,
    times.map((occurred_at) => ({ event: preparedEvent(randomUUID(), { occurred_at }) })),
  );
  // The first of November is counted rightly, the tenth and the eleventh by hours alone.
  await database.asOwner(`
    insert into activity_hours (organization_id, hour, log_type, action, operation, actor_id, actor_name, resource_type, status, events)
    select organization_id, date_trunc('hour', occurred_at), log_type, action, operation, actor_id, '', '', status, 1 from events;
    insert into activity_hours (organization_id, hour, log_type, action, operation, actor_id, actor_name, resource_type, status, events)
    values ('${organizationId}', '2026-11-01T09:00:00Z', 'activity', 'a', 'b', '', '', '', 'success', 1103);
    insert into activity_shapes (organization_id, grain, start, log_type, action, operation, namespace, actor_type, resource_type, status, events)
    select '${organizationId}', grain, date_trunc(grain, timestamptz '2026-11-01T09:00:00Z', 'UTC'), 'activity', 'a', 'b', 'c', 'user', type::text, 'success',
      case type when 7 then 4 else 1 end
    from generate_series(1, 1100) type, unnest(array['hour', 'day']) as grain;
    insert into consumers (organization_id, name, cursor_seq) values ('${organizationId}', 'roll_up', 2)`);
  expect((await migrate({ url: database.ownerUrl })).applied).toContain(bounding);
  const counted = await database.asOwner(`
    select grain, to_char(start at time zone 'UTC', 'DD HH24') as start, count(*)::int as rows, sum(events)::int as events,
      coalesce(sum(events) filter (where operation = ''), 0)::int as others
    from activity_shapes group by 1, 2, activity_shapes.start order by 1, activity_shapes.start`);
  expect(counted).toEqual([
    { grain: "day", start: "01 00", rows: 1_100, events: 1_103, others: 0 },
    { grain: "day", start: "10 00", rows: 1, events: 2, others: 0 },
    { grain: "hour", start: "01 09", rows: 1_001, events: 1_103, others: 100 },
    { grain: "hour", start: "10 09", rows: 1, events: 1, others: 0 },
    { grain: "hour", start: "10 10", rows: 1, events: 1, others: 0 },
  ]);
  const grids = [[Date.parse("2026-11-10T00:00:00Z")]];
  expect(await store.histogram(organizationId, { query: everything, by: "status", grids })).toMatchObject({ total: 1_103 + 3, exact: true });
  await store.close();
  await rm(folder, { recursive: true });
  await database.close();
});
