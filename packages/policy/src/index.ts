/**
 * Who may do and see what: roles, grants, and visibility as a query. The only place where a role's name is compared.
 * It will never know how a viewer proved who they are, nor how events are fetched.
 */
export * from "./askable.ts";
export * from "./effective-access.ts";
export * from "./grants.ts";
export * from "./mask.ts";
export * from "./may.ts";
export * from "./over-members.ts";
export * from "./plan.ts";
export * from "./saved-views.ts";
export { cutAddress, hiddenText } from "./scrub.ts";
export * from "./teams.ts";
export * from "./shared-kinds/index.ts";
export * from "./role-words.ts";
export * from "./sign-in-rules.ts";
export * from "./single-sign-on-problems.ts";
export * from "./viewer.ts";
export * from "./visible-to.ts";
export * from "./why-visible.ts";
