import { setTimeout as pause } from "node:timers/promises";
import { isAlive } from "./process-identity.ts";

/**
 * SIGINT is PostgreSQL's fast shutdown: clients are sent away, everything is written. When the disk is so slow that 30 s do
 * not suffice, SIGQUIT ends it at once (the next start replays the log), and SIGKILL is the last word.
 */
const steps = [
  { signal: "SIGINT", waitMs: 30_000 },
  { signal: "SIGQUIT", waitMs: 5_000 },
  { signal: "SIGKILL", waitMs: 5_000 },
] as const;

const pollMs = 20;

export async function stopPostmaster(pid: number): Promise<void> {
  for (const { signal, waitMs } of steps) {
    if (!send(pid, signal)) return;
    for (let waited = 0; waited < waitMs; waited += pollMs) {
      if (!isAlive(pid)) return;
      await pause(pollMs);
    }
  }
  throw new Error(`The PostgreSQL server (process ${pid}) does not end`);
}

function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}
