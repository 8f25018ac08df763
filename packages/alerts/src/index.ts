/**
 * When an event deserves attention: the alert kinds as values, the built-in views that show the same, and the machine that turns matching events into
 * incidents.
 * It will never know who is told, by which channel, or where incidents are kept.
 */
export * from "./access-actions.ts";
export * from "./built-in-views/index.ts";
export * from "./define-alert-kind.ts";
export * from "./kinds/index.ts";
export * from "./transition.ts";
