/**
 * Makes honest tests cheap: real PostgreSQL, a real browser, and time and dice that repeat.
 * It will never know the tables: the migration is handed in, because the store's own tests stand on this package.
 */
export { authenticatorCode } from "./authenticator-code.ts";
export { bundled } from "./bundled.ts";
export { fixedClock } from "./clock.ts";
export { launchChromium } from "./chromium.ts";
export { mutatedBody } from "./mutated-body.ts";
export { privatePostgres } from "./private-postgres.ts";
export { guessedToken } from "./random-tokens.ts";
export { rewritingProxy } from "./rewriting-proxy.ts";
export { seededRandom } from "./seeded.ts";
export { type TestDatabase, testDatabase } from "./test-database.ts";
