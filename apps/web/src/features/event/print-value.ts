import type { Json } from "@daybook/event";
import { quoted } from "./quoted.ts";

/** One line of JSON, as people write it: `{ "id": 1 }`. Stops at `max` characters, so that a value of megabytes costs no more than its beginning. */
export function printValue(value: Json, max = Infinity): string {
  let out = "";
  const write = (each: Json): void => {
    if (out.length > max) return;
    if (Array.isArray(each)) return list("[", each, "]", write);
    if (typeof each === "object" && each !== null) {
      return list("{ ", Object.entries(each), " }", ([key, inner]) => {
        out += `${quoted(key)}: `;
        write(inner);
      });
    }
    out += quoted(typeof each === "string" && each.length > max ? each.slice(0, max + 1) : each);
  };
  const list = <Item>(open: string, items: readonly Item[], close: string, each: (item: Item) => void): void => {
    if (items.length === 0) {
      out += `${open}${close}`.replaceAll(" ", "");
      return;
    }
    out += open;
    for (const [index, item] of items.entries()) {
      if (out.length > max) return;
      if (index > 0) out += ", ";
      each(item);
    }
    out += close;
  };
  write(value);
  return out.length > max ? `${out.slice(0, max)}…` : out;
}

/** As a field shows it: a text without its quotes. */
export const plainValue = (value: Json, max = Infinity): string => {
  if (typeof value !== "string") return printValue(value, max);
  return value.length > max ? `${value.slice(0, max)}…` : value;
};
