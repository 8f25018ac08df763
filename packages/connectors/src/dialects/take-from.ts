import { identifierLengthMax } from "@daybook/event";
import type { Json } from "@daybook/event";
import { isLosslessNumber } from "../lossless-json.ts";
import { parseAddress } from "../parse-address.ts";
import { parseTime } from "../parse-time.ts";
import { isObject } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";

/**
 * Reads the members of a vendor's object one by one. What was not taken, because nobody asked for it or because it is not what was asked for, is the
 * rest: it goes to the event's metadata, so that nothing of a record is lost without a word.
 */
export interface Taker {
  /** Text of 1 to 512 characters; of the keys the first that holds one. */
  text(...keys: string[]): string | undefined;
  /** Text of any length that is not blank. */
  sentence(key: string): string | undefined;
  flag(key: string): boolean | undefined;
  object(key: string): JsonObject | undefined;
  list(key: string): Json[] | undefined;
  any(key: string): Json | undefined;
  /** An instant in UTC. Text with more digits than milliseconds stays in the rest as well. */
  time(key: string): string | undefined;
  /** An IP address. */
  address(...keys: string[]): string | undefined;
  rest(): JsonObject;
}

export function takeFrom(object: JsonObject): Taker {
  const left = new Map(Object.entries(object).filter(([, value]) => value !== null));
  const take = <T>(key: string, read: (value: Json) => T | undefined, keep: (value: Json) => boolean = () => false): T | undefined => {
    const value = left.get(key);
    if (value === undefined) return undefined;
    const found = read(value);
    if (found !== undefined && !keep(value)) left.delete(key);
    return found;
  };
  const first = <T>(keys: string[], read: (value: Json) => T | undefined): T | undefined => {
    for (const key of keys) {
      const found = take(key, read);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return {
    text: (...keys) => first(keys, shortText),
    sentence: (key) => take(key, (value) => (typeof value === "string" && value.trim() !== "" ? value : undefined)),
    flag: (key) => take(key, (value) => (typeof value === "boolean" ? value : undefined)),
    object: (key) => take(key, (value) => (isObject(value) ? value : undefined)),
    list: (key) => take(key, (value) => (Array.isArray(value) ? value : undefined)),
    any: (key) => take(key, (value) => value),
    time: (key) => take(key, (value) => parseTime(value) ?? undefined, isFinerThanMs),
    address: (...keys) => first(keys, (value) => (typeof value === "string" ? (parseAddress(value) ?? undefined) : undefined)),
    rest: () => Object.fromEntries(left),
  };
}

function shortText(value: Json): string | undefined {
  const text = isLosslessNumber(value) ? value.rawJSON : typeof value === "number" ? String(value) : value;
  return typeof text === "string" && text.trim() !== "" && text.length <= identifierLengthMax ? text : undefined;
}

const isFinerThanMs = (value: Json): boolean => typeof value === "string" && /[.,]\d{3}0*[1-9]/.test(value);

/**
 * The metadata of an event: the vendor's own at the top, where it is searched for under the names that it has there, and what Daybook adds under the
 * names given. Where both have a name, the vendor's own moves below `metadata`.
 */
export function metadataOf(own: JsonObject | undefined, added: { [key: string]: JsonObject }): { metadata?: JsonObject } {
  const extras = Object.fromEntries(Object.entries(added).filter(([, members]) => Object.keys(members).length > 0));
  const mine = own ?? {};
  const clash = Object.keys(extras).some((key) => Object.hasOwn(mine, key));
  const metadata = clash ? { metadata: mine, ...extras } : { ...mine, ...extras };
  return Object.keys(metadata).length > 0 ? { metadata } : {};
}

/** Members that are not undefined. */
export const present = <T extends object>(members: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };

/** An object without members says nothing. */
export const some = <T extends object>(members: T): T | undefined => (Object.keys(members).length > 0 ? members : undefined);
