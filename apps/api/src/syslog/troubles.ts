import type { Log } from "@daybook/services";

/** What did not become an event, counted by reason and told in the log once a minute: nobody else would hear of it. Never with content. */
export interface Troubles {
  /** `reason` is one of our own words, so the number of reasons is bounded. */
  count(reason: string, times?: number): void;
  close(): void;
}

const tellEveryMs = 60_000;

export function openTroubles(log: Log, everyMs = tellEveryMs): Troubles {
  let counts = new Map<string, number>();
  const tell = (): void => {
    if (counts.size === 0) return;
    log.warn({ reasons: Object.fromEntries(counts) }, "syslog messages were not stored");
    counts = new Map();
  };
  const timer = setInterval(tell, everyMs).unref();
  return {
    count: (reason, times = 1) => void counts.set(reason, (counts.get(reason) ?? 0) + times),
    close() {
      clearInterval(timer);
      tell();
    },
  };
}
