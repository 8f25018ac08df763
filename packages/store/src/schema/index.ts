export * from "./access.ts";
export * from "./alerting.ts";
export * from "./demo.ts";
export * from "./log.ts";
export * from "./operations.ts";
export * from "./reporting.ts";
export * from "./retention.ts";
export * from "./syncing.ts";
