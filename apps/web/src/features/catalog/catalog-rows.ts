import type { inferOutput, Trpc } from "../../trpc.ts";
import type { CatalogSearch, SeenState } from "./catalog-search.ts";

export type Catalog = inferOutput<Trpc["catalog"]["list"]>;
export type CatalogLine = Catalog["entries"][number];
export type CustomAction = inferOutput<Trpc["catalog"]["custom"]>["actions"][number];
export type Sighting = NonNullable<CatalogLine["sighting"]>;

/** One action in the list, known to the catalog or not. */
export interface CatalogRow {
  key: string;
  title: string;
  sample: string;
  namespace: string;
  operation: string;
  severity: CatalogLine["severity"] | null;
  scope: CatalogLine["scope"] | null;
  sighting: Sighting | null;
  custom: boolean;
}

export interface RowGroup {
  id: string;
  title: string;
  rows: CatalogRow[];
}

/** The rows that the search asks for, in groups: by namespace with the custom ones last, or in one when they are ordered. */
export function catalogRows(catalog: Catalog, custom: readonly CustomAction[], search: CatalogSearch): RowGroup[] {
  const known = catalog.entries.filter((line) => holds(line, catalog, search)).map(rowOfLine);
  const unknown = custom.filter((action) => customHolds(action, search)).map(rowOfCustom);
  const wanted = [...known, ...unknown].filter((row) => isIn(row, search.state));
  if (search.order) return [{ id: search.order, title: "", rows: wanted.toSorted(search.order === "volume" ? byVolume : byLatest) }];
  const groups = catalog.namespaces.map(({ id, title }) => ({ id, title, rows: wanted.filter((row) => !row.custom && row.namespace === id) }));
  return [...groups, { id: "custom", title: "Custom actions", rows: wanted.filter((row) => row.custom) }].filter(({ rows }) => rows.length > 0);
}

/** Custom actions are in no preset and, as far as anybody knows, activity: then the server need not be asked for them. */
export const wantsCustom = ({ state, preset, log }: CatalogSearch): boolean =>
  preset === undefined && log !== "system" && (state === undefined || state === "custom" || state === "seen");

export interface StateCounts {
  all: number;
  seen: number;
  never: number;
  custom: number;
  /** There are more custom actions than were counted. */
  capped: boolean;
}

/** Of the whole catalog, whatever is searched for. Null for who may not know what others did. */
export function stateCounts({ entries, customCount, customCountedMax }: Catalog): StateCounts | null {
  if (customCount === null) return null;
  const seen = entries.filter(({ sighting }) => sighting !== null).length;
  return {
    all: entries.length + customCount,
    seen: seen + customCount,
    never: entries.length - seen,
    custom: customCount,
    capped: customCount >= customCountedMax,
  };
}

function holds(line: CatalogLine, { presets, namespaces }: Catalog, { q = "", preset, group, namespace, log }: CatalogSearch): boolean {
  if (namespace !== undefined && line.namespace !== namespace) return false;
  if (log !== undefined && line.logType !== log) return false;
  if (preset !== undefined) {
    const groups = presets.find(({ id }) => id === preset)?.groups ?? [];
    if (!groups.some(({ title, actions }) => (group === undefined || title === group) && actions.includes(line.key))) return false;
  }
  const titleOfNamespace = namespaces.find(({ id }) => id === line.namespace)?.title ?? "";
  return isFound(q, `${line.key} ${line.title} ${line.sentence} ${line.sample} ${line.namespace} ${titleOfNamespace}`);
}

const customHolds = ({ key, namespace }: CustomAction, { q = "", ...search }: CatalogSearch): boolean =>
  wantsCustom(search) && (search.namespace === undefined || search.namespace === namespace) && isFound(q, `${key} ${namespace}`);

function isFound(typed: string, text: string): boolean {
  const held = text.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => held.includes(word));
}

function isIn({ sighting, custom }: CatalogRow, state: SeenState | undefined): boolean {
  switch (state) {
    case undefined:
      return true;
    case "seen":
      return sighting !== null;
    case "never":
      return sighting === null;
    case "custom":
      return custom;
  }
}

const rowOfLine = ({ key, title, sample, namespace, operation, severity, scope, sighting }: CatalogLine): CatalogRow => ({
  key,
  title,
  sample,
  namespace,
  operation,
  severity,
  scope,
  sighting,
  custom: false,
});

const rowOfCustom = ({ key, sample, namespace, operation, sighting }: CustomAction): CatalogRow => ({
  key,
  title: key,
  sample,
  namespace,
  operation,
  severity: null,
  scope: null,
  sighting,
  custom: true,
});

const byVolume = (a: CatalogRow, b: CatalogRow): number => (b.sighting?.events ?? 0) - (a.sighting?.events ?? 0) || byKey(a, b);
const byLatest = (a: CatalogRow, b: CatalogRow): number => compare(b.sighting?.lastSeen ?? "", a.sighting?.lastSeen ?? "") || byKey(a, b);
const byKey = (a: CatalogRow, b: CatalogRow): number => compare(a.key, b.key);
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
