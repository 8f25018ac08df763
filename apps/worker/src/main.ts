import { isMigrated, textOf, wallFault } from "@daybook/store";
import { pino } from "pino";
import { readEnv } from "./env.ts";
import { jobs } from "./jobs/index.ts";
import { openQueueHost } from "./queue-host.ts";
import { openPlatform } from "./wire.ts";

/** The worker's process: waits for the schema, runs the jobs, and leaves cleanly. A broken assumption ends it; the supervisor starts it anew. */
const env = readEnv(process.env);
const log = pino({ level: env.LOG_LEVEL, base: { app: "worker" } });
const schemaPollMs = 500;
const exitAfterCrash = 70;
/** The database login could see every organization. */
const exitUnsafe = 78;

process.on("uncaughtException", (error) => {
  log.fatal({ error: textOf(error) }, "uncaught exception");
  process.exit(exitAfterCrash);
});

const migrationsFolder = process.env["DAYBOOK_MIGRATIONS"];
while (!(await isMigrated({ url: env.DATABASE_URL, ...(migrationsFolder && { folder: migrationsFolder }) }))) {
  await new Promise((resolve) => setTimeout(resolve, schemaPollMs));
}
const fault = process.env["NODE_ENV"] === "production" ? await wallFault({ url: env.DATABASE_URL }) : null;
if (fault !== null) {
  log.fatal(fault);
  process.exit(exitUnsafe);
}
const platform = openPlatform(env, log);
const host = await openQueueHost({ url: env.DATABASE_URL, platform, jobs });
log.info({ queues: jobs.map(({ queue }) => queue) }, "worker ready");

const stop = (signal: string) => {
  log.info({ signal }, "stopping");
  void host
    .stop()
    .then(() => platform.store.close())
    .then(() => process.exit(0));
};
process.once("SIGTERM", () => stop("SIGTERM"));
process.once("SIGINT", () => stop("SIGINT"));
