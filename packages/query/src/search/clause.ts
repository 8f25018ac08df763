import type { Comparison, EventPart } from "../ast.ts";
import type { KeyName, NumberKey } from "./keys.ts";

/**
 * What a search says, clause by clause: the one state behind the query bar, the facets, the URL's `q` and saved views. Different clauses all hold. Two
 * clauses of one key that are not negated are one clause with several values, any of which may hold; so are two negated ones, none of which may.
 */
export type Clause = { negated: boolean } & (
  | { is: "key"; key: KeyName; values: SearchValue[] }
  | { is: "metadata"; path: string; values: SearchValue[] }
  /** `rows:>10000`, `duration:>=1s` (in ms here), `seq:5..9` (two clauses). */
  | { is: "compare"; key: NumberKey; op: Comparison; value: number }
  | { is: "has"; part: EventPart }
  /** `changed:visibility`, `changed:visibility:"private"→"shared"`; either side of the arrow may be left out. */
  | { is: "changed"; path: string; before?: string; after?: string }
  /** A bare word, a phrase in quotes, or `*infix*`. */
  | { is: "text"; text: string; anywhere: boolean }
);

/** A value as it is meant: `glob` when a `*` in it stands for anything. A quoted `*` is an asterisk. */
export interface SearchValue {
  text: string;
  glob: boolean;
}

/** A stretch of the text, in UTF-16 code units, end exclusive. */
export interface Span {
  from: number;
  to: number;
}

/** Why part of a search is not understood, in words, and how it could be mended. */
export interface Problem extends Span {
  message: string;
  fix?: { label: string; /** The whole text, mended. */ text: string };
}

export interface Parsed {
  /** What was understood, merged as above. */
  clauses: Clause[];
  /** Where each part that was understood stands, in the order of the text: what the bar draws as chips. */
  parts: (Span & { clause: Clause })[];
  /** Empty when everything was understood. */
  problems: Problem[];
}
