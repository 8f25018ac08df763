import { spawnSync } from "node:child_process";
import { appendFileSync, chmodSync, chownSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { databaseName, databaseUser } from "./connection-file.ts";
import type { Place } from "./place.ts";
import type { ServerUser } from "./server-user.ts";
import { settingsFileName } from "./settings.ts";

export interface ClusterRequest {
  place: Place;
  user: ServerUser | null;
  password: string;
  durable: boolean;
}

/**
 * Makes the cluster with its database. It gets its name only when it is complete, because a cluster half made by a killed
 * initdb looks like a real one and never starts.
 */
export function makeCluster({ place, user, password, durable }: ClusterRequest): void {
  const unfinished = `${place.cluster}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  chmodSync(unfinished, 0o700);
  if (user !== null) chownSync(unfinished, user.uid, user.gid);
  initialise({ place: { ...place, cluster: unfinished }, user, password, durable });
  createDatabase({ ...place, cluster: unfinished }, user);
  appendFileSync(join(unfinished, "postgresql.conf"), `\ninclude_if_exists = '${settingsFileName}'\n`);
  renameSync(unfinished, place.cluster);
}

/** The built-in C.UTF-8 locale sorts by code point and needs no locale of the machine, so indexes survive a move. */
function initialise({ place, user, password, durable }: ClusterRequest): void {
  const passwordFile = `${place.cluster}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user !== null) chownSync(passwordFile, user.uid, user.gid);
  const options = [
    `--pgdata=${place.cluster}`,
    `--username=${databaseUser}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--data-checksums",
    ...(durable ? [] : ["--no-sync"]),
  ];
  try {
    run(place.binaries.initdb, options, { user, cwd: place.cluster });
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function createDatabase(place: Place, user: ServerUser | null): void {
  runStatement(place, user, `create database ${databaseName}`);
}

/** For a cluster whose connection file was lost: the data are worth more than the old password. No server may run on it. */
export function resetPassword({ place, user, password }: Omit<ClusterRequest, "durable">): void {
  runStatement(place, user, `alter user ${databaseUser} password '${password}'`);
}

/** In single-user mode, which needs no driver and no password. */
function runStatement(place: Place, user: ServerUser | null, statement: string): void {
  run(place.binaries.postgres, ["--single", "-D", place.cluster, "postgres"], { user, cwd: place.cluster, input: `${statement}\n` });
}

interface RunRequest {
  user: ServerUser | null;
  cwd: string;
  input?: string;
}

function run(program: string, options: string[], { user, cwd, input = "" }: RunRequest): void {
  const account = user === null ? {} : { uid: user.uid, gid: user.gid };
  const result = spawnSync(program, options, { ...account, cwd, input, encoding: "utf8", env: serverEnvironment() });
  if (result.status === 0) return;
  const said = [result.error?.message, result.stdout, result.stderr].filter(Boolean).join("\n").trim();
  throw new Error(`PostgreSQL could not prepare its data folder ${cwd}:\n${said}`);
}

/** Without the PG* variables and locale of whoever starts us: they would change port, data folder or message language. */
export function serverEnvironment(): Record<string, string> {
  const kept = ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SystemRoot"];
  const entries = kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return { ...Object.fromEntries(entries), LC_ALL: "C", TZ: "UTC" };
}
