import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { answers, needsSetup, untilAnswers } from "./ask-console.ts";
import { endLeftovers } from "./end-leftovers.ts";
import { type KeptPostgres, keepPostgres } from "./keep-postgres.ts";
import { type LogFile, openLogFile } from "./log-file.ts";
import { terminalLine } from "./log-line.ts";
import { nextFreePort } from "./next-free-port.ts";
import { type Claim, claimFolder, markOf, readRunning, stillRuns } from "./running-file.ts";
import { loadSecrets } from "./secrets.ts";
import type { ServicesRequest } from "./services.ts";
import { type Listener, type Service, type Supervised, supervise } from "./supervise.ts";

export interface RunRequest {
  checkout: string;
  dataFolder: string;
  environment: Record<string, string | undefined>;
  /** What must be there before the services start; null when they need nothing. */
  prepare: (() => Promise<void>) | null;
  services: (request: ServicesRequest) => Service[];
  /** In development the console has an address of its own. */
  development: boolean;
  say: (line: string) => void;
  /** Aborted when nobody wants it any more. */
  wanted: AbortSignal;
}

export interface Daybook {
  url: string;
  /** Settles after everything has ended. */
  stop: () => Promise<void>;
  /** Ends the programs without waiting; what was committed stays. */
  hurry: () => void;
}

const answerMsMax = 90_000;
const otherReadyMsMax = 60_000;
/** A program that ends this often before the console ever answered has a fault that waiting does not mend. */
const failedStartsMax = 5;
const defaultPort = 4747;
const defaultDevelopmentPort = 5173;

/** Brings everything up on one data folder. Null when another process has it; its address was said then. */
export async function runDaybook(request: RunRequest): Promise<Daybook | null> {
  const { dataFolder } = request;
  const claimed = claimFolder(dataFolder);
  if ("other" in claimed) {
    await pointToOther(request, claimed.other.pid);
    return null;
  }
  const { claim } = claimed;
  const things = new Things();
  try {
    return await bringUp(request, claim, things);
  } catch (error) {
    await things.end();
    claim.release();
    throw error;
  }
}

async function pointToOther({ dataFolder, environment, say }: RunRequest, pid: number): Promise<void> {
  const deadline = Date.now() + otherReadyMsMax;
  while (Date.now() < deadline) {
    const running = readRunning(join(dataFolder, "running.json"));
    if (running === null || !stillRuns(running)) break;
    if (running.console !== null && (await answers(`${running.console.local}/livez`))) {
      const { setupToken } = loadSecrets(dataFolder, environment);
      say(`Daybook is already running (process ${pid}).`);
      say(await welcome({ ...running.console, dataFolder, setupToken, stop: `Ctrl-C where it was started, or kill ${pid}` }));
      return;
    }
    await pause(200);
  }
  throw new Error(`Another process (${pid}) has the data folder ${dataFolder}, but its console does not answer. Stop it, then start again.`);
}

/** What was started so far, ended in the opposite order: programs first, then the database they write to. */
class Things {
  postgres: KeptPostgres | null = null;
  supervised: Supervised[] = [];
  logs: LogFile[] = [];

  async end(): Promise<void> {
    await Promise.all(this.supervised.map((each) => each.stop()));
    await this.postgres?.stop();
    for (const log of this.logs.splice(0)) log.close();
  }
}

async function bringUp(request: RunRequest, claim: Claim, things: Things): Promise<Daybook> {
  const { checkout, dataFolder, environment, development, say } = request;
  const secrets = loadSecrets(dataFolder, environment);
  await endLeftovers(claim.leftovers);

  const { prepare } = request;
  // Both to their end, also when one fails: what was started must be known to be stopped.
  const steps = await Promise.allSettled([prepare === null ? null : timed(say, "build", prepare), timed(say, "database", () => openDatabase(request, things))]);
  for (const step of steps) if (step.status === "rejected") throw step.reason;
  request.wanted.throwIfAborted();

  const host = environment["HOST"] || "127.0.0.1";
  const apiPort = await choosePort({ wanted: Number(environment["PORT"] || defaultPort), host, say });
  const consolePort = development ? await choosePort({ wanted: defaultDevelopmentPort, host: "localhost", say }) : apiPort;
  const origin = environment["DAYBOOK_URL"] || `http://localhost:${consolePort}`;
  const local = `http://${host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host}:${apiPort}`;

  const services = request.services({
    checkout,
    api: { host: new URL(local).hostname, port: apiPort },
    consolePort,
    environment: () => ({
      ...environment,
      NODE_ENV: environment["NODE_ENV"] || (development ? "development" : "production"),
      DATABASE_URL: environment["DATABASE_URL"] || things.postgres?.loginUrl(),
      DATABASE_OWNER_URL: environment["DATABASE_OWNER_URL"] || things.postgres?.url(),
      DAYBOOK_URL: origin,
      HOST: host,
      PORT: String(apiPort),
      DAYBOOK_DATA: dataFolder,
      AUTH_SECRET: secrets.authSecret,
      DAYBOOK_SETUP_TOKEN: secrets.setupToken,
    }),
  });
  const listener = listenTo({ dataFolder, claim, things, say });
  things.supervised = services.map((service) => supervise(service, listener));

  await timed(say, "programs", async () => {
    await answering(`${local}/readyz`, things, request);
    if (development) await answering(`http://localhost:${consolePort}/`, things, request);
  });
  claim.update({ console: { url: origin, local } });
  say(await welcome({ url: origin, local, dataFolder: describeData(dataFolder, things.postgres), setupToken: secrets.setupToken, stop: "Ctrl-C" }));

  return {
    url: origin,
    async stop() {
      await things.end();
      claim.release();
    },
    hurry: () => {
      for (const each of things.supervised) each.kill();
    },
  };
}

