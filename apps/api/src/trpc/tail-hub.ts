import { appendedChannel } from "@daybook/store";
import type { Listening, Store } from "@daybook/store";
import type { Log } from "@daybook/services";

/** A hint can be lost; so who follows the log also looks by itself this often. */
const lookEveryMs = 2_000;

/** One LISTEN for the whole process, fanned out by organization to everybody who follows a log. */
export interface TailHub {
  listen(): Promise<void>;
  /** From here on appends to the organization's log wake the follower, also those that come while it reads. */
  follow(organizationId: string, signal: AbortSignal): Follower;
  /** Ends every follower, for good. */
  stop(): Promise<void>;
}

export interface Follower {
  /** False once the client has left or the process stops. */
  readonly active: boolean;
  /** Resolves when something was appended since the last time, after a while in any case, and at once when there is no more to wait for. */
  changed(): Promise<void>;
  leave(): void;
}

export function openTailHub(store: Pick<Store, "listen">, log: Log): TailHub {
  const followers = new Map<string, Set<() => void>>();
  let stopped = false;
  let listening: Listening | undefined;

  const wakeOne = (organizationId: string) => followers.get(organizationId)?.forEach((wake) => wake());
  const wakeAll = () => followers.forEach((wakes) => wakes.forEach((wake) => wake()));

  return {
    async listen() {
      listening = await store.listen(appendedChannel, wakeOne, wakeAll);
    },

    follow(organizationId, signal) {
      let changed = false;
      let resume: (() => void) | undefined;
      const wake = () => {
        changed = true;
        resume?.();
      };
      const wakes = followers.get(organizationId) ?? new Set();
      followers.set(organizationId, wakes.add(wake));
      signal.addEventListener("abort", wake);
      return {
        get active() {
          return !stopped && !signal.aborted;
        },
        async changed() {
          if (!changed && !stopped && !signal.aborted) {
            await new Promise<void>((resolve) => {
              const timer = setTimeout(resolve, lookEveryMs);
              resume = () => {
                clearTimeout(timer);
                resolve();
              };
            });
            resume = undefined;
          }
          changed = false;
        },
        leave() {
          signal.removeEventListener("abort", wake);
          wakes.delete(wake);
          if (wakes.size === 0 && followers.get(organizationId) === wakes) followers.delete(organizationId);
        },
      };
    },

    async stop() {
      stopped = true;
      wakeAll();
      await listening?.stop().catch((error: unknown) => log.warn({ error: String(error) }, "the channel of new events was not left cleanly"));
    },
  };
}
