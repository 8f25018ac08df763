import type { FacetKey } from "@daybook/query";
import type { inferOutput, Trpc } from "../../../trpc.ts";
import { usualValues, valueWords } from "./filter-words.ts";

export type FacetGroup = inferOutput<Trpc["events"]["facets"]>["groups"][number];

export interface FacetValue {
  value: string;
  label: string;
  /** null: not counted. */
  count: number | null;
}

export interface Choice {
  chosen: readonly string[];
  excluded: readonly string[];
}

/** Asked for with the first rows, top to bottom. */
export const openKeys: readonly FacetKey[] = ["status", "operation", "action", "resource_type", "actor", "resource"];
/** Folded away, and not asked for before somebody unfolds them. */
export const foldedKeys: readonly FacetKey[] = ["team", "namespace", "source", "ip", "origin"];

/** The values of one group. What is chosen stays listed at 0, so that it can be taken back where it was set; so do the values that people expect. */
export function valuesOfGroup(key: FacetKey, group: FacetGroup | undefined, { chosen, excluded }: Choice): FacetValue[] {
  const counted = group?.values ?? [];
  const listed = new Set(counted.map(({ value }) => value));
  // The reader has a row of their own above the actors.
  if (key === "actor") listed.add("me");
  const more = [...(usualValues[key] ?? []), ...chosen, ...excluded].filter((value) => !listed.has(value) && listed.add(value));
  const values = [
    ...counted.map(({ value, label, count }) => ({ value, label: valueWords(key, value, label), count })),
    ...more.map((value) => ({ value, label: valueWords(key, value), count: group ? 0 : null })),
  ];
  return key === "status" || key === "operation" ? inUsualOrder(key, values) : toldApart(values);
}

/** Two people may have one name. */
function toldApart(values: readonly FacetValue[]): FacetValue[] {
  const known = new Map<string, number>();
  for (const { label } of values) known.set(label, (known.get(label) ?? 0) + 1);
  return values.map((each) => ((known.get(each.label) ?? 0) > 1 && each.label !== each.value ? { ...each, label: `${each.label} · ${each.value}` } : each));
}

/** Short lists that people know by heart stand in the order they know. */
function inUsualOrder(key: FacetKey, values: readonly FacetValue[]): FacetValue[] {
  const usual = usualValues[key] ?? [];
  const place = ({ value }: FacetValue) => (usual.includes(value) ? usual.indexOf(value) : usual.length);
  return [...values].sort((a, b) => place(a) - place(b));
}

/** Values keep the places they had; new ones follow. Nobody should click on what was not there a moment ago. */
export function inPreviousOrder(previous: readonly string[], values: readonly FacetValue[]): FacetValue[] {
  const places = new Map(previous.map((value, index) => [value, index]));
  const place = ({ value }: FacetValue) => places.get(value) ?? previous.length;
  return [...values].sort((a, b) => place(a) - place(b));
}
