import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { privatePostgres, testDatabase } from "./index.ts";

const opened: { close: () => Promise<void> }[] = [];

async function database(options?: { migrated?: boolean }) {
  const made = await testDatabase(options);
  const sql = postgres(made.ownerUrl, { max: 1, fetch_types: false });
  opened.push({ close: () => sql.end({ timeout: 1 }).then(() => made.close()) });
  return sql;
}

let sql: postgres.Sql;

beforeAll(async () => {
  sql = await database();
});

afterAll(async () => {
  for (const each of opened) await each.close();
});

test("a test database has the tables, and nothing in them", async () => {
  const [row] = await sql`select count(*)::int as count from organizations`;
  expect(row).toEqual({ count: 0 });
});

test("what one file writes, another never sees", async () => {
  const other = await database();
  await sql`create table mine (id int)`;
  const [row] = await other`select to_regclass('mine') as found`;
  expect(row).toEqual({ found: null });
});

test("an empty database has no tables", async () => {
  const empty = await database({ migrated: false });
  const [row] = await empty`select count(*)::int as count from pg_tables where schemaname = 'public'`;
  expect(row).toEqual({ count: 0 });
});

test("a private server keeps what was committed over kill -9, at the same address", async () => {
  const server = await privatePostgres();
  try {
    const before = postgres(server.url, { max: 1, fetch_types: false });
    await before`create table kept as select 1 as one`;
    await server.kill();
    await before.end({ timeout: 0 });
    await server.restart();
    const after = postgres(server.url, { max: 1, fetch_types: false });
    expect([...(await after`select one from kept`)]).toEqual([{ one: 1 }]);
    await after.end({ timeout: 1 });
  } finally {
    await server.close();
  }
});
