/**
 * Other products' dialects: importers read their audit records as events, sources read what their synchronisations left behind.
 * Everything is a pure function of values; it will never know how a file was read, where an event is kept, or what time it is.
 */
export * from "./define-importer.ts";
export * from "./frame-records.ts";
export * from "./importers/index.ts";
export * from "./lossless-json.ts";
export * from "./parse-address.ts";
export * from "./parse-time.ts";
export * from "./define-source.ts";
export * from "./sources/index.ts";
export * from "./sync-events.ts";
