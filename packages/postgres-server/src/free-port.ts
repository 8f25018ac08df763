import { createServer } from "node:net";

/** A port of this address that nobody listens on now. Another process may take it first: callers try again. */
export function freePort(host = "127.0.0.1"): Promise<number> {
  return listenOnce(0, host);
}

export async function isPortFree(port: number, host = "127.0.0.1"): Promise<boolean> {
  try {
    await listenOnce(port, host);
    return true;
  } catch (error) {
    // Any other reason (an address this machine does not have) must not look like "taken", or the search never ends.
    if (error instanceof Error && "code" in error && (error.code === "EADDRINUSE" || error.code === "EACCES")) return false;
    throw error;
  }
}

function listenOnce(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, host, () => {
      const address = server.address();
      const taken = typeof address === "object" && address !== null ? address.port : port;
      server.close(() => resolve(taken));
    });
  });
}
