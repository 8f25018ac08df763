import { rmSync } from "node:fs";
import { join } from "node:path";
import { type PostgresServer, startPostgres } from "@daybook/postgres-server";
import { testFolder } from "./test-folder.ts";

/** A server for one test alone, to be killed and started again. Its database is empty. */
export interface PrivatePostgres {
  url: string;
  /** `kill -9`: no goodbye to the clients, nothing written down. */
  kill: () => Promise<void>;
  /** On the same port, with the same data. */
  restart: () => Promise<void>;
  close: () => Promise<void>;
}

export async function privatePostgres(): Promise<PrivatePostgres> {
  const folder = testFolder();
  const start = () => startPostgres({ folder: join(folder, "postgres"), durable: false });
  let server: PostgresServer = await start();
  const { url } = server;
  return {
    url,
    async kill() {
      process.kill(server.pid, "SIGKILL");
      await server.untilGone();
    },
    async restart() {
      server = await start();
      if (server.url !== url) throw new Error("Another process took the port of the server that was to start again");
    },
    async close() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
