import { Socket } from "node:net";

/**
 * Loaded before a supervised program (`node --import`). The supervisor holds the other end of file descriptor 3; when it is
 * killed, the system closes that end, and the program leaves as if asked to. Otherwise `kill -9` of the supervisor would
 * leave an API on the port and a worker that nobody watches.
 */
const leash = new Socket({ fd: 3, readable: true, writable: false });
leash.on("error", leave);
leash.on("close", leave);
leash.resume();
leash.unref();

const patienceMs = 20_000;

/** The whole group, for a program under a watcher is two processes. */
function leave(): void {
  signalGroup("SIGTERM");
  setTimeout(() => signalGroup("SIGKILL"), patienceMs).unref();
}

function signalGroup(signal: NodeJS.Signals): void {
  try {
    process.kill(-process.pid, signal);
  } catch {
    process.kill(process.pid, signal);
  }
}
