import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Binaries } from "./binaries.ts";
import { binariesIn } from "./binaries.ts";
import type { ServerUser } from "./server-user.ts";

/** Where the server's programs and data are, such that its user can reach both. */
export interface Place {
  binaries: Binaries;
  cluster: string;
}

export interface PlaceRequest {
  binaries: Binaries;
  cluster: string;
  user: ServerUser | null;
  say: (line: string) => void;
}

/** Everything as asked for an ordinary user. For root, what the server's user cannot reach is moved under /var/lib/daybook. */
export function reachablePlace({ binaries, cluster, user, say }: PlaceRequest): Place {
  if (user === null) return { binaries, cluster };
  const programs = canDo(user, binaries.initdb, ["--version"]) ? binaries : copiedBinaries(binaries);
  const reachable = canDo(user, "/bin/sh", ["-c", 'cd "$1"', "sh", closestExisting(cluster)]);
  const place = { binaries: programs, cluster: reachable ? cluster : movedCluster(cluster, user) };
  const moved = [programs === binaries ? null : programs.folder, reachable ? null : place.cluster].filter((path) => path !== null);
  if (moved.length > 0) say(`The user ${user.name}, under which PostgreSQL runs, cannot reach this checkout; the server lives in ${moved.join(" and ")}.`);
  return place;
}

/** Tried, not calculated: modes, access lists, mount options and namespaces all have a say. */
function canDo(user: ServerUser, program: string, words: string[]): boolean {
  return spawnSync(program, words, { uid: user.uid, gid: user.gid, cwd: "/" }).status === 0;
}

function closestExisting(path: string): string {
  return existsSync(path) ? path : closestExisting(dirname(path));
}

/** Complete or absent: the copy gets its name only when it is whole. */
function copiedBinaries(binaries: Binaries): Binaries {
  const target = join(sharedFolder(), `postgresql-${binaries.version}`);
  if (!existsSync(target)) {
    const partial = `${target}.${process.pid}`;
    cpSync(binaries.folder, partial, { recursive: true, verbatimSymlinks: true });
    // An install under a strict umask leaves files that only root may read.
    spawnSync("chmod", ["-R", "a+rX", partial]);
    renameSync(partial, target);
  }
  return binariesIn(target, binaries.version);
}

/** One place per checkout, recognisable by name, so that two checkouts never share data. */
function movedCluster(cluster: string, user: ServerUser): string {
  const mark = createHash("sha256").update(cluster).digest("hex").slice(0, 8);
  const checkout = basename(dirname(dirname(dirname(cluster)))) || "data";
  const target = join(sharedFolder(), `${checkout}-${mark}`, "cluster");
  mkdirSync(dirname(target), { recursive: true });
  chmodSync(dirname(target), 0o755);
  if (existsSync(join(cluster, "PG_VERSION")) && !existsSync(target)) moveCluster(cluster, target, user);
  return target;
}

/** A checkout that moved to a place the server's user cannot reach brings its data along. */
function moveCluster(from: string, to: string, user: ServerUser): void {
  const partial = `${to}.${process.pid}`;
  cpSync(from, partial, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  const owned = spawnSync("chown", ["-R", `${user.uid}:${user.gid}`, partial]);
  if (owned.status !== 0) throw new Error(`The data in ${from} could not be given to ${user.name}: ${owned.stderr.toString().trim()}`);
  renameSync(partial, to);
  rmSync(from, { recursive: true });
}

/** Under /var/tmp anybody may have made the folder first, and what lies in it gets executed: only root's own will do. */
function sharedFolder(): string {
  for (const folder of ["/var/lib/daybook", "/var/tmp/daybook"]) {
    try {
      mkdirSync(folder, { recursive: true });
      if (statSync(folder).uid !== 0) continue;
      chmodSync(folder, 0o755);
      return folder;
    } catch {
      continue;
    }
  }
  throw new Error(
    "Neither /var/lib/daybook nor /var/tmp/daybook can be created. Set DAYBOOK_DATA to a folder that the user `postgres` can reach, or set DATABASE_URL.",
  );
}
