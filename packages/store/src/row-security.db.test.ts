import { randomUUID } from "node:crypto";
import { testDatabase } from "@daybook/testkit";
import type { TestDatabase } from "@daybook/testkit";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { payloadHash } from "./events/append.ts";
import { members, openStore, organizations, roles, schema } from "./index.ts";
import type { Store } from "./index.ts";
import { preparedEvent } from "./testing.ts";

const own = randomUUID();
const foreign = randomUUID();
const foreignUser = randomUUID();
/** Stands in every row of the other organization, beside its id. */
const marker = "globex-secret";

let database: TestDatabase;
let store: Store;
let sql: postgres.Sql;

beforeAll(async () => {
  database = await testDatabase();
  // A copy of a template does not bring the rights on the database itself.
  await database.asOwner("select protect_organization_tables()");
  store = openStore({ url: database.url, applicationName: "test", max: 2 });
  await store.ensurePartitions(["2026-11-01"]);
  await fill(own, "acme", randomUUID());
  await fill(foreign, marker, foreignUser);
  sql = postgres(database.url, { max: 1, fetch_types: false, onnotice: (notice) => heard.push(notice["message"] ?? ""), connection: { role: roles.app } });
}, 60_000);
afterAll(async () => {
  await sql.end();
  await store.close();
  await database.close();
});
const heard: string[] = [];

async function fill(id: string, name: string, userId: string): Promise<void> {
  await store.platformTransaction(async (tx) => {
    await organizations.insert(tx, { id, name, slug: name, timeZone: "UTC" });
    await members.insertUser(tx, { id: userId, accountId: randomUUID(), name, email: `${name}@example.com`, passwordHash: `hash of ${name}` });
    await members.insert(tx, { organizationId: id, userId, role: "owner" });
  });
  await store.transaction(id, async (tx) => {
    const created = { name, createdAt: new Date() };
    await tx.insert(schema.teams).values({ ...created, organizationId: id, id: userId });
    await tx
      .insert(schema.workspaceTokens)
      .values({ ...created, organizationId: id, id: randomUUID(), prefix: name, tokenHash: Buffer.from(name), scopes: [], createdByName: name });
  });
  await store.append(
    id,
    Array.from({ length: 20 }, (_, at) => ({
      event: preparedEvent(randomUUID(), {
        occurred_at: "2026-11-10T10:00:00Z",
        idempotency_key: `${name} ${at}`,
        resource: { type: "notebook", id: "n", name },
      }),
      payloadHash: payloadHash({ name, at }),
    })),
  );
}

const denied = /permission denied|must be owner|must be able to SET ROLE|cannot/;
const otherRow = /violates row-level security policy/;
const notOurs = /is not that of this transaction/;
/** It runs, and what it returns or changes is the own organization's. */
const harmless = null;

