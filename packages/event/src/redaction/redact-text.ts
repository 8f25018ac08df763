import { namesAnId } from "./card-number.ts";
import { redactedMark } from "./secret-value.ts";
import { rulesFor } from "./text-rules.ts";
import { spansMax } from "./text-rule.ts";
import type { Span } from "./text-rule.ts";

/** No secret is shorter with its name: `pwd='x'`. */
export const shortestSecret = 7;

/** The built-in rules over one text, one after the other. */
export function redactText(text: string, key: string, note: (rule: string) => void): { text: string; rules: string[] } {
  const rules: string[] = [];
  let result = text;
  if (text.length < shortestSecret) return { text, rules };
  for (const { id, find } of rulesFor(text)) {
    if (id === "text.card_number" && namesAnId(key)) continue;
    const found = find(result);
    const spans = found.length < spansMax ? outsideMarks(result, found) : [{ start: 0, end: result.length }];
    if (spans.length === 0) continue;
    note(id);
    rules.push(id);
    result = cut(result, spans);
  }
  return { text: result, rules };
}

/** What an earlier rule has put there is no secret. */
export function outsideMarks(text: string, spans: readonly Span[]): Span[] {
  if (spans.length === 0 || !text.includes(redactedMark)) return spans.filter(({ start, end }) => end > start);
  return spans.filter(({ start, end }) => end > start && !redactedMark.includes(text.slice(start, end)));
}

/** Spans may come in any order and overlap; what overlaps is one hole. */
export function cut(text: string, spans: readonly Span[]): string {
  let result = "";
  let at = 0;
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    if (end <= at) continue;
    if (start >= at) result += text.slice(at, start) + redactedMark;
    at = end;
  }
  return result + text.slice(at);
}
