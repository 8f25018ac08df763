import { printSearch } from "@daybook/query";
import type { Clause, FacetKey, KeyName } from "@daybook/query";
import type { CaseSubject } from "@daybook/store";

/** How what a step finds is shown. */
export type StepShow = { as: "rows" } | { as: "count" } | { as: "timeline" } | { as: "top"; by: FacetKey };

export interface RecipeStep {
  /** snake_case; it stands in cases, so it never changes. */
  id: string;
  title: string;
  /** What it finds out, as a question. */
  question: string;
  show: StepShow;
  q(subject: CaseSubject): string;
  /** Said where nothing is found, and that means something. */
  nothing?: string;
}

/** A way to look into something: a value, with what it asks for and its steps in order. */
export interface Recipe {
  id: string;
  title: string;
  about: string;
  /** What it begins with; none for a case without a subject. */
  asks: readonly CaseSubject["kind"][];
  /** The title of a case that nobody gave one. */
  titleOf(subject: CaseSubject): string;
  steps: readonly RecipeStep[];
}

export const defineRecipe = (recipe: Recipe): Recipe => recipe;

export const keyClause = (key: KeyName, ...values: string[]): Clause => ({
  negated: false,
  is: "key",
  key,
  values: values.map((text) => ({ text, glob: false })),
});

export const textOf = (...clauses: Clause[]): string => printSearch(clauses);

/** The events of a subject: those on the resource, by the actor, of the operation. */
export function ofSubject({ kind, value }: CaseSubject): Clause {
  switch (kind) {
    case "resource":
      return keyClause("resource", value);
    case "actor":
      return keyClause("actor", value);
    case "operation":
      return keyClause("operation_id", value);
    case "event":
      return keyClause("id", value);
    case "nothing":
      return { negated: false, is: "text", text: value, anywhere: false };
  }
}

/** What people call a subject. */
export const calledBy = ({ label, value }: CaseSubject): string => label ?? value;

/** Whatever names it: what was exported is often a query whose sentence names the table. Sentences, names and ids are looked at. */
export const naming = ({ value }: CaseSubject): Clause => ({ negated: false, is: "text", text: value, anywhere: false });

/** Cases are named after what they are about, and their own events are no part of it. */
export const withoutCases: Clause = { ...keyClause("namespace", "investigations"), negated: true };
