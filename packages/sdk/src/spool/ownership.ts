import { mkdirSync, readdirSync, renameSync, statSync, utimesSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { threadId } from "node:worker_threads";

/** A lane is one process's folder in the spool. Its name says whose it is: host, process, when it was made, and dice. */
export interface Owner {
  host: string;
  pid: number;
  createdMs: number;
}

/** Owners touch their lanes this often; a lane that nobody has touched for the longer time belongs to nobody. */
export const heartbeatMs = 10_000;
const orphanedAfterMs = 60_000;

/** A process's clock at its start, from coarse sources, may be off by this much. */
const startToleranceMs = 2_000;

/** The process number of lanes that their owner has let go of. */
const nobody = 0;

const thisHost =
  hostname()
    .replace(/[^A-Za-z0-9-]/g, "-")
    .slice(0, 64) || "host";

export const laneName = (nowMs: number, dice: string): string => `${thisHost}~${process.pid}~${nowMs}~${threadId}${dice}`;
export const releasedName = (nowMs: number, dice: string): string => `${thisHost}~${nobody}~${nowMs}~${threadId}${dice}`;

function readOwner(name: string): Owner | undefined {
  const found = /^([A-Za-z0-9-]{1,64})~(\d{1,10})~(\d{1,16})~[0-9a-f]+$/.exec(name);
  return found ? { host: found[1] ?? "", pid: Number(found[2]), createdMs: Number(found[3]) } : undefined;
}

/**
 * Takes over the lanes of processes that are gone. Renaming is the lock: of two that try, one finds nothing left to rename. Should an
 * owner live after all, its next write finds the folder gone and it starts a new lane (`LaneLost`); nothing is lost, some is sent twice.
 */
export function adoptOrphans({ folder, mine, nowMs, newName }: { folder: string; mine: ReadonlySet<string>; nowMs: number; newName: () => string }): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const owner = entry.isDirectory() && !mine.has(entry.name) ? readOwner(entry.name) : undefined;
    if (!owner) return [];
    const name = newName();
    try {
      if (!isOrphan(owner, statSync(join(folder, entry.name)).mtimeMs, nowMs)) return [];
      touch(join(folder, entry.name), nowMs);
      renameSync(join(folder, entry.name), join(folder, name));
      return [name];
    } catch {
      // Somebody else was faster, or the system holds it: the next look will tell.
      return [];
    }
  });
}

/** A number may be given to a new process, and in containers every process has the same one; so a pid alone proves no life. */
function isOrphan({ host, pid, createdMs }: Owner, touchedMs: number, nowMs: number): boolean {
  if (pid === nobody || nowMs - touchedMs > orphanedAfterMs) return true;
  if (host !== thisHost) return false;
  if (pid === process.pid) return createdMs < nowMs - process.uptime() * 1_000 - startToleranceMs;
  return !isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

export function touch(lane: string, nowMs: number): void {
  utimesSync(lane, nowMs / 1_000, nowMs / 1_000);
}

export function makeLane(folder: string, name: string): string {
  const lane = join(folder, name);
  mkdirSync(lane, { recursive: true, mode: 0o700 });
  return lane;
}
