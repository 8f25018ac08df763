import type { Json } from "@daybook/event";
import { isLosslessNumber } from "../lossless-json.ts";
import { isObject } from "../read-json.ts";
import type { JsonObject } from "../read-json.ts";

/** An `AnyValue` of OTLP as the JSON that it means. 64-bit integers come as text, and stay text where a double would lose digits. */
export function anyValue(value: Json | undefined): Json {
  if (!isObject(value)) return value ?? null;
  if ("stringValue" in value) return value["stringValue"] ?? "";
  if ("boolValue" in value) return value["boolValue"] ?? false;
  if ("intValue" in value) return integer(value["intValue"] ?? 0);
  if ("doubleValue" in value) return value["doubleValue"] ?? 0;
  if ("bytesValue" in value) return value["bytesValue"] ?? "";
  if ("arrayValue" in value) return listOf(value["arrayValue"]).map(anyValue);
  if ("kvlistValue" in value) return attributesOf(listOf(value["kvlistValue"]));
  return value;
}

/** A list of `KeyValue`; a key that stands twice gets a list of its values. */
export function attributesOf(list: Json | undefined): JsonObject {
  const members = new Map<string, Json>();
  for (const entry of Array.isArray(list) ? list : []) {
    if (!isObject(entry) || typeof entry["key"] !== "string") continue;
    const key = entry["key"];
    const value = anyValue(entry["value"]);
    const known = members.get(key);
    members.set(key, known === undefined ? value : [known, value]);
  }
  return Object.fromEntries(members);
}

const listOf = (value: Json | undefined): Json[] => {
  const values = isObject(value) ? value["values"] : undefined;
  return Array.isArray(values) ? values : [];
};

function integer(value: Json): Json {
  if (isLosslessNumber(value)) return value.rawJSON;
  if (typeof value !== "string" || !/^-?\d{1,16}$/.test(value)) return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

const nanosPerMs = 1_000_000n;

/** Nanoseconds since 1970, as text or number; 0 means that there is no time. `exact` tells whether milliseconds hold all of it. */
export function unixNanos(value: Json | undefined): { at: string; exact: boolean } | undefined {
  const text = isLosslessNumber(value) ? value.rawJSON : typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || !/^[1-9]\d{0,20}$/.test(text)) return undefined;
  const nanos = BigInt(text);
  const date = new Date(Number(nanos / nanosPerMs));
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 ? undefined : { at: date.toISOString(), exact: nanos % nanosPerMs === 0n };
}