const attempts: [string, string, RegExp | null][] = [
  ["the log's table", "select * from events", denied],
  ["the log's table, by its short name", "table events", denied],
  ["a month of the log, past the policies of its parent", "select * from events_2026_11", denied],
  ["the partition of what is old", "select * from events_before_2000", denied],
  ["the log through its view", "select * from organization_events", harmless],
  ["the view with the other organization's id", "select * from organization_events where organization_id = $foreign", harmless],
  ["the view with a condition that is always true", "select * from organization_events where organization_id = $foreign or true", harmless],
  ["the view by token", "select * from organization_events where tokens && array[event_token(event_salt($foreign), 'action', 'notebook_created')]", harmless],
  ["the view joined with itself", "select b.* from organization_events a right join organization_events b on a.organization_id <> b.organization_id", harmless],
  ["a subquery that names no organization", "select (select jsonb_agg(t) from workspace_tokens t)", harmless],
  ["every organization", "select * from organizations", harmless],
  ["every member", "select * from members", harmless],
  ["every user", "select * from users", harmless],
  ["a user by address", `select * from users where email = '${marker}@example.com'`, harmless],
  ["how people sign in", "select user_id, provider_id from accounts", harmless],
  ["hashes of passwords", "select password from accounts", denied],
  ["sessions", "select * from sessions", denied],
  ["verifications", "select * from verifications", denied],
  ["hashes of tokens", "select * from workspace_tokens where organization_id = $foreign", harmless],
  ["how long the other log is", "select * from organization_heads", harmless],
  ["which keys the other log holds", "select * from ingest_keys", harmless],
  ["rows for update", "select * from members where organization_id = $foreign for update", harmless],
  ["a cursor", "declare all_events cursor for select * from events", denied],
  ["an anonymous block", "do $$ begin perform * from events; end $$", denied],
  ["an export to a program", "copy members to program 'cat'", denied],
  ["an import", "copy members from stdin", /COPY FROM not supported with row-level security/],
  ["an explained plan that runs", "explain (analyze, verbose) select * from members", harmless],
  ["statistics of columns", "select * from pg_stats where schemaname = 'public'", harmless],
  ["the statistics themselves", "select * from pg_statistic", denied],
  ["other sessions' statements", "select query from pg_stat_activity", harmless],
  ["files of the server", "select pg_read_file('postgresql.conf')", denied],
  ["row security switched off", "set local row_security = off; select * from members", /would be affected by row-level security/],
  [
    "the owner's role",
    "do $$ begin execute format('set local role %I', (select pg_get_userbyid(relowner) from pg_class where relname = 'events')); end $$",
    denied,
  ],
  [
    "the owner's session",
    "do $$ begin execute format('set session authorization %I', (select pg_get_userbyid(relowner) from pg_class where relname = 'events')); end $$",
    denied,
  ],
  ["the queue", "select * from pgboss.job", /permission denied|does not exist/],
  ["no role at all", "set local role none; select * from members", denied],
  ["the role taken back", "reset role; select * from members", harmless],
  ["triggers switched off", "set local session_replication_role = replica", denied],
  ["truncating", "truncate members", denied],
  ["truncating a month", "truncate events_2026_11", denied],
  ["taking row security off", "alter table members disable row level security", denied],
  ["no longer forcing it", "alter table members no force row level security", denied],
  ["dropping the policy", "drop policy one_organization on members", denied],
  ["a policy of one's own", "create policy mine on members using (true)", denied],
  ["taking the table over", "alter table members owner to daybook_app", denied],
  ["granting", "grant select on events to public", /permission denied|no privileges/],
  ["a table", "create table mine (id int)", denied],
  ["a function", "create function mine() returns int language sql return 1", denied],
  ["a table of the session", "create temporary table members (id int)", denied],
  ["another view", "create view mine as select * from events", denied],
  ["replacing the view", "create or replace view organization_events as select * from events", denied],
  ["replacing the check", "create or replace function refuse_other_organization(p uuid) returns void language sql as ''", denied],
  ["writing past the append", `insert into events (organization_id) values ($foreign)`, denied],
  ["appending to the other log", appendTo("$foreign"), notOurs],
  ["purging the other log", "select purge_events($foreign, $foreign, now(), now(), 10, now())", notOurs],
  ["undoing the other's import", "select undo_import_events($foreign, $foreign, 10)", notOurs],
  ["uncounting the other's events", "select uncount_events($foreign, '[]', '[]')", denied],
  ["purging as demo data", "select purge_demo_events($foreign, 10)", denied],
  ["removing the organization as demo data", "select delete_demo_organization($foreign)", denied],
  ["dropping a month", "select drop_event_partition('2026-11-01', now(), 100)", denied],
  ["making a month", "select create_event_partition('2031-01-01')", denied],
  ["opening the tables", "select add_policy('members', 'mine', 'daybook_app', 'true')", denied],
  [
    "a member of the other organization",
    `insert into members (organization_id, user_id, role) values ($foreign, (select user_id from members), 'owner')`,
    otherRow,
  ],
  ["moving a row there", "update members set organization_id = $foreign", otherRow],
  ["changing a row there", "update workspace_tokens set name = 'mine' where organization_id = $foreign", harmless],
  ["changing rows everywhere", "update workspace_tokens set last_used_at = now()", harmless],
  ["deleting there", "delete from members where organization_id = $foreign", harmless],
  ["merging there", "merge into teams t using (select $foreign::uuid as id) f on t.organization_id = f.id when matched then delete", harmless],
  [
    "an upsert there",
    "insert into teams (organization_id, id, name, created_at) select $foreign, id, name, created_at from teams on conflict (organization_id, id) do update set name = 'mine'",
    otherRow,
  ],
  ["changing the other organization", "update organizations set name = 'mine' where id = $foreign", harmless],
  ["making an organization", "insert into organizations (id, name, slug, time_zone) values (gen_random_uuid(), 'x', 'x', 'UTC')", denied],
  ["changing people", "update users set name = 'mine'", denied],
  ["moving the head of a log", "update organization_heads set next_seq = 1", denied],
  [
    "a savepoint whose claim is rolled back",
    "savepoint s; select set_config('daybook.organization', $foreign::text, true); rollback to savepoint s; select * from members",
    harmless,
  ],
];

function appendTo(organization: string): string {
  const nulls = Array.from({ length: 42 }, () => "null").join(", ");
  return `select * from append_events(${organization}, '[]', ${nulls})`;
}

/** All that the other organization has, as one hash. */
async function fingerprint(): Promise<unknown> {
  const tables = await database.asOwner(`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`);
  const parts = tables.map(
    ({ name }) =>
      `select '${String(name)}' || coalesce(string_agg(t::text, '' order by t::text), '') as rows from ${String(name)} t where organization_id = '${foreign}'`,
  );
  const [row] = await database.asOwner(
    `select md5(string_agg(rows, '')) as hash, (select md5(o::text) from organizations o where id = '${foreign}') as own from (${parts.join(" union all ")}) every`,
  );
  return row;
}

