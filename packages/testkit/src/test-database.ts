import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { inject } from "vitest";
import { databaseUrl, loginUrl, templateName } from "./test-server.ts";

/** A database of one's own. */
export interface TestDatabase {
  /** For a login that owns nothing and is bound by row security, as the product's is. */
  url: string;
  /** For what a test does behind the product's back: fixtures, tampering, looking. */
  ownerUrl: string;
  /** Runs a text as the owner, and returns the rows with times as text. */
  asOwner: (text: string) => Promise<Record<string, unknown>[]>;
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
  let owner: postgres.Sql | undefined;
  return {
    url: loginUrl(databaseUrl(server, name)),
    ownerUrl: databaseUrl(server, name),
    async asOwner(text) {
      owner ??= postgres(databaseUrl(server, name), { max: 1, fetch_types: false, onnotice: () => {}, types: { time: timesAsText } });
      return [...(await owner.unsafe(text))] as Record<string, unknown>[];
    },
    async close() {
      await owner?.end({ timeout: 1 });
      await withServer(server, (sql) => sql`drop database if exists ${sql(name)} with (force)`);
    },
  };
}

/** Times with and without a zone, and dates, as PostgreSQL writes them. */
const timesAsText = { to: 1184, from: [1082, 1114, 1184], serialize: String, parse: (text: string) => text };

async function withServer(url: string, statement: (sql: postgres.Sql) => PromiseLike<unknown>): Promise<void> {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    await statement(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}
