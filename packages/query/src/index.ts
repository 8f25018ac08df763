/**
 * The one query language: a typed tree that is compiled to SQL (store), matched in memory, and said in words.
 * It will never know who asks, nor which database answers.
 */
export * from "./address.ts";
export * from "./ast.ts";
export * from "./describe.ts";
export * from "./fields.ts";
export * from "./filter.ts";
export * from "./fold-case.ts";
export * from "./matches.ts";
export * from "./search/canonical.ts";
export * from "./search/clause.ts";
export * from "./search/complete.ts";
export * from "./search/describe-search.ts";
export * from "./search/edit.ts";
export * from "./search/facet-keys.ts";
export * from "./search/key-info.ts";
export * from "./search/keys.ts";
export * from "./search/limits.ts";
export * from "./search/merge.ts";
export * from "./search/parse.ts";
export * from "./search/print.ts";
export * from "./search/read.ts";
export * from "./search/suggest-key.ts";
export * from "./search/to-query.ts";
