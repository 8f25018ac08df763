import { networkOf } from "../address.ts";
import { foldCase } from "../fold-case.ts";
import { keyInfo, keyOf } from "./key-info.ts";
import type { SearchKey } from "./key-info.ts";

/** Keys whose values are written small: words of a vocabulary, and Daybook's own ids. */
const vocabularyKeys: ReadonlySet<SearchKey> = new Set([
  "action",
  "operation",
  "namespace",
  "status",
  "actor_type",
  "resource_type",
  "origin",
  // Daybook writes these ids small.
  "id",
  "import",
  "token",
]);
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
  return key !== "ip" || !/^(?:[0-9a-f.:/]+|[\d[][0-9a-f.:/\]-]*)$/i.test(text) || networkOf(text) !== null;
}

/** Begins as another language would have a value begin, or holds a comma, which parts nothing here: in quotation marks it stands for itself. */
export const isOddValue = (text: string): boolean => /^[!<=>']|,/.test(text);

/** An operator of another language, a key behind a sign or before something else than a colon, or a text in marks that quote nothing here. */
export function isOddWord(text: string): boolean {
  const name = /^[^\w\s*]?-?([a-z_]\w*)(?:\.[\w.]*\w)?(?:!=|[:：<=>])./i.exec(text)?.[1];
  return (name !== undefined && keyOf(name) !== undefined) || /^(?:'|(?:&&|\|\||[!<=>]=?)$)/.test(text);
}
