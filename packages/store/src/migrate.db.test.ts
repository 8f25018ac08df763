import { getTableColumns, is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { testDatabase } from "@daybook/testkit";
import postgres from "postgres";
import { expect, test } from "vitest";
import { isMigrated, migrate } from "./migrate.ts";
import * as schema from "./schema/index.ts";

test("two processes that start together migrate once, and a third finds nothing to do", async () => {
  const database = await testDatabase({ migrated: false });
  expect(await isMigrated({ url: database.ownerUrl })).toBe(false);
  const [one, two] = await Promise.all([migrate({ url: database.ownerUrl }), migrate({ url: database.ownerUrl })]);
  expect(Math.min(one.applied.length, two.applied.length)).toBe(0);
  expect((await migrate({ url: database.ownerUrl })).applied).toEqual([]);
  expect(await isMigrated({ url: database.url })).toBe(true);
  await database.close();
});

test("a database that a newer Daybook migrated, or whose migrations were changed, is refused", async () => {
  const database = await testDatabase();
  const sql = postgres(database.ownerUrl, { max: 1, fetch_types: false });
  await sql`insert into schema_migrations (name, checksum) values ('9999_future.sql', 'x')`;
  await expect(migrate({ url: database.ownerUrl })).rejects.toThrow("newer Daybook");
  // A worker or an API of this version that is started again waits: it would not do what the newer schema counts on.
  expect(await isMigrated({ url: database.url })).toBe(false);
  await sql`delete from schema_migrations where name = '9999_future.sql'`;
  await sql`update schema_migrations set checksum = 'x' where name = '0001_log.sql'`;
  await expect(migrate({ url: database.ownerUrl })).rejects.toThrow("changed after it ran");
  await sql.end();
  await database.close();
});

test("Drizzle's schema names exactly the columns that the migrations made, and which may be null", async () => {
  const database = await testDatabase();
  const sql = postgres(database.ownerUrl, { max: 1, fetch_types: false });
  for (const table of Object.values(schema).filter((value) => is(value, PgTable))) {
    const { name } = getTableConfig(table as PgTable);
    const made = await sql<{ column: string; nullable: string }[]>`
      select column_name as column, is_nullable as nullable from information_schema.columns where table_name = ${name} order by 1`;
    const declared = Object.values(getTableColumns(table as PgTable))
      .map((column) => ({ column: column.name, nullable: column.notNull ? "NO" : "YES" }))
      .toSorted((a, b) => (a.column < b.column ? -1 : 1));
    expect({ name, columns: [...made] }).toEqual({ name, columns: declared });
  }
  await sql.end();
  await database.close();
});
