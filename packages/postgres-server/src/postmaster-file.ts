import { readFileSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { commandLine, isAlive } from "./process-identity.ts";

/** The server that runs on a cluster, as it describes itself in postmaster.pid. */
export interface Postmaster {
  pid: number;
  port: number;
  ready: boolean;
}

/** The running server of this cluster, or null. */
export function runningPostmaster(cluster: string): Postmaster | null {
  let lines: string[];
  try {
    lines = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return null;
  }
  // The lines are: number, data folder, start time, port, socket folder, address, shared memory key, state.
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return null;
  if (!isServerOf(pid, cluster)) return null;
  return { pid, port: Number(lines[3]), ready: (lines[7] ?? "").trim() === "ready" };
}

/**
 * PostgreSQL refuses to start while the number in its file belongs to any living process, also when a stranger has got it
 * since (after a container restarts, numbers begin again). Only called when no server of this cluster runs.
 */
export function removeStaleFile(cluster: string): void {
  rmSync(join(cluster, "postmaster.pid"), { force: true });
}

function isServerOf(pid: number, cluster: string): boolean {
  const command = commandLine(pid);
  return command.includes(cluster) || command.includes(realpathSync(cluster));
}
