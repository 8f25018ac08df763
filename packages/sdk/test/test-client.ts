import { randomBytes } from "node:crypto";
import { openAsyncAmbient } from "../src/async-ambient.ts";
import { openClient } from "../src/client.ts";
import type { Client, World } from "../src/client.ts";
import type { DaybookOptions } from "../src/options.ts";
import type { Problem } from "../src/receipt.ts";
import { openSpool } from "../src/spool/spool.ts";
import { token } from "./fake-daybook.ts";

export interface TestClient extends Client {
  problems: Problem[];
}

export interface TestClientOptions extends Partial<DaybookOptions> {
  url: string;
  spoolFolder?: string;
  spoolBytesMax?: number;
  /** 0 by default: no retry waits. */
  random?: () => number;
}

/** The client of Node without its exits, with dice that make no retry wait. */
export function testClient({ spoolFolder, spoolBytesMax = 64 * 1_048_576, random = () => 0, ...options }: TestClientOptions): TestClient {
  const problems: Problem[] = [];
  const world: World = {
    fetch: (url, init) => fetch(url, init),
    nowMs: () => Date.now(),
    random,
    randomBytes,
    ambient: openAsyncAmbient(),
    ...(spoolFolder !== undefined && {
      openSpool: (parts) =>
        openSpool({ folder: spoolFolder, bytesMax: spoolBytesMax, fsync: true, nowMs: () => Date.now(), dice: () => randomBytes(6).toString("hex") }, parts),
    }),
  };
  const client = openClient({ token, flushAfterMs: 1, onProblem: (problem) => problems.push(problem), ...options }, world);
  return { ...client, problems };
}
