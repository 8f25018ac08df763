import { resolve } from "node:path";
import { buildBundles, isBuilt } from "./supervisor/build-bundles.ts";
import { openDataFolder } from "./supervisor/data-folder.ts";
import { type Daybook, runDaybook } from "./supervisor/run-daybook.ts";
import { bundledServices, developmentServices } from "./supervisor/services.ts";

/** `pnpm start` and `pnpm dev`: everything Daybook needs, on this machine, with one command. */
const usage = `Starts Daybook on this machine.

  npx -y pnpm@12 start        the built product
  npx -y pnpm@12 dev          from the sources, with hot reload

  DATABASE_URL   a PostgreSQL 18 database of yours instead of the embedded one: a login that owns nothing
  DATABASE_OWNER_URL   its owner, who migrates and makes that login
  DAYBOOK_DATA   the folder that is kept between runs (default: .data)
  DAYBOOK_URL    the address under which people reach the console
  PORT, HOST     where to listen (default: 4747 on 127.0.0.1)
  SMTP_URL       a mail server; without it mails stay in the built-in mailbox
`;

/** npm, pnpm and the terminal each pass on one Ctrl-C: what arrives within a second is the same wish. */
const sameWishMs = 1000;
const exitFailed = 1;
const exitCrashed = 70;

const words = process.argv.slice(2).filter((word) => word !== "--");
const unknown = words.filter((word) => word !== "--dev");
if (unknown.length > 0) {
  console.log(usage);
  process.exit(unknown.every((word) => word === "--help" || word === "-h") ? 0 : exitFailed);
}
await main(words.includes("--dev"));

async function main(development: boolean): Promise<void> {
  // A terminal that is gone must not end what runs.
  process.stdout.on("error", () => {});
  process.stderr.on("error", () => {});
  const unwanted = new AbortController();
  const starting = start({ development, wanted: unwanted.signal });
  stopOnSignals(starting, unwanted);
  stopOnCrash(starting);
  try {
    // Null: another process runs it already, and its address was said.
    if ((await starting) === null) process.exit(0);
  } catch (error) {
    if (unwanted.signal.aborted) return leave();
    console.error(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(exitFailed);
  }
}

interface StartRequest {
  development: boolean;
  wanted: AbortSignal;
}

async function start({ development, wanted }: StartRequest): Promise<Daybook | null> {
  const checkout = resolve(import.meta.dirname, "../../..");
  return runDaybook({
    checkout,
    dataFolder: openDataFolder(checkout, process.env["DAYBOOK_DATA"]),
    environment: process.env,
    development,
    prepare: development ? null : () => build(checkout),
    services: development ? developmentServices : bundledServices,
    say,
    wanted,
  });
}

async function build(checkout: string): Promise<void> {
  if (!isBuilt(checkout)) say("  Building console, API and worker; the first time takes half a minute.");
  await buildBundles(checkout);
}

function stopOnSignals(starting: Promise<Daybook | null>, unwanted: AbortController): void {
  let first = 0;
  const onSignal = (signal: NodeJS.Signals) => {
    if (first === 0) {
      first = Date.now();
      say(`\nStopping (${signal})…`);
      unwanted.abort();
      void starting.then((daybook) => daybook?.stop()).then(leave, () => {});
    } else if (Date.now() - first > sameWishMs) {
      void starting.then((daybook) => daybook?.hurry());
    }
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
}

function stopOnCrash(starting: Promise<Daybook | null>): void {
  process.on("uncaughtException", (error) => {
    console.error(error);
    void starting.then((daybook) => daybook?.stop()).finally(() => process.exit(exitCrashed));
  });
}

function say(line: string): void {
  console.log(line);
}

function leave(): never {
  say("Stopped.");
  process.exit(0);
}
