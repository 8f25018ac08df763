import { loadConnection } from "./connection-file.ts";
import { runningPostmaster } from "./postmaster-file.ts";
import { stopPostmaster } from "./stop-postmaster.ts";

/** Stops the server of a folder, whoever started it. Nothing happens when none runs. */
export async function stopPostgres(folder: string): Promise<void> {
  const connection = loadConnection(folder);
  const running = connection === null ? null : runningPostmaster(connection.cluster);
  if (running !== null) await stopPostmaster(running.pid);
}
