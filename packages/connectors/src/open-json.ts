import type { Json } from "@daybook/event";
import { isLosslessNumber, parseLossless } from "./lossless-json.ts";

/** Deeper text stays text: real values nest 12 deep, and the recursions over them must end. */
const openedDepthMax = 24;

/**
 * A value with the JSON inside its strings as values, on every level: Microsoft writes JSON in strings in lists in strings. A text that only
 * looks like JSON stays, and so does plain text: `true` and `1` may be names.
 */
export function opened(value: Json, depth = 0): Json {
  if (depth > openedDepthMax || isLosslessNumber(value)) return value;
  if (typeof value === "string") {
    const inner = parsed(value);
    return inner === undefined || !isWithin(inner, openedDepthMax - depth) ? value : opened(inner, depth + 1);
  }
  if (Array.isArray(value)) return value.map((item) => opened(item, depth + 1));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, opened(member, depth + 1)]));
}

/** The value of a text that holds an object, a list or a quoted text. */
function parsed(text: string): Json | undefined {
  if (!/^\s*[{["]/.test(text)) return undefined;
  try {
    return parseLossless(text);
  } catch {
    return undefined;
  }
}

function isWithin(value: Json, depthMax: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return depthMax > 0 && Object.values(value).every((member) => isWithin(member, depthMax - 1));
}
