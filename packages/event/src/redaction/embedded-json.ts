import type { Json } from "../audit-event.ts";

/** Digits of a number that survive a double in any case. */
const safeDigits = 15;
const mayLoseDigits = /\d[\d.]{15}|\d[eE]/;
/** What is nested deeper is a text like any other; real records are at most 12 levels deep. */
const depthMax = 64;

/** Only objects and lists can hold a key; a text such as `"foo"` in quotes is looked at as it stands. */
export const beginsJson = /^\s{0,16}[{[]/;

/** The object or list that a text holds as JSON, with numbers that keep their digits; undefined when it holds none. */
export function embeddedJson(text: string): Exclude<Json, string | number | boolean | null> | undefined {
  if (!beginsJson.test(text) || isDeep(text)) return undefined;
  try {
    const value = (mayLoseDigits.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)) as Json;
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const keepDigits = (_key: string, member: unknown, { source }: { source?: string }): unknown =>
  typeof member === "number" && source !== undefined && (source.length > safeDigits || !Number.isFinite(member)) ? JSON.rawJSON(source) : member;

/** Brackets inside texts count as well, which errs towards deep. */
function isDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length && depth <= depthMax; at += 1) {
    const sign = text[at];
    if (sign === "{" || sign === "[") depth += 1;
    else if (sign === "}" || sign === "]") depth -= 1;
  }
  return depth > depthMax;
}
