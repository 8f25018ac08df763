/** Where a secret stands in a text. */
export interface Span {
  start: number;
  end: number;
}

/** A text that is a secret wherever it stands. Kinds are values: each carries a text that it takes out of, and one that looks alike and stays. */
export interface TextRule {
  id: string;
  title: string;
  hit: string;
  miss: string;
  find(text: string): Span[];
}

/** In one text; a text with more is taken out whole by the caller. */
export const spansMax = 1_000;

/**
 * Finds by a pattern. What its first group matches stays, the rest goes. A match that `accept` turns down is looked into again from its second
 * character. Patterns must be linear: each quantifier is bounded, or runs over a class that cannot begin a second match inside the first.
 */
export function byPattern(pattern: RegExp, accept: (secret: string, text: string, end: number) => boolean = () => true): TextRule["find"] {
  return (text) => {
    const spans: Span[] = [];
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match !== null && spans.length < spansMax; match = pattern.exec(text)) {
      const start = match.index + (match[1]?.length ?? 0);
      const end = match.index + match[0].length;
      if (accept(text.slice(start, end), text, end)) spans.push({ start, end });
      else pattern.lastIndex = match.index + 1;
    }
    return spans;
  };
}
