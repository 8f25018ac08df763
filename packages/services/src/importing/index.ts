export * from "./choose-importer.ts";
export * from "./history.ts";
export * from "./import-records.ts";
export * from "./mappings.ts";
export * from "./preview.ts";
export * from "./undo.ts";
