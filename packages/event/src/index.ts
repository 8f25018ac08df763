/**
 * What an audit event is: its shape, its limits, the strict reading of its JSON, and the ways Daybook refuses one.
 * It will never know where events are kept, who may read them, or what time it is.
 */
export * from "./audit-event.ts";
export * from "./refusal.ts";
export * from "./canonical.ts";
export * from "./change.ts";
export * from "./event-id.ts";
export * from "./event-schema.ts";
export * from "./limits.ts";
export * from "./normalise.ts";
export * from "./operation.ts";
export * from "./redact-event.ts";
export * from "./redaction/index.ts";
export * from "./strict-json.ts";
export * from "./wall-time.ts";
