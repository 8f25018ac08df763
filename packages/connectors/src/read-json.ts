import type { Json } from "@daybook/event";
import { isLosslessNumber, parseLossless } from "./lossless-json.ts";

export type JsonObject = { [key: string]: Json };

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !isLosslessNumber(value);

/** The member at a path of keys; undefined where the path leads nowhere. Exports in between log pipelines lower the case of keys, so case only decides between two. */
export function at(value: Json | undefined, ...path: string[]): Json | undefined {
  let current = value;
  for (const key of path) {
    if (!isObject(current)) return undefined;
    current = member(current, key);
  }
  return current;
}

function member(object: JsonObject, key: string): Json | undefined {
  if (Object.hasOwn(object, key)) return object[key];
  const other = spellings(object).get(key.toLowerCase());
  return other === undefined ? undefined : object[other];
}

/** Most look-ups miss, thirty in one object: its keys are lowered at the first miss. An importer turns between few objects at a time. */
const remembered: { object: JsonObject; spellings: ReadonlyMap<string, string> }[] = [];
const rememberedMax = 4;
let oldest = 0;

/** How each key is written, by its small letters: as those where a key is written so, else as the first of its spellings. */
function spellings(object: JsonObject): ReadonlyMap<string, string> {
  for (const known of remembered) if (known.object === object) return known.spellings;
  const found = new Map<string, string>();
  for (const key of Object.keys(object)) {
    const lower = key.toLowerCase();
    if (lower === key || !found.has(lower)) found.set(lower, key);
  }
  remembered[oldest] = { object, spellings: found };
  oldest = (oldest + 1) % rememberedMax;
  return found;
}

/** The text of a scalar that is not blank; numbers give their digits. */
export function textAt(value: Json | undefined, ...path: string[]): string | undefined {
  const found = at(value, ...path);
  if (isLosslessNumber(found)) return found.rawJSON;
  if (typeof found === "number" || typeof found === "boolean") return String(found);
  return typeof found === "string" && found.trim() !== "" ? found.trim() : undefined;
}

const placeholders = new Set(["redacted", "unknown", "null", "none", "undefined", "n/a", "-"]);

/** As `textAt`, without the words that stand for "no value": two records with the id `redacted` have no id in common. */
export function knownAt(value: Json | undefined, ...path: string[]): string | undefined {
  const text = textAt(value, ...path);
  return text === undefined || placeholders.has(text.toLowerCase()) ? undefined : text;
}

export const objectAt = (value: Json | undefined, ...path: string[]): JsonObject => {
  const found = unwrapped(at(value, ...path));
  return isObject(found) ? found : {};
};

export const listAt = (value: Json | undefined, ...path: string[]): Json[] => {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
};

/** True for `true` and `"true"`. */
export const flagAt = (value: Json | undefined, ...path: string[]): boolean => textAt(value, ...path)?.toLowerCase() === "true";

/** A count or an amount, also as digits in a string; undefined for anything that is none, such as a negative number. */
export function amountAt(value: Json | undefined, ...path: string[]): number | undefined {
  const amount = Number(textAt(value, ...path) ?? Number.NaN);
  return amount >= 0 && amount <= Number.MAX_SAFE_INTEGER ? amount : undefined;
}

/** As `amountAt`, for what is counted in whole numbers. */
export function countAt(value: Json | undefined, ...path: string[]): number | undefined {
  const count = amountAt(value, ...path);
  return Number.isInteger(count) ? count : undefined;
}

/** JSON inside a string, which several vendors and pipelines write, as the value that it holds. */
export function unwrapped(value: Json | undefined): Json | undefined {
  if (typeof value !== "string" || !/^\s*[{[]/.test(value)) return value;
  try {
    return parseLossless(value);
  } catch {
    return value;
  }
}

/** Members that say something: no undefined, null, blank text, empty list or empty object. */
export function filled(members: { [key: string]: Json | undefined }): JsonObject {
  return Object.fromEntries(Object.entries(members).filter((entry): entry is [string, Json] => !isEmpty(entry[1])));
}

function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}
