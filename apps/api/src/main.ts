import { starters } from "@daybook/services";
import { ensureLogin, isConnectionError, migrate, organizations, textOf, wallFault } from "@daybook/store";
import { pino } from "pino";
import { openAuth } from "./auth/auth.ts";
import { openSetupToken } from "./auth/setup-token.ts";
import { readEnv } from "./env.ts";
import { watchDatabase } from "./life/canary.ts";
import { openLife } from "./life/life.ts";
import { prepareDatabase } from "./life/prepare-database.ts";
import { trustedOriginsOf } from "./life/trusted-origins.ts";
import { buildServer } from "./server.ts";
import { syslogSettings } from "./syslog/syslog-settings.ts";
import { openTailHub } from "./trpc/tail-hub.ts";
import { openPlatform } from "./wire.ts";

/**
 * The API's process: listens at once, answers when its database is there, and leaves cleanly. A broken assumption ends it, and so does a
 * database that stays silent; the supervisor starts it anew.
 */
const exitAfterCrash = 70;
const exitWithoutDatabase = 75;
/** The database login could see every organization. */
const exitUnsafe = 78;
const drainMaxMs = 15_000;

const env = readEnv(process.env);
const log = pino({
  level: env.LOG_LEVEL,
  base: { app: "api" },
  redact: ["headers", "*.headers", "*.authorization", "*.cookie", "*.token", "*.password", "*.secret"],
});

process.on("uncaughtException", crash);
process.on("unhandledRejection", (error) => {
  // The driver drops a promise when its socket closes in the middle of a start-up; the canary judges whether the database is gone.
  if (isConnectionError(error)) log.warn({ error: textOf(error) }, "a lost connection rejected a promise that nobody waited for");
  else crash(error);
});

const production = process.env["NODE_ENV"] === "production";
const migrationsFolder = env.DAYBOOK_MIGRATIONS;
if (process.argv.includes("--migrate")) {
  const { applied } = await migrate({ url: env.DATABASE_OWNER_URL ?? env.DATABASE_URL, ...(migrationsFolder !== undefined && { folder: migrationsFolder }) });
  if (env.DATABASE_OWNER_URL !== undefined) await ensureLogin({ ownerUrl: env.DATABASE_OWNER_URL, url: env.DATABASE_URL });
  log.info({ applied }, "the database is up to date");
  process.exit(0);
}

const origin = new URL(env.DAYBOOK_URL ?? `http://localhost:${env.PORT}`).origin;
const trustedOrigins = trustedOriginsOf(origin);
const platform = openPlatform(env, log, origin);
const life = openLife();
const tailHub = openTailHub(platform.store, log);
const setupToken = openSetupToken({ configured: env.DAYBOOK_SETUP_TOKEN, origin });
const auth = openAuth({ platform, secret: env.AUTH_SECRET, trustedOrigins });
const app = await buildServer({
  services: { platform, auth, setupToken, tailHub, starters, trustedOrigins },
  life,
  log,
  webDist: env.DAYBOOK_WEB_DIST,
  trustedProxies: env.DAYBOOK_TRUSTED_PROXIES,
  requestsPerMinute: env.DAYBOOK_REQUESTS_PER_MINUTE,
  signInsPerMinute: env.DAYBOOK_SIGN_INS_PER_MINUTE,
  operatorToken: env.DAYBOOK_OPERATOR_TOKEN,
  syslog: syslogSettings(env),
});
const stopping = new AbortController();
process.once("SIGTERM", stop);
process.once("SIGINT", stop);

await app.listen({ port: env.PORT, host: env.HOST, listenTextResolver: (address) => `listening at ${address}` });
await prepareDatabase({
  url: env.DATABASE_URL,
  ownerUrl: env.DATABASE_OWNER_URL ?? (production ? undefined : env.DATABASE_URL),
  folder: migrationsFolder,
  store: platform.store,
  log,
  signal: stopping.signal,
});
const fault = production && !stopping.signal.aborted ? await wallFault({ url: env.DATABASE_URL }) : null;
if (fault !== null) {
  log.fatal(fault);
  process.exit(exitUnsafe);
}
if (!stopping.signal.aborted) await open();

async function open(): Promise<void> {
  await tailHub.listen();
  const canary = watchDatabase(platform, () => {
    log.fatal("the database stays silent; leaving to be started anew");
    process.exit(exitWithoutDatabase);
  });
  stopping.signal.addEventListener("abort", canary.stop);
  if (setupToken.link !== null && !(await organizations.any(platform.store.platform))) log.info({ link: setupToken.link }, "open this link to set Daybook up");
  life.become("ready");
  log.info({ origin }, "ready");
}

function stop(signal: NodeJS.Signals): void {
  if (stopping.signal.aborted) return;
  stopping.abort();
  log.info({ signal }, "stopping");
  life.become("draining");
  void leave().then(() => process.exit(0), crash);
}

async function leave(): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), drainMaxMs);
  await app.close();
  clearTimeout(timer);
  await platform.store.close();
}

function crash(error: unknown): void {
  log.fatal({ error: textOf(error) }, "a broken assumption; leaving to be started anew");
  process.exit(exitAfterCrash);
}
