import { makeRedactor, ownRulePrefix, parsePath, Refusal } from "@daybook/event";
import type { OwnRule, PathPattern, Redactor, Span } from "@daybook/event";
import type { RedactionRule } from "@daybook/store";
import { RE2JS } from "re2js";

/** A rule as somebody states it. */
export type RuleDraft = Pick<RedactionRule, "name" | "kind" | "expression" | "within">;

export const expressionLengthMax = 256;
/** Steps of a compiled pattern. Each character may take each step: at 400 a text of 16,000 characters takes some 30 ms. */
const programStepsMax = 400;
/** Matches in one text; a text with more goes whole. */
const matchesMax = 1_000;

/** Throws a refusal with the place of the mistake. */
export function compileRule({ name, kind, expression, within }: RuleDraft): OwnRule {
  const rule = ownRulePrefix + name;
  switch (kind) {
    case "path":
      return { rule, kind, path: pathOf(expression, "expression") };
    case "key":
      return { rule, kind, key: expression };
    case "pattern":
      return { rule, kind, within: within === null ? null : pathOf(within, "within"), find: finderOf(expression) };
  }
}

export function compileRules(drafts: readonly RuleDraft[]): Redactor {
  return makeRedactor(drafts.map(compileRule));
}

function pathOf(text: string, field: string): PathPattern {
  const parsed = parsePath(text);
  if ("mistake" in parsed) throw new Refusal("invalid", parsed.mistake, field);
  return parsed;
}

/**
 * RE2's language: no pattern takes more than time in proportion to the text, whoever wrote it. `(a+)+$` on 40 letters takes a backtracking
 * engine years, and here 9 ms.
 */
function finderOf(expression: string): (text: string) => Span[] {
  const pattern = patternOf(expression);
  return (text) => {
    const spans: Span[] = [];
    const matcher = pattern.matcher(text);
    while (matcher.find()) {
      if (spans.length === matchesMax) return [{ start: 0, end: text.length }];
      spans.push({ start: matcher.start(), end: matcher.end() });
    }
    return spans;
  };
}

function patternOf(expression: string): RE2JS {
  const pattern = compiled(expression);
  if (pattern.programSize() > programStepsMax)
    throw new Refusal("invalid", "The pattern is too large; smaller counts in braces, such as `{1,50}`, make it smaller.", "expression");
  if (pattern.matcher("").find()) throw new Refusal("invalid", "The pattern matches the empty text, so it would match everywhere.", "expression");
  return pattern;
}

function compiled(expression: string): RE2JS {
  try {
    return RE2JS.compile(expression);
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^error parsing regexp: /, "") : "it cannot be read";
    throw new Refusal("invalid", `The pattern is not a regular expression that is read here: ${why}. Look-around and back-references are not.`, "expression");
  }
}
