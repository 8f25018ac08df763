/**
 * Who may do and see what: roles, grants, and visibility as a query. The only place where a role's name is compared.
 * It will never know how a viewer proved who they are, nor how events are fetched.
 */
export * from "./grants.ts";
export * from "./mask.ts";
export * from "./may.ts";
export * from "./plan.ts";
export * from "./viewer.ts";
export * from "./visible-to.ts";
