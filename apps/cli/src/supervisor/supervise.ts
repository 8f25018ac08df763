import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { restartDelay } from "./restart-delay.ts";
import { splitLines } from "./split-lines.ts";

/** A program that must run. */
export interface Service {
  name: string;
  /** The arguments of `node`: the program and its own. */
  run: string[];
  cwd: string;
  /** Asked at every start: the database may have moved to another port. */
  environment: () => Record<string, string | undefined>;
}

/** What the supervisor tells. */
export interface Listener {
  line: (service: Service, line: string, stream: "stdout" | "stderr") => void;
  started: (service: Service, pid: number) => void;
  ended: (service: Service, how: string, delayMs: number) => void;
}

export interface Supervised {
  service: Service;
  /** How often in a row it ended soon after its start. */
  endedInARow: () => number;
  /** Ends the present run; the next one begins as after a crash. */
  restart: () => void;
  /** Asks, waits, insists. Afterwards nothing of it runs. */
  stop: () => Promise<void>;
  /** Ends it now. */
  kill: () => void;
}

const leash = new URL("./die-with-parent.ts", import.meta.url).href;

/** A program that finishes its requests in 30 s is not interrupted; one that hangs is. */
const stopMsMax = 30_000;

/** Starts a program and starts it again whenever it ends, until told to stop. */
export function supervise(service: Service, listener: Listener, stopMs: number = stopMsMax): Supervised {
  const stopping = new AbortController();
  let child: ChildProcess | null = null;
  let endedInARow = 0;

  const runs = (async () => {
    while (!stopping.signal.aborted) {
      const begun = Date.now();
      child = spawnService(service, listener);
      const how = await endOf(child);
      // What a killed watcher leaves behind would hold the port.
      signalGroup(child, "SIGKILL");
      child = null;
      if (stopping.signal.aborted) return;
      const next = restartDelay({ ranMs: Date.now() - begun, endedBefore: endedInARow });
      endedInARow = next.endedInARow;
      listener.ended(service, how, next.delayMs);
      await pause(next.delayMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  })();

  const kill = () => {
    if (child !== null) signalGroup(child, "SIGKILL");
  };

  return {
    service,
    endedInARow: () => endedInARow,
    restart: () => {
      if (child !== null) signalGroup(child, "SIGTERM");
    },
    async stop() {
      stopping.abort();
      if (child !== null) signalGroup(child, "SIGTERM");
      const insist = setTimeout(kill, stopMs);
      await runs;
      clearTimeout(insist);
    },
    kill,
  };
}

function spawnService(service: Service, listener: Listener): ChildProcess {
  const child = spawn(process.execPath, ["--import", leash, ...service.run], {
    cwd: service.cwd,
    env: definedOnly(service.environment()),
    // A group of its own: Ctrl-C reaches the supervisor alone, which decides in which order things end.
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  for (const stream of ["stdout", "stderr"] as const) {
    const take = splitLines((line) => listener.line(service, line, stream));
    child[stream]
      ?.setEncoding("utf8")
      .on("data", take)
      .on("end", () => take(null));
  }
  // The other end of the leash breaks with the child; that is no error here.
  child.stdio[3]?.on("error", () => {});
  if (child.pid !== undefined) listener.started(service, child.pid);
  return child;
}

async function endOf(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
    return signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
  } catch (error) {
    return `could not start: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended already.
  }
}

function definedOnly(environment: Record<string, string | undefined>): Record<string, string> {
  const entries = Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}
