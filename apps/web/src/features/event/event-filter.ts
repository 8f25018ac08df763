import { parseSearch, printSearch, withoutClause, type Clause, type KeyName } from "@daybook/query";
import { textOf } from "../logs/search-text.ts";

/** What the events that share a field's value have in common, as a search says it. */
export type FieldFilter = { key: KeyName; value: string } | { metadata: string; value: string };
export type FilterHow = "include" | "exclude";

function clauseOf(filter: FieldFilter, negated = false): Clause {
  const values = [{ text: filter.value, glob: false }];
  return "key" in filter ? { is: "key", key: filter.key, negated, values } : { is: "metadata", path: filter.metadata, negated, values };
}

/** The search with a value asked for, or ruled out; what said the opposite goes. */
export function filtered(q: string | undefined, filter: FieldFilter, how: FilterHow): string {
  const clause = clauseOf(filter, how === "exclude");
  const free = withoutClause(parseSearch(q ?? "").clauses, { ...clause, negated: !clause.negated });
  // Clauses of one key become one where a text is read.
  return textOf(parseSearch(printSearch([...free, clause])).clauses);
}

/** A search for everything that holds all of this. */
export const searchOf = (...clauses: (FieldFilter | Clause)[]): string => textOf(clauses.map((each) => ("is" in each ? each : clauseOf(each))));
