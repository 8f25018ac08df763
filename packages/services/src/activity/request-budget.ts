import type { Platform } from "../platform.ts";

/** How long the questions of one request may take together, in milliseconds. */
export const requestBudgetMs = 5_000;

/** What is left of a request's time; once nothing is, its other questions are not asked. */
export function openBudget(platform: Platform): () => number {
  const started = platform.now().getTime();
  return () => Math.max(0, started + requestBudgetMs - platform.now().getTime());
}
