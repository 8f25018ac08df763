import { depthRule, moreRule, workRule } from "./redactor.ts";
import { keyRules } from "./secret-keys.ts";
import { textRules } from "./text-rules.ts";

/** A rule that holds in every organization, as people read of it. */
export interface BuiltInRule {
  id: string;
  title: string;
  kind: "key" | "text";
  /** A key or a text that it takes out, and one that looks alike and stays. */
  hit: string;
  miss: string;
}

export const builtInRules: readonly BuiltInRule[] = [
  ...keyRules.map(({ id, title, hit, miss }) => ({ id, title, kind: "key" as const, hit, miss })),
  ...textRules.map(({ id, title, hit, miss }) => ({ id, title, kind: "text" as const, hit, miss })),
];

/** What the holes of an organization's rule begin with; behind it stands the name that the rule had then. */
export const ownRulePrefix = "organization:";

const titles = new Map<string, string>([
  ...builtInRules.map(({ id, title }) => [id, title] as const),
  [depthRule, "Nested too deep to be looked through"],
  [moreRule, "There are more holes than are listed"],
  [workRule, "Too much work for the pattern, so the whole text went"],
]);

/** The name of the rule that made a hole. */
export const ruleTitle = (rule: string): string => (rule.startsWith(ownRulePrefix) ? rule.slice(ownRulePrefix.length) : (titles.get(rule) ?? rule));
