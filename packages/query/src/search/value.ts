import { networkOf } from "../address.ts";
import { foldCase } from "../fold-case.ts";
import { keyInfo } from "./key-info.ts";
import type { SearchKey } from "./key-info.ts";

/** Keys whose values are words of a vocabulary: they are written small. */
const vocabularyKeys: ReadonlySet<SearchKey> = new Set(["action", "operation", "namespace", "status", "actor_type", "resource_type", "origin"]);
const otherWords: Partial<Record<SearchKey, Record<string, string>>> = {
  status: { pending: "pending_approval" },
  actor_type: { service_account: "service_user" },
};

/** What a value without quotation marks means; in them it stands for itself. */
export function unquotedValue(key: SearchKey, text: string): string {
  if (!vocabularyKeys.has(key)) return text;
  const folded = foldCase(text);
  const others = otherWords[key];
  return others && Object.hasOwn(others, folded) ? (others[folded] ?? folded) : folded;
}

/** Whether a value without quotation marks can be what was meant: a word that exists, an address that is one. */
export function isPlausible(key: SearchKey, text: string): boolean {
  const { isClosed, values } = keyInfo[key];
  if (isClosed) return values?.some(({ value }) => value === text) === true;
  return key !== "ip" || !/^[0-9a-f.:/]+$/i.test(text) || networkOf(text) !== null;
}
