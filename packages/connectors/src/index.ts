/**
 * Other products' dialects: importers read their audit records as events, sources read what their synchronisations left behind.
 * Everything is a pure function of values; it will never know how a file was read, where an event is kept, or what time it is.
 */
export { LineCutter } from "./cut-lines.ts";
export * from "./define-importer.ts";
export * from "./frame-records.ts";
export * from "./importers/index.ts";
export * from "./lossless-json.ts";
export * from "./parse-address.ts";
export * from "./parse-time.ts";
export * from "./define-source.ts";
export * from "./sources/index.ts";
export * from "./sync-events.ts";
export * from "./frame-upload.ts";
export * from "./mapping.ts";
export * from "./observe-paths.ts";
export * from "./recognise-importer.ts";
export * from "./suggest-mapping.ts";
export * from "./define-dialect.ts";
export * from "./dialects/index.ts";
export * from "./read-request.ts";
export * from "./syslog/frame-messages.ts";
export * from "./syslog/message-event.ts";
export * from "./syslog/parse-message.ts";
