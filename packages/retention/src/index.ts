/**
 * How long events stay: where an organization's policy cuts, and the plan of drops, deletes and new partitions that follows.
 * It will never know how a row is deleted, nor what an event says.
 */
export * from "./cutoff.ts";
export * from "./month.ts";
export * from "./plan.ts";
