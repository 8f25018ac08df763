import { randomUUID } from "node:crypto";
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { changed, equals, metadata, network, text } from "@daybook/query";
import { testDatabase } from "@daybook/testkit";
import postgres from "postgres";
import { expect, test } from "vitest";
import { migrate } from "../migrate.ts";
import { indexCondition } from "./index-condition.ts";

const migrations = fileURLToPath(new URL("../../migrations/", import.meta.url));
const thisOne = "0025_word_index.sql";

test("events that were written before get the tokens and the words of those that are written after, and stay as they were", async () => {
  const database = await testDatabase({ migrated: false });
  const before = await mkdtemp(join(tmpdir(), "daybook-migrations-"));
  for (const name of await readdir(migrations)) if (name < thisOne) await cp(join(migrations, name), join(before, name));
  await migrate({ url: database.ownerUrl, folder: before });
  const sql = postgres(database.ownerUrl, { max: 1, fetch_types: false });
  const organizationId = randomUUID();
  await sql`select create_event_partition('2026-03-01')`;
  await sql`
    insert into events (organization_id, seq, id, occurred_at, received_at, log_type, action, namespace, operation, actor_type, actor_name, team_id, team_name,
      status, error_code, description, ip, changes, metadata, source, tokens)
    select ${organizationId}, n, gen_random_uuid(), timestamptz '2026-03-05' + make_interval(secs => n), now(), 'activity', 'notebook_created', 'notebook',
      'created', 'user', 'Zoë Needle', 't1', 'Platform', 'failed', 'timeout', 'Zoë Needle created notebook "Q2 #' || n || '"', '192.168.1.' || n,
      '{"fields": [{"path": "settings.visibility", "before": "private"}]}', '{"env": "prod", "tags": ["x", 7]}', 'api', '{}'
    from generate_series(1, 200) n`;
  const rows = () => sql<{ row: string }[]>`select (to_jsonb(events) - 'tokens')::text as row from events order by seq`;
  const asWritten = (await rows()).map(({ row }) => row);

  expect((await migrate({ url: database.ownerUrl })).applied).toContain(thisOne);

  expect((await rows()).map(({ row }) => row)).toEqual(asWritten);
  await sql`set enable_seqscan = off`;
  const found = async (query: Parameters<typeof indexCondition>[2]) =>
    (await sql`select from events where organization_id = ${organizationId} and ${indexCondition(sql, organizationId, query) ?? sql`false`}`).length;
  for (const query of [
    equals("error.code", "timeout"),
    equals("team.name", "Platform"),
    network("192.168.1.0/24"),
    changed("visibility"),
    metadata("tags", "7"),
    text(["zoë nee", "notebook"]),
  ])
    expect(await found(query)).toBe(200);
  expect(await found(text(["q2 #200"]))).toBe(1);
  expect(await found(network("192.168.2.0/24"))).toBe(0);
  await expect(sql`update events set description = ''`).rejects.toThrow("append-only");
  await sql.end({ timeout: 1 });
  await rm(before, { recursive: true });
  await database.close();
}, 60_000);

test("a month that is made later has the word index, and searches of the view read it", async () => {
  const database = await testDatabase();
  const sql = postgres(database.ownerUrl, { max: 1, fetch_types: false });
  const organizationId = randomUUID();
  await sql`select create_event_partition('2026-04-01')`;
  await sql`
    insert into events (organization_id, seq, id, occurred_at, received_at, log_type, action, namespace, operation, actor_type, status, description, source, tokens)
    select ${organizationId}, n, gen_random_uuid(), timestamptz '2026-04-05' + make_interval(secs => n), now(), 'activity', 'a', 'a', 'a', 'user', 'success',
      'word' || n, 'api', '{}'
    from generate_series(1, 5000) n`;
  await sql`analyze events`;
  const plan = await sql.begin(async (tx) => {
    await tx`select set_config('daybook.organization', ${organizationId}, true)`;
    await tx`set local role daybook_app`;
    return tx`explain select * from organization_events
      where organization_id = ${organizationId} and occurred_at >= '2026-04-01' and ${indexCondition(tx as unknown as typeof sql, organizationId, text(["word4711"])) ?? tx`false`}`;
  });
  expect(JSON.stringify(plan)).toMatch(/Bitmap Index Scan on events_2026_04_event_words_idx/);
  await sql.end({ timeout: 1 });
  await database.close();
}, 60_000);
