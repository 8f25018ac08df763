export * from "./built-in-rules.ts";
export { keyRuleOf } from "./secret-keys.ts";
export { parsePath } from "./path-pattern.ts";
export type { PathPattern } from "./path-pattern.ts";
export { builtInRedactor, makeRedactor, workRule } from "./redactor.ts";
export type { Redactor } from "./redactor.ts";
export type { OwnRule } from "./rules.ts";
export { redactedMark } from "./secret-value.ts";
export type { Span } from "./text-rule.ts";
