import type { Daybook } from "./client.ts";

export interface ExitParts {
  flush: Daybook["flush"];
  /** Writes to disk, at once, what this turn of the event loop has logged. */
  writeThrough: () => void;
  flushOnExit: boolean;
  flushOnSignals: boolean;
}

const signals = ["SIGTERM", "SIGINT"] as const;

/** Listens for the end of the process beside whoever else does; returns how to stop listening. */
export function onExit({ flush, writeThrough, flushOnExit, flushOnSignals }: ExitParts): () => void {
  // Node says it again after each thing that was still to be done; once is enough.
  const beforeExit = () => void flush();
  const onSignal = (signal: NodeJS.Signals) => {
    void flush().finally(() => {
      // A listener takes away the signal's own effect. If the program has one itself, ending is its business.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    });
  };
  process.on("exit", writeThrough);
  if (flushOnExit) process.once("beforeExit", beforeExit);
  if (flushOnSignals) for (const signal of signals) process.once(signal, onSignal);
  return () => {
    process.off("exit", writeThrough);
    process.off("beforeExit", beforeExit);
    for (const signal of signals) process.off(signal, onSignal);
  };
}
