import { setTimeout as pause } from "node:timers/promises";

/** A failed attempt is answered at a multiple of this, so that recording it, which only a known address causes, does not show in its time. */
const stepMs = 250;

/** Waits for the next step after `begunAt`. */
export const untilNextStep = (begunAt: number): Promise<void> => pause(stepMs - ((performance.now() - begunAt) % stepMs));
