import { merged, readSearch, printSearch, withValue, type Clause, type KeyName, type SearchValue } from "@daybook/query";
import { usualValues } from "./filters/filter-words.ts";

const verbs = new Set<string>(usualValues.operation);

/**
 * Two ways to say one thing become one, so that the bar, the groups of the rail and a link come to the same address: `is:failed` is `status:failed`, and
 * a verb is an operation, whichever of the two keys it was asked by.
 */
function foldedClauses(clauses: readonly Clause[]): Clause[] {
  const folded = clauses.reduce<Clause[]>((all, clause) => {
    const key = foldedKey(clause);
    return clause.is === "key" && key ? clause.values.reduce((some, value) => withValue(some, key, value, { negated: clause.negated }), all) : [...all, clause];
  }, []);
  return merged(folded).map((clause) => ("values" in clause ? { ...clause, values: clause.values.toSorted(byText) } : clause));
}

// Any of them may hold, so their order says nothing; not by locale, because an address must not depend on who wrote it.
const byText = (a: SearchValue, b: SearchValue): number => Number(a.text > b.text) - Number(a.text < b.text);

function foldedKey(clause: Clause): KeyName | null {
  if (clause.is !== "key") return null;
  const isVerb = ({ text, glob }: SearchValue) => !glob && verbs.has(text);
  return clause.key === "action" && clause.values.every(isVerb) ? "operation" : null;
}

/** The text of some clauses, in the form in which the address holds it. */
export const textOf = (clauses: readonly Clause[]): string => printSearch(foldedClauses(clauses));

/** The form in which the address holds a text. What is not understood stays as it was typed. */
export function canonicalText(text: string): string {
  const { clauses, findings } = readSearch(text);
  return findings.length > 0 ? text.trim() : textOf(clauses);
}

/** What was understood of a text: what the rows are chosen by. */
export const understoodText = (text: string): string => textOf(readSearch(text).clauses);

/** A search for one value, or several, of one key. */
export const searchFor = (key: KeyName, ...values: string[]): string => textOf(values.reduce<Clause[]>((clauses, value) => withValue(clauses, key, value), []));
