import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { installedBinaries } from "./binaries.ts";
import { addressesOf, type Connection, giveToFolderOwner, loadConnection, saveConnection } from "./connection-file.ts";
import { freePort, isPortFree } from "./free-port.ts";
import { logTail, rotateLog } from "./log-tail.ts";
import { makeCluster, resetPassword, serverEnvironment } from "./make-cluster.ts";
import { type Place, reachablePlace } from "./place.ts";
import { removeStaleFile, runningPostmaster } from "./postmaster-file.ts";
import { isAlive } from "./process-identity.ts";
import { type ServerUser, serverUser } from "./server-user.ts";
import { settingsFile, settingsFileName } from "./settings.ts";
import { stopPostmaster } from "./stop-postmaster.ts";

export interface PostgresOptions {
  /** Where connection file, log and (when the server's user can reach it) data files are. Made when missing. */
  folder: string;
  /** False only in tests: no waiting for the disk. */
  durable?: boolean;
  /** Told, in a sentence, what a person should know: moved data, a long recovery. */
  say?: (line: string) => void;
}

export interface PostgresServer {
  /** For the owner of everything. */
  url: string;
  /** For the programs: a login that whoever uses the server has to make. */
  loginUrl: string;
  pid: number;
  port: number;
  /** Where the data files are. */
  cluster: string;
  /** It was running before we came: left behind by a crash, or shared with another process. */
  adopted: boolean;
  /** Settles when the server has ended, for whatever reason. */
  untilGone: () => Promise<void>;
  /** Sends clients away, writes everything down, ends. Bounded: see stopPostmaster. */
  stop: () => Promise<void>;
}

const attemptsMax = 40;
const recoverySecondsMax = 600;
const pollMs = 25;

/** The server of this folder: the one that runs, or else started, or else made first. */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const { durable = true, say = () => {} } = options;
  const folder = resolve(options.folder);
  makeFolder(folder);
  const stored = loadConnection(folder);
  const known = { ...newConnection(folder), ...stored };
  const user = serverUser(known.cluster);
  const place = reachablePlace({ binaries: installedBinaries(), cluster: known.cluster, user, say });
  const connection = { ...known, cluster: place.cluster };
  const running = runningPostmaster(place.cluster);
  if (running !== null && stored !== null) return adopt(folder, { ...connection, port: running.port }, running.pid);
  if (running !== null) await stopPostmaster(running.pid);

  const found = existsSync(join(place.cluster, "PG_VERSION"));
  if (found && stored === null) say(`The data of an earlier run in ${place.cluster} are used again.`);
  if (found && stored === null) resetPassword({ place, user, password: connection.password });
  if (!found) makeCluster({ place, user, password: connection.password, durable });
  saveConnection(folder, connection);
  writeFileSync(join(place.cluster, settingsFileName), settingsFile({ durable }));
  giveToFolderOwner(join(place.cluster, settingsFileName));
  return startWithPatience({ folder, connection, place, user, say });
}

interface Start {
  folder: string;
  connection: Connection;
  place: Place;
  user: ServerUser | null;
  say: (line: string) => void;
}

/**
 * Two things may be in the way for a moment: a port taken between choosing and binding, and the backends of a server that
 * was killed, which hold its shared memory until they notice. Only the first is a reason to take another port: whoever knows
 * the address should find the server there again.
 */
async function startWithPatience(start: Start): Promise<PostgresServer> {
  let port = start.connection.port;
  for (let attempt = 1; ; attempt++) {
    if (port === 0 || !(await isPortFree(port))) port = await freePort();
    const connection = { ...start.connection, port };
    const outcome = await startOnce({ ...start, connection });
    if ("server" in outcome) {
      saveConnection(start.folder, connection);
      return outcome.server;
    }
    const passing = /pre-existing shared memory block|Address already in use|lock file "postmaster.pid"/.test(outcome.said);
    if (!passing || attempt === attemptsMax) throw new Error(`PostgreSQL did not start (${join(start.folder, "postgres.log")}):\n${outcome.said}`);
    await pause(250);
  }
}

async function startOnce({ folder, connection, place, user, say }: Start): Promise<{ server: PostgresServer } | { said: string }> {
  removeStaleFile(place.cluster);
  const logPath = join(folder, "postgres.log");
  rotateLog(logPath);
  const log = openSync(logPath, "a", 0o600);
  giveToFolderOwner(logPath);
  const logStart = statSync(logPath).size;
  const account = user === null ? {} : { uid: user.uid, gid: user.gid };
  // A session of its own: Ctrl-C in the terminal must reach the supervisor only, which stops the server last.
  const child = spawn(place.binaries.postgres, ["-D", place.cluster, "-p", String(connection.port)], {
    ...account,
    cwd: place.cluster,
    detached: true,
    stdio: ["ignore", log, log],
    env: serverEnvironment(),
  });
  closeSync(log);
  const gone = endOf(child);
  let ended = false;
  void gone.then(() => (ended = true));
  const said = () => logTail(logPath, logStart);
  if (!(await becomesReady(place.cluster, () => ended, say))) {
    if (child.pid !== undefined && !ended) await stopPostmaster(child.pid);
    return { said: said() || "It ended without a word." };
  }
  return { server: describe(connection, child.pid ?? 0, false, () => gone) };
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((settle) => {
    child.once("exit", () => settle());
    child.once("error", () => settle());
  });
}

/** Recovery after a crash replays what was not yet in the data files and may take minutes: it is waited for, and announced. */
async function becomesReady(cluster: string, ended: () => boolean, say: (line: string) => void): Promise<boolean> {
  const polls = (recoverySecondsMax * 1000) / pollMs;
  for (let poll = 0; poll < polls; poll++) {
    if (runningPostmaster(cluster)?.ready === true) return true;
    if (ended()) return false;
    if (poll === 5000 / pollMs) say("PostgreSQL is recovering from an unclean end; this may take some minutes.");
    await pause(pollMs);
  }
  return false;
}

async function adopt(folder: string, connection: Connection, pid: number): Promise<PostgresServer> {
  if (
    !(await becomesReady(
      connection.cluster,
      () => !isAlive(pid),
      () => {},
    ))
  ) {
    throw new Error(
      `The PostgreSQL server that runs as process ${pid} on ${connection.cluster} does not become ready. Its log: ${join(folder, "postgres.log")}`,
    );
  }
  saveConnection(folder, connection);
  return describe(connection, pid, true, () => goneFromOutside(pid));
}

function describe(connection: Connection, pid: number, adopted: boolean, untilGone: () => Promise<void>): PostgresServer {
  const { url, loginUrl } = addressesOf(connection);
  return { url, loginUrl: loginUrl ?? url, pid, port: connection.port, cluster: connection.cluster, adopted, untilGone, stop: () => stopPostmaster(pid) };
}

/** A process that is not our child tells nobody of its end: ask four times a second. */
async function goneFromOutside(pid: number): Promise<void> {
  while (isAlive(pid)) await pause(250);
}

/** For root the way to the data must stay open to the server's user; what is secret has its own mode. */
function makeFolder(folder: string): void {
  const made = mkdirSync(folder, { recursive: true });
  if (made !== undefined) chmodSync(folder, process.getuid?.() === 0 ? 0o755 : 0o700);
}

function newConnection(folder: string): Connection {
  return { port: 0, password: randomBytes(24).toString("base64url"), loginPassword: randomBytes(24).toString("base64url"), cluster: join(folder, "cluster") };
}
