import { testDatabase } from "@daybook/testkit";
import type { TestDatabase } from "@daybook/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ensureLogin, migrate, openStore, roles, wallFault } from "./index.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  const store = openStore({ url: database.url, applicationName: "test", max: 1 });
  await store.ensurePartitions(["2026-11-01"]);
  await store.close();
});
afterAll(() => database.close());

/** The same database for somebody else. */
function as(name: string): string {
  const url = new URL(database.ownerUrl);
  url.username = name;
  url.password = "of this test";
  return url.href;
}

test("every table that knows organizations is closed, and every month of the log, also one that was made later", async () => {
  const open = await database.asOwner(`
    select c.relname from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and exists (select from pg_attribute where attrelid = c.oid and attname = 'organization_id' and not attisdropped)
      and not (c.relrowsecurity and c.relforcerowsecurity)`);
  expect(open).toEqual([]);
  const [months] = await database.asOwner("select count(*)::int as n from pg_inherits where inhparent = 'events'::regclass");
  expect(months?.["n"]).toBeGreaterThan(1);
});

test("each policy of the app names the organization of the transaction, and each table has one", async () => {
  const policies = await database.asOwner(`
    select c.relname as name, pg_get_expr(p.polqual, c.oid) as seen, pg_get_expr(p.polwithcheck, c.oid) as written
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped
    left join pg_policy p on p.polrelid = c.oid and (select oid from pg_roles where rolname = 'daybook_app') = any (p.polroles)
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`);
  const one = "(organization_id = (NULLIF(current_setting('daybook.organization'::text, true), ''::text))::uuid)";
  expect(policies.length).toBeGreaterThan(20);
  expect(policies.filter(({ seen, written }) => seen !== one || written !== one)).toEqual([]);
});

