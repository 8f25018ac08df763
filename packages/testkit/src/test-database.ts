import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { inject } from "vitest";
import { databaseUrl, templateName } from "./test-server.ts";

/** A database of one's own. */
export interface TestDatabase {
  url: string;
  /** Drops it, whoever is still connected. */
  close: () => Promise<void>;
}

export interface TestDatabaseOptions {
  /** False for an empty database. */
  migrated?: boolean;
}

/** One per test file: `beforeAll(async () => { db = await testDatabase(); })`, `afterAll(() => db.close())`. */
export async function testDatabase({ migrated = true }: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const server = inject("postgresUrl");
  const name = `test_${randomBytes(6).toString("hex")}`;
  const template = migrated ? templateName : "template0";
  await withServer(server, (sql) => sql`create database ${sql(name)} template ${sql(template)}`);
  return {
    url: databaseUrl(server, name),
    close: () => withServer(server, (sql) => sql`drop database if exists ${sql(name)} with (force)`),
  };
}

async function withServer(url: string, statement: (sql: postgres.Sql) => PromiseLike<unknown>): Promise<void> {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    await statement(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}
