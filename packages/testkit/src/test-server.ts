import { rmSync } from "node:fs";
import { join } from "node:path";
import { startPostgres } from "@daybook/postgres-server";
import postgres from "postgres";
import { testFolder, sweepTestFolders } from "./test-folder.ts";

/** Brings an empty database to the present schema, and makes the login that the tests have. */
export type Migrate = (database: { ownerUrl: string; url: string }) => Promise<void>;

export interface TestServer {
  url: string;
  stop: () => Promise<void>;
}

export const templateName = "daybook_template";

declare module "vitest" {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

/** The one server of a test run, with a migrated template to copy: a copy takes 40–80 ms, a migration several times that. */
export async function startTestServer(migrate: Migrate): Promise<TestServer> {
  await sweepTestFolders();
  const folder = testFolder();
  const server = await startPostgres({ folder: join(folder, "postgres"), durable: false });
  const sql = postgres(server.url, { max: 1, fetch_types: false, onnotice: () => {} });
  try {
    // It would measure a table in the middle of a test, once in many runs, and from then on the planner would choose otherwise. A test that wants figures says `analyze`.
    await sql`alter system set autovacuum = off`;
    await sql`select pg_reload_conf()`;
    await sql`create database ${sql(templateName)}`;
    const ownerUrl = databaseUrl(server.url, templateName);
    await migrate({ ownerUrl, url: loginUrl(ownerUrl) });
    // Nobody may connect from now on: a template in use cannot be copied.
    await sql`alter database ${sql(templateName)} allow_connections false`;
  } catch (error) {
    await server.stop();
    throw error;
  } finally {
    await sql.end({ timeout: 1 });
  }
  return {
    url: server.url,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The same database for a login that owns nothing, as the product has it. */
export function loginUrl(ownerUrl: string): string {
  const url = new URL(ownerUrl);
  url.username = "daybook_test";
  url.password = "behind the wall";
  return url.href;
}

export function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
