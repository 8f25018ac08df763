/**
 * Runs the embedded PostgreSQL server: makes a cluster, starts it, finds the one that already runs, stops it in order.
 * It will never know what is stored there: no SQL, no schema, no driver.
 */
export { type PostgresServer, startPostgres } from "./start-postgres.ts";
export { stopPostgres } from "./stop-postgres.ts";
export { readConnection } from "./connection-file.ts";
export { freePort, isPortFree } from "./free-port.ts";
export { isAlive, startMark } from "./process-identity.ts";
