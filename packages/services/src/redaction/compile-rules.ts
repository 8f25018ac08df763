import { makeRedactor, ownRulePrefix, parsePath, Refusal } from "@daybook/event";
import type { OwnRule, PathPattern, Redactor, Span } from "@daybook/event";
import type { RedactionRule } from "@daybook/store";
import { RE2JS } from "re2js";

/** A rule as somebody states it. */
export type RuleDraft = Pick<RedactionRule, "name" | "kind" | "expression" | "within">;

export const expressionLengthMax = 256;
/** Instructions of a compiled pattern, and of all that an organization has. Each character may take each of them, at some 10 ns: 5 µs at the most. */
const patternSizeMax = 400;
export const patternSizesMax = 500;
/** Matches in one text; a text with more goes whole. */
const matchesMax = 1_000;
/** Characters that a pattern may look at in one text; one that needs more leaves no text. A pass takes 3 for each, and short texts more. */
const readsPerCharacter = 12;
const readsMin = 4_000;

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
 * RE2's language: one match takes no more than time in proportion to the text, whoever wrote the pattern. `(a+)+$` on 40 letters takes a
 * backtracking engine years, and here 9 ms. All matches of a text may still take its square, as `a(?:.*c)?` does on many an `a`: so the steps are
 * metered. Null: it took too many.
 */
function finderOf(expression: string): (text: string) => Span[] | null {
  const pattern = patternOf(expression);
  return (text) => {
    try {
      return spansIn(pattern, new MeteredText(text) as unknown as string);
    } catch (error) {
      if (error instanceof TooManySteps) return null;
      throw error;
    }
  };
}

/** How large a rule is to be tried; 0 where it is no pattern. */
export const sizeOf = ({ kind, expression }: Pick<RuleDraft, "kind" | "expression">): number => (kind === "pattern" ? patternOf(expression).programSize() : 0);

class TooManySteps extends Error {}

/** The engine reads its text through these two alone, and takes an object for a text. */
class MeteredText extends String {
  private readonly text: string;
  private left: number;

  constructor(text: string) {
    super(text);
    this.text = text;
    this.left = readsPerCharacter * text.length + readsMin;
  }

  override charCodeAt(at: number): number {
    this.left -= 1;
    if (this.left < 0) throw new TooManySteps();
    return this.text.charCodeAt(at);
  }

  override indexOf(part: string, from?: number): number {
    return this.text.indexOf(part, from);
  }
}

function spansIn(pattern: RE2JS, text: string): Span[] | null {
  const spans: Span[] = [];
  // Whether there is any match is told ten times faster than where, and mostly there is none.
  if (!pattern.test(text)) return spans;
  const matcher = pattern.matcher(text);
  while (matcher.find()) {
    if (spans.length === matchesMax) return null;
    spans.push({ start: matcher.start(), end: matcher.end() });
  }
  return spans;
}

function patternOf(expression: string): RE2JS {
  const pattern = compiled(expression);
  if (pattern.programSize() > patternSizeMax)
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
