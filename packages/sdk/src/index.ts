/**
 * The client that writes events: `log()` takes one and returns at once; batches, retries, the disk and the exit are its business.
 * It will never know what becomes of an event in the log, and never makes the program that logs wait, fail or die.
 */
import { randomBytes } from "node:crypto";
import { openAsyncAmbient } from "./async-ambient.ts";
import { openClient } from "./client.ts";
import type { Daybook, World } from "./client.ts";
import { onExit } from "./exit.ts";
import { withinBounds } from "./options.ts";
import type { DaybookOptions } from "./options.ts";
import { openSpool } from "./spool/spool.ts";

export type { Daybook } from "./client.ts";
export type * from "./event.ts";
export type * from "./receipt.ts";
export type { DaybookOptions } from "./options.ts";
export { diff } from "./diff.ts";

export interface NodeOptions extends DaybookOptions {
  /**
   * A folder of this machine for events that the server has not taken yet. Without it they are in memory only and die with the process.
   * Several processes may share one folder; all of them must write to the same organization.
   */
  spoolFolder?: string;
  /** Bytes that the spool may take: 1 MiB to 64 GiB. Default 64 MiB. */
  spoolBytesMax?: number;
  /** Write through to the disk before an event counts as spooled, which survives a power cut. Without it, a killed process. Default true. */
  spoolFsync?: boolean;
  /** Flush when the program has nothing more to do, for at most 5 s. Default true. */
  flushOnExit?: boolean;
  /** Flush on SIGTERM and SIGINT. When nobody else listens to the signal, the process then ends by it, as it would have. Default false. */
  flushOnSignals?: boolean;
}

const mebibyte = 1_048_576;
const spoolBytes = { least: mebibyte, most: 65_536 * mebibyte, usual: 64 * mebibyte };
const diceBytes = 6;

/** Throws when an option is out of its bounds; after that, nothing throws. */
export function createDaybook({ spoolFolder, spoolBytesMax, spoolFsync = true, flushOnExit = true, flushOnSignals = false, ...options }: NodeOptions): Daybook {
  const bytesMax = withinBounds("spoolBytesMax", spoolBytesMax ?? spoolBytes.usual, spoolBytes);
  const nowMs = () => Date.now();
  const dice = () => randomBytes(diceBytes).toString("hex");
  let writeThrough = () => {};
  const openSpoolOf: World["openSpool"] =
    spoolFolder === undefined
      ? undefined
      : (parts) => {
          const spool = openSpool({ folder: spoolFolder, bytesMax, fsync: spoolFsync, nowMs, dice }, parts);
          writeThrough = spool.drain;
          return spool;
        };
  const client = openClient(options, {
    fetch: (url, init) => fetch(url, init),
    nowMs,
    random: Math.random,
    randomBytes,
    ambient: openAsyncAmbient(),
    ...(openSpoolOf && { openSpool: openSpoolOf }),
  });
  const forget = onExit({ flush: () => client.flush(), writeThrough, flushOnExit, flushOnSignals });
  return {
    ...client,
    close(closing) {
      forget();
      return client.close(closing);
    },
  };
}
