import type { Daybook } from "./client.ts";

export interface ExitParts {
  flush: Daybook["flush"];
  /** Writes to disk, at once, what this turn of the event loop has logged. */
  writeThrough: () => void;
  flushOnExit: boolean;
  flushOnSignals: boolean;
}

const signals = ["SIGTERM", "SIGINT"] as const;
/** The listeners of all clients of this process. */
const ours = new WeakSet<object>();

/** Listens for the end of the process beside whoever else does; returns how to stop listening. */
export function onExit({ flush, writeThrough, flushOnExit, flushOnSignals }: ExitParts): () => void {
  // Node says it again after each thing that was still to be done; once is enough.
  const beforeExit = () => void flush();
  let leaving = false;
  const onSignal = (signal: NodeJS.Signals) => {
    // Asked now, when who listens once still does.
    const alone = process.listeners(signal).every((listener) => ours.has(listener));
    // Whoever signals twice wants no flush.
    if (leaving) return leave(signal, alone);
    leaving = true;
    void flush().finally(() => leave(signal, alone));
  };
  /** Of several clients the one that takes longest ends the process. */
  const leave = (signal: NodeJS.Signals, alone: boolean) => {
    process.off(signal, onSignal);
    // A listener takes away the signal's own effect. If the program has one itself, ending is its business.
    if (alone && process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  ours.add(onSignal);
  process.on("exit", writeThrough);
  if (flushOnExit) process.once("beforeExit", beforeExit);
  if (flushOnSignals) for (const signal of signals) process.prependListener(signal, onSignal);
  return () => {
    process.off("exit", writeThrough);
    process.off("beforeExit", beforeExit);
    for (const signal of signals) process.off(signal, onSignal);
  };
}
