import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * Whether a process runs. A zombie does not: where nobody reaps orphans (a container whose first process is `sleep`), a
 * killed server stays in the process table for ever, and signal 0 still reaches it.
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  return statFields(pid)?.state !== "Z";
}

/**
 * A mark that tells two processes with the same number apart: process numbers start again with every container, so a file
 * from the last run may name a stranger.
 */
export function startMark(pid: number): string | null {
  const fields = statFields(pid);
  if (fields !== null) return fields.startedAt;
  return listProcess(pid, "lstart=");
}

/** The command line, by which the owner of a stale file is recognised. */
export function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return listProcess(pid, "args=") ?? "";
  }
}

/** From /proc, where there is one. The command name may hold spaces and brackets: fields are counted after its last bracket. */
function statFields(pid: number): { state: string; startedAt: string } | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    return { state: fields[0] ?? "", startedAt: fields[19] ?? "" };
  } catch {
    return null;
  }
}

function listProcess(pid: number, column: string): string | null {
  const asked = spawnSync("ps", ["-o", column, "-p", String(pid)], { encoding: "utf8" });
  return asked.status === 0 ? asked.stdout.trim() : null;
}
