import { PgDatabase, PgDialect } from "drizzle-orm/pg-core";
import { drizzle, PostgresJsSession } from "drizzle-orm/postgres-js";
import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Sql } from "postgres";
import { installFence } from "./fence.ts";
import { clientOf } from "./in-organization.ts";
import { roles } from "./roles.ts";
import * as schema from "./schema/index.ts";

export type Database = PostgresJsDatabase<typeof schema>;
/** A fenced transaction. Await its statements one by one, and do nothing slow inside. */
export type Tx = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** Where an entity's function may read or write: the pool, or somebody's transaction. */
export type Executor = Database | Tx;

export interface Connections {
  /** For statements written by hand: append, search, feeds. Its parsers are the driver's own. Outside of `inOrganization` it sees nothing. */
  sql: Sql;
  /** Drizzle within one organization, which costs nothing to make. Drizzle replaces the parsers of the client it is given, so it has one for itself. */
  of: (organizationId: string) => Database;
  /** Across organizations. */
  platform: Database;
  /** The client of `platform`, for what is written by hand there. */
  platformSql: Sql;
  close(): Promise<void>;
}

export interface ConnectOptions {
  url: string;
  applicationName: string;
  /** Connections in each of the three pools. */
  max?: number;
}

const statementTimeoutMs = 15_000;
const lockTimeoutMs = 5_000;
const idleInTransactionTimeoutMs = 10_000;
const connectTimeoutSeconds = 5;
const idleTimeoutSeconds = 60;
const lifetimeSeconds = 1_800;
const closeTimeoutSeconds = 5;

export function connect({ url, applicationName, max = 8 }: ConnectOptions): Connections {
  const open = (role: string) => {
    const client = postgres(url, {
      max,
      // Fetching array types during connect leaves an unhandled rejection when the server dies at that moment.
      fetch_types: false,
      connect_timeout: connectTimeoutSeconds,
      idle_timeout: idleTimeoutSeconds,
      max_lifetime: lifetimeSeconds,
      onnotice: () => undefined,
      connection: {
        application_name: applicationName,
        role,
        search_path: "public, pg_temp",
        TimeZone: "UTC",
        statement_timeout: statementTimeoutMs,
        lock_timeout: lockTimeoutMs,
        idle_in_transaction_session_timeout: idleInTransactionTimeoutMs,
      },
    });
    installFence(client);
    return client;
  };
  const sql = open(roles.app);
  const app = open(roles.app);
  const platformSql = open(roles.platform);
  // Here it only gives the client its parsers.
  drizzle(app);
  const dialect = new PgDialect({});
  return {
    sql,
    of: (organizationId) => new PgDatabase(dialect, new PostgresJsSession(clientOf(app, organizationId), dialect, undefined), undefined) as unknown as Database,
    platform: drizzle(platformSql, { schema }),
    platformSql,
    async close() {
      await Promise.all([sql, app, platformSql].map((client) => client.end({ timeout: closeTimeoutSeconds })));
    },
  };
}
