export * from "./consume.ts";
export * from "./follow.ts";
export * from "./demo/index.ts";
export * from "./group-commit.ts";
export * from "./import.ts";
export * from "./ingest.ts";
export * from "./roll-up.ts";
export * from "./search.ts";
