import { statuses } from "@daybook/event";
import type { inferOutput, Trpc } from "../../trpc.ts";
import { operations, valueWords } from "./filter-words.ts";
import type { Chip, ListField } from "./logs-search.ts";

export type Facets = inferOutput<Trpc["events"]["facets"]>;

export interface FacetValue {
  value: string;
  label: string;
  /** null: not counted. */
  count: number | null;
}

export interface Facet {
  name: ListField;
  values: FacetValue[];
}

/** The rail, top to bottom. Chosen values stay listed at 0, so that each one can be taken back where it was set. */
export function facetsOf(facets: Facets | undefined, chosen: (name: ListField) => readonly string[]): Facet[] {
  const counted = facets?.statuses ?? [];
  const fixed = statuses.map((value) => ({
    value,
    label: valueWords("status", value),
    count: facets ? (counted.find((each) => each.value === value)?.count ?? 0) : null,
  }));
  const open: [ListField, FacetValue[]][] = [
    ["status", fixed],
    ["operation", operationValues(facets)],
    ["action", facets?.actions.map((each) => ({ ...each, label: actionWords(each) })) ?? []],
    [
      "resource_type",
      facets?.resourceTypes.map((each) => ({ ...each, label: valueWords("resource_type", each.value, each.label === each.value ? undefined : each.label) })) ??
        [],
    ],
    ["actor", facets?.actors ?? []],
  ];
  return open.map(([name, values]) => ({ name, values: [...values, ...missing(name, values, chosen(name))] }));
}

/** The verbs people filter by stand first and always; further ones follow when they occur. */
function operationValues(facets: Facets | undefined): FacetValue[] {
  const counts = new Map(facets?.operations.map(({ value, count }) => [value, count]));
  const further = [...counts.keys()].filter((value) => !operations.some((each) => each === value));
  return [...operations, ...further].map((value) => ({ value, label: valueWords("operation", value), count: facets ? (counts.get(value) ?? 0) : null }));
}

const actionWords = ({ value, label }: { value: string; label: string }): string => (label === value ? valueWords("action", value) : label);

const missing = (name: ListField, values: readonly FacetValue[], chosen: readonly string[]): FacetValue[] =>
  chosen.filter((value) => !values.some((each) => each.value === value)).map((value) => ({ value, label: valueWords(name, value), count: 0 }));

export function labelsOf(facets: Facets | undefined, name: Chip["name"]): Map<string, string> {
  if (name === "action") return new Map(facets?.actions.map((each) => [each.value, actionWords(each)]));
  return new Map(name === "actor" ? facets?.actors.map(({ value, label }) => [value, label]) : []);
}
