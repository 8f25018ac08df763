import { Refusal } from "@daybook/event";

export type Phase = "starting" | "ready" | "draining";

/** Where the process stands between its start and its end. */
export interface Life {
  readonly phase: Phase;
  become(phase: Phase): void;
  /** Refuses work that would need what is not there yet, or no more. */
  demandReady(): void;
}

export function openLife(phase: Phase = "starting"): Life {
  let current = phase;
  return {
    get phase() {
      return current;
    },
    become(next) {
      current = next;
    },
    demandReady() {
      if (current === "starting") throw new Refusal("unavailable", "Daybook is starting and waits for its database. Try again in a second.");
    },
  };
}
