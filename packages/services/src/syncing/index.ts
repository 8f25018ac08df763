export * from "./run-syncs.ts";
export * from "./runs.ts";
export * from "./sources.ts";
