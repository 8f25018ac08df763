import type { Clause, SearchValue } from "./clause.ts";

/** Clauses of one key (or path of metadata) and one sign become one; what is said twice is said once. The first of each keeps its place. */
export function merged(clauses: readonly Clause[]): Clause[] {
  const byWords = new Map<string, Clause>();
  for (const clause of clauses) {
    const words = identityOf(clause);
    const known = byWords.get(words);
    if (known === undefined) byWords.set(words, "values" in clause ? { ...clause, values: distinct(clause.values) } : clause);
    else if ("values" in known && "values" in clause) byWords.set(words, { ...known, values: distinct([...known.values, ...clause.values]) });
  }
  return [...byWords.values()];
}

/** Clauses of equal identity are one clause. */
export function identityOf(clause: Clause): string {
  const { negated } = clause;
  switch (clause.is) {
    case "key":
      return JSON.stringify([negated, clause.is, clause.key]);
    case "metadata":
      return JSON.stringify([negated, clause.is, clause.path]);
    case "compare":
      return JSON.stringify([negated, clause.is, clause.key, clause.op, clause.value]);
    case "has":
      return JSON.stringify([negated, clause.is, clause.part]);
    case "changed":
      return JSON.stringify([negated, clause.is, clause.path, clause.before ?? null, clause.after ?? null]);
    case "text":
      return JSON.stringify([negated, clause.is, clause.text, clause.anywhere]);
  }
}

const distinct = (values: readonly SearchValue[]): SearchValue[] => [
  ...new Map(values.map((value) => [JSON.stringify([value.text, value.glob]), value])).values(),
];
