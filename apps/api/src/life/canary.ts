import type { Log } from "@daybook/services";
import type { Store } from "@daybook/store";

const everyMs = 5_000;
const answerMaxMs = 5_000;
const missesMax = 3;

export interface Watched {
  store: Pick<Store, "ping">;
  log: Log;
}

/**
 * Asks the database for a sign of life. A driver whose sockets are half open waits for ever, and only a new process is rid of them: so after
 * three misses in a row the process gives up, and its supervisor starts one that waits for the database.
 */
export function watchDatabase({ store, log }: Watched, giveUp: () => void): { stop(): void } {
  let misses = 0;
  const timer = setInterval(() => void look(), everyMs).unref();
  return { stop: () => clearInterval(timer) };

  async function look(): Promise<void> {
    const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error(`no answer within ${answerMaxMs} ms`)), answerMaxMs).unref());
    try {
      await Promise.race([store.ping(), late]);
      misses = 0;
    } catch (error) {
      misses += 1;
      log.warn({ misses, error: String(error) }, "the database did not answer");
      if (misses >= missesMax) giveUp();
    }
  }
}
