import type { JsonObject } from "../read-json.ts";
import { takeFrom } from "./take-from.ts";

/** The texts at some keys of an object, and what else it holds. */
export function partOf<const K extends string>(object: JsonObject | undefined, ...keys: K[]): { found: { [key in K]?: string }; rest: JsonObject } {
  const take = takeFrom(object ?? {});
  const found: { [key in K]?: string } = {};
  for (const key of keys) {
    const text = take.text(key);
    if (text !== undefined) found[key] = text;
  }
  return { found, rest: take.rest() };
}
