export * from "./built-in-rules.ts";
export { keyRuleOf, keyRules, plainKey } from "./secret-keys.ts";
export { parsePath, pathLengthMax, pathRoots } from "./path-pattern.ts";
export type { PathPattern } from "./path-pattern.ts";
export { builtInRedactor, makeRedactor } from "./redactor.ts";
export type { OwnRule, Redactor } from "./redactor.ts";
export { redactedMark } from "./secret-value.ts";
export type { Span } from "./text-rule.ts";
export { textRules } from "./text-rules.ts";