test("the roles own nothing of ours, cannot log in, and are bound by row security", async () => {
  const list = Object.values(roles)
    .map((role) => `'${role}'`)
    .join(", ");
  expect(
    await database.asOwner(
      `select rolname from pg_roles where rolname in (${list}) and (rolcanlogin or rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`,
    ),
  ).toEqual([]);
  expect(
    await database.asOwner(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and pg_get_userbyid(relowner) in (${list}, 'daybook_test')`,
    ),
  ).toEqual([]);
});

test("no privilege lets anybody but the owner truncate, refer, trigger or delete from the log; no month is granted at all", async () => {
  const granted = await database.asOwner(`
    select c.relname as name, g.grantee::regrole::text as role, g.privilege_type as privilege
    from pg_class c, aclexplode(c.relacl) g
    where c.relnamespace = 'public'::regnamespace and g.grantee <> c.relowner`);
  const plain = new Set(["SELECT", "INSERT", "UPDATE", "DELETE"]);
  expect(granted.filter(({ privilege }) => !plain.has(String(privilege)))).toEqual([]);
  expect(granted.filter(({ name }) => /^events(_|$)/.test(String(name)))).toEqual([{ name: "events", role: "daybook_platform", privilege: "SELECT" }]);
  expect(granted.filter(({ role }) => role === "-")).toEqual([]);
});

test("nobody may run a function of ours but those who were given it, and what runs as the owner looks nowhere else for names", async () => {
  expect(
    await database.asOwner("select proname from pg_proc where pronamespace = 'public'::regnamespace and has_function_privilege('public', oid, 'execute')"),
  ).toEqual([]);
  expect(
    await database.asOwner(
      "select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef and proconfig is distinct from '{\"search_path=public, pg_temp\"}'",
    ),
  ).toEqual([]);
});

test("of what belongs to no organization the app may read members' names and their ways to sign in, and nothing else", async () => {
  const readable = await database.asOwner(`
    select c.relname as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and not exists (select from pg_attribute where attrelid = c.oid and attname = 'organization_id' and not attisdropped)
      and has_any_column_privilege('daybook_app', c.oid, 'select')
    order by 1`);
  expect(readable.map(({ name }) => name)).toEqual(["accounts", "organizations", "schema_migrations", "users"]);
});

test("a table that a later migration makes is closed and usable without another word", async () => {
  await database.asOwner("create table later_things (organization_id uuid not null, id uuid not null)");
  expect(await wallFault({ url: database.url })).toMatch("No row security protects later_things. Run the migrations as the owner");
  expect((await migrate({ url: database.ownerUrl })).applied).toEqual([]);
  expect(await wallFault({ url: database.url })).toBeNull();
  const store = openStore({ url: database.url, applicationName: "test", max: 1 });
  const id = "01980000-0000-7000-8000-000000000001";
  await store.transaction(id, (tx) => tx.execute(`insert into later_things values ('${id}', '${id}')`));
  expect(await store.of("01980000-0000-7000-8000-000000000002").execute("select * from later_things")).toHaveLength(0);
  await store.close();
  await database.asOwner("drop table later_things");
});

test("a login that the wall does not bind is refused with a sentence that says how to mend it", async () => {
  expect(await wallFault({ url: database.url })).toBeNull();
  expect(await wallFault({ url: database.ownerUrl })).toMatch(/is a superuser, for whom no row security counts\. Give DATABASE_URL a login of its own/);
  await database.asOwner("create role wall_bypass login bypassrls password 'of this test'");
  expect(await wallFault({ url: as("wall_bypass") })).toMatch("may bypass row security");
  await database.asOwner("create role wall_stranger login password 'of this test'");
  expect(await wallFault({ url: as("wall_stranger") })).toMatch(
    'may not become daybook_app, daybook_platform, daybook_queue. Run as the owner: grant daybook_app, daybook_platform, daybook_queue to "wall_stranger" with inherit false, set true;',
  );
  await database.asOwner("create role wall_owner login password 'of this test'; create table owned (id int); alter table owned owner to wall_owner");
  expect(await wallFault({ url: as("wall_owner") })).toMatch("owns tables of Daybook and could open them");
  await database.asOwner("drop table owned; drop role wall_owner, wall_stranger, wall_bypass");
});

test("a login is made once, whoever asks how often at the same time, and can do what the product needs", async () => {
  const url = as("wall_made");
  await Promise.all(Array.from({ length: 4 }, () => ensureLogin({ ownerUrl: database.ownerUrl, url })));
  await ensureLogin({ ownerUrl: database.ownerUrl, url });
  expect(await wallFault({ url })).toBeNull();
  const store = openStore({ url, applicationName: "test", max: 1 });
  await store.ping();
  await store.close();
  await database.asOwner("drop role wall_made");
});

test("an owner who is no superuser, as on a managed PostgreSQL, migrates and is bound by nothing that its functions need", async () => {
  await database.asOwner("create role wall_managed login createrole password 'of this test'");
  await database.asOwner("create database wall_managed owner wall_managed template template0");
  const ownerUrl = new URL(as("wall_managed"));
  ownerUrl.pathname = "/wall_managed";
  // Where the roles are there already, somebody who may has to say that this owner may give something to them.
  await database.asOwner("grant daybook_queue to wall_managed with inherit false, set true");
  await migrate({ url: ownerUrl.href });
  const url = new URL(database.url);
  url.pathname = "/wall_managed";
  expect(await wallFault({ url: url.href })).toBeNull();
  const store = openStore({ url: url.href, applicationName: "test", max: 1 });
  const id = "01980000-0000-7000-8000-000000000003";
  const { organizations } = await import("./index.ts");
  const { preparedEvent } = await import("./testing.ts");
  const { everything } = await import("@daybook/query");
  await store.ensurePartitions([new Date()]);
  await store.platformTransaction((tx) => organizations.insert(tx, { id, name: "A", slug: "a", timeZone: "UTC" }));
  await store.append(id, [{ event: preparedEvent("01980000-0000-7000-8000-000000000004") }]);
  expect((await store.search(id, { query: everything, limit: 10 })).events).toHaveLength(1);
  expect((await store.search("01980000-0000-7000-8000-000000000005", { query: everything, limit: 10 })).events).toHaveLength(0);
  await store.close();
  await database.asOwner("drop database wall_managed with (force)");
  await database.asOwner("drop owned by wall_managed; drop role wall_managed");
});
