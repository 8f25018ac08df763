import { statuses, type LogType, type Status } from "@daybook/event";
import type { inferInput, Trpc } from "../../trpc.ts";
import { rangeDays, resolveRange, type RangeChoice } from "./time-range.ts";

export type Filter = NonNullable<NonNullable<inferInput<Trpc["events"]["list"]>>["filter"]>;
export interface Scope {
  logType: LogType;
  filter: Filter;
  /** The log of one team. */
  teamId?: string;
}

export const eventTabs = ["details", "changes", "related", "raw"] as const;
export type EventTab = (typeof eventTabs)[number];

/** Parameters that hold lists, and the field of the filter each one fills. */
export const listFields = {
  action: "action",
  actor: "actor",
  actor_type: "actorType",
  resource: "resource",
  resource_type: "resourceType",
  status: "status",
  operation: "operation",
  namespace: "namespace",
  team: "team",
  import_id: "importId",
} as const satisfies Record<string, keyof Filter>;
export type ListField = keyof typeof listFields;
const listNames = Object.keys(listFields) as ListField[];

/** Everything the Logs screen shows is in here, and all of it is in the URL. A default is left out. */
export interface LogsSearch extends RangeChoice {
  q?: string;
  action?: string[];
  actor?: string[];
  actor_type?: string[];
  resource?: string[];
  resource_type?: string[];
  status?: Status[];
  operation?: string[];
  namespace?: string[];
  team?: string[];
  import_id?: string[];
  /** Begin and end of one run. */
  operation_id?: string;
  event?: string;
  tab?: EventTab;
  /** The member through whose eyes the log is looked at. */
  as?: string;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const valuesMax = 50;
const valueLengthMax = 300;

export interface ReadSearch {
  search: LogsSearch;
  /** What was left out, as it stood: `status=foo`. */
  ignored: string[];
}

/** A link may be old, hand-made or cut: what cannot be understood is left out and named, never a blank page. */
export function readLogsSearch(raw: Record<string, unknown>): ReadSearch {
  const search: LogsSearch = {};
  const ignored: string[] = [];
  for (const [name, value] of Object.entries(raw)) {
    const values = (Array.isArray(value) ? value : [value]).map(String).filter((each) => each !== "");
    const bad = values.filter((each) => !take(search, name, each));
    ignored.push(...bad.map((each) => `${name}=${each}`));
  }
  if (search.range !== undefined && (search.from !== undefined || search.to !== undefined)) {
    ignored.push(`range=${search.range}`);
    delete search.range;
  }
  if (search.from && search.to && Date.parse(search.from) >= Date.parse(search.to)) {
    ignored.push(`to=${search.to}`);
    delete search.to;
  }
  if (search.tab && !search.event) delete search.tab;
  return { search, ignored };
}

/** Puts one value in its place; false when it has none. */
function take(search: LogsSearch, name: string, value: string): boolean {
  if (name === "status") {
    const status = statuses.find((each) => each === value);
    if (status) search.status = union(search.status, status);
    return status !== undefined;
  }
  const list = listNames.find((each) => each === name);
  if (list && list !== "status") {
    if (list === "import_id" && !uuid.test(value)) return false;
    if (value.length > valueLengthMax || (search[list]?.length ?? 0) >= valuesMax) return false;
    search[list] = union(search[list], value);
    return true;
  }
  switch (name) {
    case "q":
      search.q = value.slice(0, valueLengthMax);
      return true;
    case "operation_id":
      search.operation_id = value.slice(0, valueLengthMax);
      return true;
    case "range":
      if (value === "all") return true;
      if (rangeDays(value) === null) return false;
      search.range = value;
      return true;
    case "from":
    case "to": {
      if (!/^\d{4}-\d\d-\d\d/.test(value) || Number.isNaN(Date.parse(value))) return false;
      search[name] = new Date(value).toISOString();
      return true;
    }
    case "event":
    case "as":
      if (!uuid.test(value)) return false;
      search[name] = value;
      return true;
    case "tab": {
      const tab = eventTabs.find((each) => each === value);
      if (tab && tab !== "details") search.tab = tab;
      return tab !== undefined;
    }
    default:
      return false;
  }
}

function union<T extends string>(values: T[] | undefined, value: T): T[] {
  return values?.includes(value) ? values : [...(values ?? []), value].sort();
}

export function toFilter(search: LogsSearch, zone: string, now: number): Filter {
  const filter: Filter = { ...resolveRange(search, zone, now) };
  if (search.q) filter.q = search.q;
  if (search.operation_id) filter.operationId = search.operation_id;
  for (const name of listNames) {
    const values = search[name];
    if (values && values.length > 0) Object.assign(filter, { [listFields[name]]: values });
  }
  return filter;
}

export const isFiltered = (search: LogsSearch): boolean => Boolean(search.q ?? search.operation_id) || listNames.some((name) => search[name] !== undefined);
export const hasRange = (search: LogsSearch): boolean => Boolean(search.range ?? search.from ?? search.to);

export function withList(search: LogsSearch, name: ListField, values: readonly string[]): LogsSearch {
  const { [name]: _, ...rest } = search;
  return values.length === 0 ? rest : readLogsSearch({ ...rest, [name]: values }).search;
}

export const addValue = (search: LogsSearch, name: ListField, value: string): LogsSearch => withList(search, name, [...(search[name] ?? []), value]);
export const removeValue = (search: LogsSearch, name: ListField, value: string): LogsSearch =>
  withList(
    search,
    name,
    (search[name] ?? []).filter((each) => each !== value),
  );

export function withRange(search: LogsSearch, choice: RangeChoice): LogsSearch {
  const { range: _range, from: _from, to: _to, ...rest } = search;
  return { ...rest, ...choice };
}

export const withoutFilters = ({ range, from, to, as }: LogsSearch): LogsSearch => ({
  ...(range ? { range } : {}),
  ...(from ? { from } : {}),
  ...(to ? { to } : {}),
  ...(as ? { as } : {}),
});

export function withEvent(search: LogsSearch, event: string | undefined): LogsSearch {
  const { event: _event, tab, ...rest } = search;
  return event === undefined ? rest : { ...rest, event, ...(tab ? { tab } : {}) };
}

export interface Chip {
  name: ListField | "q" | "operation_id";
  value: string;
}

export const chipsOf = (search: LogsSearch): Chip[] => [
  ...(search.q ? [{ name: "q" as const, value: search.q }] : []),
  ...(search.operation_id ? [{ name: "operation_id" as const, value: search.operation_id }] : []),
  ...listNames.flatMap((name) => (search[name] ?? []).map((value) => ({ name, value }))),
];

export function withoutChip(search: LogsSearch, { name, value }: Chip): LogsSearch {
  if (name !== "q" && name !== "operation_id") return removeValue(search, name, value);
  const { [name]: _, ...rest } = search;
  return rest;
}
