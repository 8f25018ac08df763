import { setTimeout as pause } from "node:timers/promises";
import { type ProcessMark, stillRuns } from "./running-file.ts";

const patienceMs = 25_000;
const pollMs = 50;

/** Programs of a supervisor that was killed are on their way out; those that do not leave are ended. */
export async function endLeftovers(leftovers: readonly ProcessMark[]): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (const process of leftovers) signal(process, "SIGTERM");
  while (leftovers.some(stillRuns) && Date.now() < deadline) await pause(pollMs);
  for (const process of leftovers.filter(stillRuns)) signal(process, "SIGKILL");
}

function signal({ pid }: ProcessMark, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch {
    // It has left in the meantime.
  }
}
