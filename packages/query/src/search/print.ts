import { comparisons, eventParts } from "../ast.ts";
import { networkOf } from "../address.ts";
import { amountText } from "./amount.ts";
import type { Clause, SearchValue } from "./clause.ts";
import { searchKeys } from "./key-info.ts";
import type { SearchKey } from "./key-info.ts";
import { merged } from "./merge.ts";
import { isOddValue, isOddWord, isPlausible, unquotedValue } from "./value.ts";

/** The one text of these clauses: keys in the order of their table, of one key what is excluded last, then words; values and words in the order given. */
export const printSearch = (clauses: readonly Clause[]): string => sorted(merged(clauses)).map(printClause).join(" ");

export function printClause(clause: Clause): string {
  return `${clause.negated ? "-" : ""}${positive(clause)}`;
}

function positive(clause: Clause): string {
  switch (clause.is) {
    case "key":
      return `${clause.key}:${printValues(clause.key, clause.values)}`;
    case "metadata":
      return `metadata.${/^[\w.-]+$/.test(clause.path) ? clause.path : quoted(clause.path)}:${printValues("metadata", clause.values)}`;
    case "compare":
      return `${clause.key}:${clause.op}${amountText(clause.key, clause.value)}`;
    case "has":
      return `has:${clause.part}`;
    case "changed": {
      const path = `changed:${/^[\w.-]+$/.test(clause.path) ? clause.path : quoted(clause.path)}`;
      if (clause.before === undefined && clause.after === undefined) return path;
      const side = (value: string | undefined) => (value === undefined ? "" : quoted(value));
      return `${path}:${side(clause.before)}→${side(clause.after)}`;
    }
    case "text": {
      const text = isPlainWord(clause.text) ? clause.text : quoted(clause.text);
      return clause.anywhere ? `*${text}*` : text;
    }
  }
}

function printValues(key: SearchKey, values: readonly SearchValue[]): string {
  const isList = values.length > 1;
  const texts = values.map((value) => printValue(key, value, isList));
  return isList ? `(${texts.join(" OR ")})` : texts.join("");
}

export function printValue(key: SearchKey, { text, glob }: SearchValue, isInList = false): string {
  const isPlain =
    /^[^\s"“”„()*]+$/.test(glob ? text.replaceAll("*", "x") : text) &&
    !isOddValue(text) &&
    unquotedValue(key, text) === text &&
    (glob || isPlausible(key, text)) &&
    !(isInList && /^or$/i.test(text));
  if (isPlain) return text;
  return glob
    ? text
        .split("*")
        .map((piece) => (piece === "" ? "" : quoted(piece)))
        .join("*")
    : quoted(text);
}

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, "\\$&")}"`;

/** A word that reads as nothing else: no key, no operator, no list, no exclusion. */
const isPlainWord = (text: string): boolean =>
  /^[^\s"“”„()*]+$/.test(text) &&
  !text.startsWith("-") &&
  !isOddWord(text) &&
  !/^(?:or|and|not)$/i.test(text) &&
  (!text.includes(":") || (/^[0-9a-f:./]+$/i.test(text) && networkOf(text) !== null));

function sorted(clauses: readonly Clause[]): Clause[] {
  return clauses.toSorted((a, b) => {
    const byPlace = placeOf(a) - placeOf(b);
    if (byPlace !== 0 || a.is === "text") return byPlace;
    if (a.is === "metadata" && b.is === "metadata" && a.path !== b.path) return a.path < b.path ? -1 : 1;
    if (a.negated !== b.negated) return a.negated ? 1 : -1;
    if (a.is === "compare" && b.is === "compare") return comparisons.indexOf(a.op) - comparisons.indexOf(b.op) || a.value - b.value;
    if (a.is === "has" && b.is === "has") return eventParts.indexOf(a.part) - eventParts.indexOf(b.part);
    if (a.is === "changed" && b.is === "changed") return orderOf(positive(a), positive(b));
    return 0;
  });
}

const placeOf = (clause: Clause): number =>
  clause.is === "text" ? searchKeys.length : searchKeys.indexOf(clause.is === "key" || clause.is === "compare" ? clause.key : clause.is);

const orderOf = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
