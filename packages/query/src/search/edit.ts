import type { Clause, SearchValue } from "./clause.ts";
import type { KeyName } from "./keys.ts";
import { identityOf, merged } from "./merge.ts";

/** The values that are asked for (or excluded, when negated) under a key. */
export const valuesOf = (clauses: readonly Clause[], key: KeyName, negated = false): SearchValue[] =>
  clauses.flatMap((clause) => (clause.is === "key" && clause.key === key && clause.negated === negated ? clause.values : []));

interface Sign {
  negated?: boolean | undefined;
}

/** One more value that may hold, or with `negated` that may not; the same value of the other sign goes. */
export function withValue(clauses: readonly Clause[], key: KeyName, value: string | SearchValue, { negated = false }: Sign = {}): Clause[] {
  const wanted = valueFrom(value);
  return merged([...withoutValue(clauses, key, wanted, { negated: !negated }), { is: "key", negated, key, values: [wanted] }]);
}

export function withoutValue(clauses: readonly Clause[], key: KeyName, value: string | SearchValue, { negated = false }: Sign = {}): Clause[] {
  const unwanted = valueFrom(value);
  return clauses.flatMap((clause) => {
    if (clause.is !== "key" || clause.key !== key || clause.negated !== negated) return [clause];
    const values = clause.values.filter(({ text, glob }) => text !== unwanted.text || glob !== unwanted.glob);
    return values.length === 0 ? [] : [{ ...clause, values }];
  });
}

/** This value and no other of its key, asked for or excluded. */
export const onlyValue = (clauses: readonly Clause[], key: KeyName, value: string | SearchValue): Clause[] => withValue(withoutKey(clauses, key), key, value);

export const withoutKey = (clauses: readonly Clause[], key: KeyName): Clause[] => clauses.filter((clause) => clause.is !== "key" || clause.key !== key);

/** Without the clause that says this; one of several values takes only its own values along. */
export function withoutClause(clauses: readonly Clause[], gone: Clause): Clause[] {
  const words = identityOf(gone);
  if (!("values" in gone)) return clauses.filter((clause) => identityOf(clause) !== words);
  return clauses.flatMap((clause) => {
    if (!("values" in clause) || identityOf(clause) !== words) return [clause];
    const values = clause.values.filter((one) => !gone.values.some(({ text, glob }) => text === one.text && glob === one.glob));
    return values.length === 0 ? [] : [{ ...clause, values }];
  });
}

const valueFrom = (value: string | SearchValue): SearchValue => (typeof value === "string" ? { text: value, glob: false } : value);