async function openDatabase({ dataFolder, environment, say }: RunRequest, things: Things): Promise<string> {
  const given = environment["DATABASE_URL"];
  if (given) return `yours, at ${new URL(given).host} (DATABASE_URL)`;
  things.postgres = await keepPostgres({
    folder: join(dataFolder, "postgres"),
    say,
    moved: () => {
      for (const each of things.supervised) each.restart();
    },
  });
  const found = things.postgres.adopted ? ", left running by an earlier start" : "";
  return `embedded PostgreSQL on port ${things.postgres.port()}${found}`;
}

function describeData(dataFolder: string, postgres: KeptPostgres | null): string {
  return postgres === null || postgres.cluster.startsWith(dataFolder) ? dataFolder : `${dataFolder}, and the database in ${postgres.cluster}`;
}

/** One line per step, with what came out of it and how long it took. */
async function timed(say: (line: string) => void, step: string, work: () => Promise<string | void>): Promise<void> {
  const begun = Date.now();
  const outcome = (await work()) ?? "";
  say(`  ${step.padEnd(10)} ${outcome === "" ? "ready" : outcome} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
}

async function choosePort({ wanted, host, say }: { wanted: number; host: string; say: (line: string) => void }): Promise<number> {
  const port = await nextFreePort(wanted, host);
  if (port !== wanted) say(`  Port ${wanted} is taken; using ${port}.`);
  return port;
}

function listenTo({ dataFolder, claim, things, say }: { dataFolder: string; claim: Claim; things: Things; say: (line: string) => void }): Listener {
  const logs = new Map<string, LogFile>();
  const pids = new Map<string, number>();
  const logOf = (name: string): LogFile => {
    const known = logs.get(name);
    if (known !== undefined) return known;
    const log = openLogFile(join(dataFolder, "logs", `${name}.log`));
    logs.set(name, log);
    things.logs.push(log);
    return log;
  };
  return {
    line(service, line, stream) {
      logOf(service.name).write(line);
      const shown = terminalLine(line, stream);
      if (shown !== null) say(`  ${service.name.padEnd(10)} ${shown}`);
    },
    started(service, pid) {
      pids.set(service.name, pid);
      claim.update({ children: [...pids.values()].map(markOf) });
    },
    ended(service, how, delayMs) {
      say(`  ${service.name.padEnd(10)} ${how}; it starts again in ${(delayMs / 1000).toFixed(1)} s.`);
    },
  };
}

async function answering(url: string, things: Things, { dataFolder, wanted }: RunRequest): Promise<void> {
  const hopeless = () => things.supervised.find((each) => each.endedInARow() >= failedStartsMax);
  if (await untilAnswers(url, answerMsMax, { up: () => wanted.aborted || hopeless() !== undefined })) return;
  wanted.throwIfAborted();
  const culprit = hopeless();
  const why =
    culprit === undefined ? `${url} did not answer within ${answerMsMax / 1000} s` : `${culprit.service.name} ended ${failedStartsMax} times in a row`;
  throw new Error(`Daybook did not come up: ${why}. The logs are in ${join(dataFolder, "logs")}.`);
}

interface WelcomeRequest {
  url: string;
  local: string;
  dataFolder: string;
  setupToken: string;
  stop: string;
}

async function welcome({ url, local, dataFolder, setupToken, stop }: WelcomeRequest): Promise<string> {
  const first = await needsSetup(local);
  const lines = [
    ["Console", first ? `${url}/setup?token=${setupToken}` : url],
    ...(first ? [["", "(first run: this link creates the owner's account)"]] : []),
    ["API docs", `${local}/docs/api`],
    ["Data", dataFolder],
    ["Stop", stop],
  ];
  return `\n${lines.map(([name, value]) => `  ${name?.padEnd(10)} ${value}`).join("\n")}\n`;
}
