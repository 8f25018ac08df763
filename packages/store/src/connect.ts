import { drizzle } from "drizzle-orm/postgres-js";
import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Sql } from "postgres";
import { installFence } from "./fence.ts";
import * as schema from "./schema/index.ts";

export type Database = PostgresJsDatabase<typeof schema>;
/** A fenced transaction. Await its statements one by one, and do nothing slow inside. */
export type Tx = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** Where an entity's function may read or write: the pool, or somebody's transaction. */
export type Executor = Database | Tx;

export interface Connections {
  /** For statements written by hand: append, search, feeds. Its parsers are the driver's own. */
  sql: Sql;
  /** For everything else. Drizzle replaces the parsers of the client it is given, so it has one for itself. */
  db: Database;
  close(): Promise<void>;
}

export interface ConnectOptions {
  url: string;
  applicationName: string;
  /** Connections in each of the two pools. */
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
  const open = () => {
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
        TimeZone: "UTC",
        statement_timeout: statementTimeoutMs,
        lock_timeout: lockTimeoutMs,
        idle_in_transaction_session_timeout: idleInTransactionTimeoutMs,
      },
    });
    installFence(client);
    return client;
  };
  const sql = open();
  const drizzleClient = open();
  return {
    sql,
    db: drizzle(drizzleClient, { schema }),
    async close() {
      await Promise.all([sql.end({ timeout: closeTimeoutSeconds }), drizzleClient.end({ timeout: closeTimeoutSeconds })]);
    },
  };
}
