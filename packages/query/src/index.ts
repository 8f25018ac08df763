/**
 * The one query language: a typed tree that is compiled to SQL (store), matched in memory, and said in words.
 * It will never know who asks, nor which database answers.
 */
export * from "./ast.ts";
export * from "./describe.ts";
export * from "./fields.ts";
export * from "./filter.ts";
export * from "./matches.ts";
