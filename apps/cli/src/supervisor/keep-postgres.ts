import { setTimeout as pause } from "node:timers/promises";
import { startPostgres } from "@daybook/postgres-server";
import { restartDelay } from "./restart-delay.ts";

export interface KeptPostgres {
  /** The address now. It changes only when another program has taken the port in the meantime. */
  url: () => string;
  /** The same for the programs. */
  loginUrl: () => string;
  port: () => number;
  /** Where the data files are: for root, perhaps not in the data folder. */
  cluster: string;
  adopted: boolean;
  stop: () => Promise<void>;
}

export interface KeepRequest {
  folder: string;
  say: (line: string) => void;
  /** The server runs again, at another address. */
  moved: () => void;
}

/** Runs the embedded server and starts it again when it ends before it was asked to. */
export async function keepPostgres({ folder, say, moved }: KeepRequest): Promise<KeptPostgres> {
  let server = await startPostgres({ folder, say });
  const stopping = new AbortController();

  const watch = (async () => {
    let endedBefore = 0;
    while (!stopping.signal.aborted) {
      const begun = Date.now();
      await server.untilGone();
      if (stopping.signal.aborted) return;
      const { delayMs, endedInARow } = restartDelay({ ranMs: Date.now() - begun, endedBefore });
      endedBefore = endedInARow;
      say("The database server has ended. It starts again.");
      await pause(delayMs, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      const before = server.url;
      server = await startPostgres({ folder, say }).catch((error: unknown) => {
        say(error instanceof Error ? error.message : String(error));
        return server;
      });
      if (server.url !== before) moved();
    }
  })();

  return {
    url: () => server.url,
    loginUrl: () => server.loginUrl,
    port: () => server.port,
    cluster: server.cluster,
    adopted: server.adopted,
    async stop() {
      stopping.abort();
      await server.stop();
      await watch;
      // It may have been on its way up when the stop came.
      await server.stop();
    },
  };
}
