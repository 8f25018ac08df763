import { isPortFree } from "@daybook/postgres-server";

const portsTriedMax = 50;

/** The wanted port, or the next one that nobody listens on. */
export async function nextFreePort(wanted: number, host: string): Promise<number> {
  for (let port = wanted; port < wanted + portsTriedMax && port < 65_536; port++) {
    if (await isPortFree(port, host)) return port;
  }
  throw new Error(`None of the ports from ${wanted} on is free on ${host}. Choose another with PORT.`);
}
