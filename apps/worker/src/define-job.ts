import type { Platform } from "@daybook/services";

/** A job is a value: a wake-up and what it leads to. What there is to do stands in tables, so a job carries nothing and may run at any time. */
export interface Job {
  /** `area.verb`. */
  queue: string;
  /** Safety net, or the schedule itself: five-field cron in UTC. */
  cron: string;
  /** Also wake when events were appended. */
  onAppend?: boolean;
  run(platform: Platform, signal: AbortSignal): Promise<void>;
}

export const defineJob = (job: Job): Job => job;
