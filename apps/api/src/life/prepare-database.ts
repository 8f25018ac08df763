import { setTimeout as pause } from "node:timers/promises";
import type { Log } from "@daybook/services";
import { isConnectionError, migrate } from "@daybook/store";
import type { Store } from "@daybook/store";

const firstPauseMs = 250;
const pauseMaxMs = 5_000;
/** Months around the current one whose partitions are there before the first event comes. */
const monthsAround = [-1, 0, 1, 2, 3];

export interface Preparation {
  url: string;
  folder: string | undefined;
  store: Pick<Store, "ensurePartitions">;
  log: Log;
  /** Ends the wait: the process stops before its database came. */
  signal: AbortSignal;
}

/** Waits for the database for as long as it takes, and brings it to the version of this code. */
export async function prepareDatabase({ url, folder, store, log, signal }: Preparation): Promise<void> {
  for (let pauseMs = firstPauseMs; !signal.aborted; pauseMs = Math.min(2 * pauseMs, pauseMaxMs)) {
    try {
      const { applied } = await migrate({ url, ...(folder !== undefined && { folder }) });
      if (applied.length > 0) log.info({ applied }, "the database was migrated");
      await store.ensurePartitions(monthsFrom(new Date()));
      return;
    } catch (error) {
      if (!mayPass(error)) throw error;
      log.warn({ error: String(error), again_in_ms: pauseMs }, "waiting for the database");
      await pause(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

const monthsFrom = (now: Date): Date[] => monthsAround.map((months) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1)));

/** A database that is not there yet, still starts, or is short of connections; a wrong password or a newer schema does not pass. */
function mayPass(error: unknown): boolean {
  if (isConnectionError(error)) return true;
  const { code } = (error ?? {}) as { code?: unknown };
  return /^(?:53|57P|08|55P03|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENOENT|unavailable)/.test(String(code));
}
