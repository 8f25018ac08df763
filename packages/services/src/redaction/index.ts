export { createRedactionRule, deleteRedactionRule, listRedactionRules, moveRedactionRule, redactionRulesMax, updateRedactionRule } from "./rules.ts";
export type { ShownRedactionRule } from "./rules.ts";
export { tryRedactionRule } from "./try-rule.ts";
export type { TriedEvent, TriedHole } from "./try-rule.ts";