/** Runs statements in a transaction of the own organization, which is rolled back. */
async function attempt(text: string): Promise<{ answers: string; error: Error | null }> {
  const answers: unknown[] = [];
  const undo = new Error("undone");
  let error: Error | null = null;
  await sql
    .begin(async (tx) => {
      await tx`select set_config('daybook.organization', ${own}, true)`;
      for (const statement of text.includes("$$") ? [text] : text.split("; "))
        answers.push(...(await tx.unsafe(statement.replaceAll("$foreign", `'${foreign}'`))));
      throw undo;
    })
    .catch((caught: unknown) => {
      if (caught !== undo) error = caught as Error;
    });
  return { answers: JSON.stringify(answers), error };
}

test.each(attempts)("as the app, %s: nothing of another organization is seen or changed", async (_title, text, outcome) => {
  heard.splice(0);
  const before = await fingerprint();
  const { answers, error } = await attempt(text);
  if (outcome === harmless) expect(error).toBeNull();
  else expect(error?.message).toMatch(outcome);
  const told = (answers + heard.join("\n")).replaceAll("set_config", "");
  // The claim that is rolled back answers with the id that it was given.
  if (!text.includes("savepoint")) expect(told).not.toContain(foreign);
  expect(told).not.toContain(marker);
  expect(told).not.toContain(foreignUser);
  expect(await fingerprint()).toEqual(before);
});

test("there are at least forty attempts, and the own rows are seen by those that may", async () => {
  expect(attempts.length).toBeGreaterThanOrEqual(40);
  expect(JSON.parse((await attempt("select * from organization_events")).answers)).toHaveLength(20);
  expect(JSON.parse((await attempt("select * from users")).answers)).toHaveLength(1);
});

test("an id of another organization and one that nobody has are refused alike", async () => {
  const join = (team: string) =>
    attempt(`insert into team_members (organization_id, team_id, user_id, role, created_at) select '${own}', '${team}', user_id, 'member', now() from members`);
  const [known, unknown] = [await join(foreignUser), await join(randomUUID())];
  expect(known.error).not.toBeNull();
  expect({ ...known.error, detail: "" }).toEqual({ ...unknown.error, detail: "" });
});

test("a claim ends with its transaction, however that ends, and a statement that was prepared under it sees no more than any other", async () => {
  const count = "select count(*)::int as n from organization_events";
  const counted = async (client: postgres.Sql | postgres.TransactionSql) => (await client.unsafe<{ n: number }[]>(count, [], { prepare: true }))[0]?.n;
  const claimed = (organization: string, end: "commit" | "rollback") =>
    sql
      .begin(async (tx) => {
        await tx`select set_config('daybook.organization', ${organization}, true)`;
        const seen = await counted(tx);
        if (end === "rollback") throw Object.assign(new Error("undone"), { seen });
        return seen;
      })
      .catch((error: { seen: number }) => error.seen);
  for (const end of ["commit", "rollback"] as const) {
    // The driver prepares a statement once for a connection, and there is one connection.
    expect(await claimed(foreign, end)).toBe(20);
    expect(await counted(sql)).toBe(0);
    expect(await claimed(randomUUID(), end)).toBe(0);
  }
  expect(await sql`select current_setting('daybook.organization', true) as left`).toEqual([{ left: "" }]);
});

test("what somebody left in the session does not outlive the claim of the next transaction", async () => {
  const dirty = postgres(database.url, { max: 1, fetch_types: false, connection: { role: roles.app, "daybook.organization": foreign } });
  const seen = await dirty.begin(async (tx) => {
    await tx`select set_config('daybook.organization', ${own}, true)`;
    return tx<{ organization_id: string }[]>`select distinct organization_id from organization_events`;
  });
  expect([...seen]).toEqual([{ organization_id: own }]);
  await dirty.end();
});

test("the platform's role sees every organization, and changes the log no more than the app does", async () => {
  expect(await organizations.list(store.platform)).toHaveLength(2);
  for (const statement of [
    "insert into events (organization_id) values (gen_random_uuid())",
    "update events set action = 'x'",
    "delete from events",
    "truncate events",
    "update organization_heads set next_seq = 1",
    "drop table events",
    "delete from organizations",
    "select * from organization_events",
  ])
    await expect(store.platform.execute(statement)).rejects.toMatchObject({ cause: { message: expect.stringMatching(denied) } });
});

test("a transaction of one organization appends to no other", async () => {
  const writing = store.transaction(own, (tx) => store.appendIn(tx, foreign, [{ event: preparedEvent(randomUUID()) }]));
  await expect(writing).rejects.toMatchObject({ cause: { message: expect.stringMatching(notOurs) } });
  await store.platformTransaction((tx) => store.appendIn(tx, own, [{ event: preparedEvent(randomUUID()) }]));
});
