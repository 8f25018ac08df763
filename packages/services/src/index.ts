/**
 * Everything that happens in Daybook, as verbs: who may, what comes in, what is recorded, in one transaction.
 * It will never know how a request arrived, nor open a socket, file or database itself.
 */
export * from "./access/index.ts";
export * from "./activity/index.ts";
export * from "./alerting/index.ts";
export * from "./context.ts";
export * from "./delivery/index.ts";
export * from "./importing/index.ts";
export * from "./inventory/index.ts";
export * from "./investigations/index.ts";
export * from "./platform.ts";
export * from "./pooled-random.ts";
export * from "./redaction/index.ts";
export * from "./reporting/index.ts";
export { record } from "./record.ts";
export * from "./retention/index.ts";
export * from "./sealing.ts";
export * from "./security/index.ts";
export * from "./starters.ts";
export * from "./syncing/index.ts";
export * from "./verb.ts";
export * from "./views/index.ts";
