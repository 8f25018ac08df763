import { setTimeout as pause } from "node:timers/promises";
import type { Log } from "@daybook/services";
import { ensureLogin, isConnectionError, isMigrated, migrate } from "@daybook/store";
import type { Store } from "@daybook/store";

const firstPauseMs = 250;
const pauseMaxMs = 5_000;
/** Months around the current one whose partitions are there before the first event comes. */
const monthsAround = [-1, 0, 1, 2, 3];

export interface Preparation {
  url: string;
  /** Who may migrate; undefined where somebody else does. */
  ownerUrl: string | undefined;
  folder: string | undefined;
  store: Pick<Store, "ensurePartitions">;
  log: Log;
  /** Ends the wait: the process stops before its database came. */
  signal: AbortSignal;
}

/** Waits for the database for as long as it takes, and brings it to the version of this code. */
export async function prepareDatabase({ url, ownerUrl, folder, store, log, signal }: Preparation): Promise<void> {
  for (let pauseMs = firstPauseMs; !signal.aborted; pauseMs = Math.min(2 * pauseMs, pauseMaxMs)) {
    try {
      const named = folder === undefined ? {} : { folder };
      if (ownerUrl === undefined) {
        if (!(await isMigrated({ url, ...named }))) throw new NotMigrated();
      } else {
        const { applied } = await migrate({ url: ownerUrl, ...named });
        if (applied.length > 0) log.info({ applied }, "the database was migrated");
        if (ownerUrl !== url) await ensureLogin({ ownerUrl, url });
      }
      await store.ensurePartitions(monthsFrom(new Date()));
      return;
    } catch (error) {
      if (!mayPass(error)) throw error;
      log.warn({ error: String(error), again_in_ms: pauseMs }, "waiting for the database");
      await pause(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** It is there, but does not stand at this version yet, or cannot be looked at. */
class NotMigrated extends Error {
  override message =
    "the database is not migrated, or by a newer version than this one: run the API with --migrate and DATABASE_OWNER_URL, give it DATABASE_OWNER_URL, or start the newer version";
}

const monthsFrom = (now: Date): Date[] => monthsAround.map((months) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1)));

/** A database that is not there yet, still starts, or is short of connections; a wrong password or a newer schema does not pass. */
function mayPass(error: unknown): boolean {
  if (isConnectionError(error) || error instanceof NotMigrated) return true;
  const { code } = (error ?? {}) as { code?: unknown };
  return /^(?:53|57P|08|55P03|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENOENT|unavailable)/.test(String(code));
}
