import type { LogType } from "@daybook/event";
import { keyInfo, readSearch, searchLengthMax, withoutKey, withValue, type Clause, type KeyName } from "@daybook/query";
import type { inferInput, Trpc } from "../../trpc.ts";
import { textOf, understoodText } from "./search-text.ts";
import { readRange, resolveRange, type RangeChoice } from "./time/time-range.ts";

export type Filter = NonNullable<NonNullable<inferInput<Trpc["events"]["list"]>>["filter"]>;
export interface Scope {
  logType: LogType;
  filter: Filter;
  /** The log of one team. */
  teamId?: string;
}

export const eventTabs = ["details", "changes", "related", "raw"] as const;
export type EventTab = (typeof eventTabs)[number];

const clockChoices = ["home", "utc", "mine"] as const;
export type ClockChoice = (typeof clockChoices)[number];
export const stackings = ["status", "actor_type", "operation"] as const;
export type Stacking = (typeof stackings)[number];
/** The stackings that the URL names: status is what it means when it names none. */
export type StackedBy = Exclude<Stacking, "status">;
export const densities = ["compact", "cosy", "two-line"] as const;
export type Density = (typeof densities)[number];

/** Parameters of links from before there was one search text; each is folded into it. */
const foldedParams: Readonly<Record<string, KeyName>> = {
  action: "action",
  actor: "actor",
  actor_type: "actor_type",
  resource: "resource",
  resource_type: "resource_type",
  status: "status",
  operation: "operation",
  namespace: "namespace",
  team: "team",
  import_id: "import",
  operation_id: "operation_id",
};

/** Everything the Logs screen shows is in here, and all of it is in the URL. A default is left out. */
export interface LogsSearch extends RangeChoice {
  /** What is searched for, in its canonical text; as it was written where a part of it is not understood. */
  q?: string;
  /** Whose clock the times are told by; left out: the one of the reader's preferences, at first the organization's. */
  tz?: ClockChoice;
  /** Columns in their order, parted by commas. */
  cols?: string;
  /** The saved view that this is, or began as. */
  view?: string;
  /** What of that view was taken away, by the names of its parameters, parted by commas. */
  without?: string;
  /** "0": begin and end of a run stand on lines of their own. */
  fold?: "0";
  /** What the bars are stacked by; left out: status. */
  by?: StackedBy;
  density?: Density;
  /** The investigation that events are being gathered for. */
  case?: string;
  event?: string;
  tab?: EventTab;
  /** The member through whose eyes the log is looked at. */
  as?: string;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Of what was left out, so much is named. */
const namedMax = 60;
const valueLengthMax = 300;

interface ReadSearch {
  search: LogsSearch;
  /** What was left out, as it stood: `status=foo`. */
  ignored: string[];
}

/** A link may be old, hand-made or cut: what cannot be understood is left out and named, never a blank page. */
export function readLogsSearch(raw: Record<string, unknown>): ReadSearch {
  const search: LogsSearch = {};
  const ignored: string[] = [];
  let text = "";
  let folded: Clause[] = [];
  for (const [name, value] of Object.entries(raw)) {
    const values = (Array.isArray(value) ? value : [value]).map(String).filter((each) => each !== "");
    const key = Object.hasOwn(foldedParams, name) ? foldedParams[name] : undefined;
    for (const each of values) {
      if (name === "q") text = `${text} ${each}`.trim();
      else if (key && isPossible(key, each)) folded = withValue(folded, key, each);
      else if (key || !take(search, name, each)) ignored.push(`${name}=${each}`);
    }
  }
  const q = joined(text.slice(0, searchLengthMax), folded);
  if (text.length > searchLengthMax) ignored.push(`q=…${text.slice(searchLengthMax)}`.slice(0, namedMax));
  if (q !== "") search.q = q;
  if (search.range !== undefined && (search.from !== undefined || search.to !== undefined)) {
    ignored.push(`range=${search.range}`);
    delete search.range;
  }
  if (search.from && search.to && Date.parse(search.from) >= Date.parse(search.to)) {
    ignored.push(`to=${search.to}`);
    delete search.to;
  }
  if (search.tab && !search.event) delete search.tab;
  if (!search.view) delete search.without;
  return { search, ignored };
}

/** One text of what was searched for and what older parameters said. What is not understood keeps its place in it. */
function joined(text: string, folded: readonly Clause[]): string {
  const { clauses, findings } = readSearch(text);
  const whole = findings.length === 0 ? textOf([...clauses, ...folded]) : null;
  // Its canonical form may be longer than what a search may be long.
  return whole === null || whole.length > searchLengthMax ? `${text.trim()} ${textOf(folded)}`.trim() : whole;
}

function isPossible(key: KeyName, value: string): boolean {
  if (key === "import") return uuid.test(value);
  const { isClosed, values } = keyInfo[key];
  return value.length <= valueLengthMax && (!isClosed || values?.some((each) => each.value === value) === true);
}

/** Puts one value in its place; false when it has none. */
function take(search: LogsSearch, name: string, value: string): boolean {
  switch (name) {
    case "range":
      if (value === "all") return true;
      if (readRange(value) === null) return false;
      search.range = value;
      return true;
    case "from":
    case "to": {
      if (!/^\d{4}-\d\d-\d\d/.test(value) || Number.isNaN(Date.parse(value))) return false;
      search[name] = new Date(value).toISOString();
      return true;
    }
    case "tz":
      return one(search, "tz", clockChoices, value);
    case "density":
      return one(search, "density", densities, value);
    case "by": {
      const by = stackings.find((each) => each === value);
      if (by && by !== "status") search.by = by;
      return by !== undefined;
    }
    case "fold":
      if (value === "0") search.fold = value;
      return value === "0" || value === "1";
    case "cols":
      if (!/^[\w.:-]{1,100}(,[\w.:-]{1,100}){0,39}$/.test(value)) return false;
      search.cols = value;
      return true;
    case "view":
      if (!/^[\w-]{1,64}$/.test(value)) return false;
      search.view = value;
      return true;
    case "without":
      if (!/^[a-z]{1,20}(,[a-z]{1,20}){0,9}$/.test(value)) return false;
      search.without = value;
      return true;
    case "case":
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

function one<Name extends "tz" | "density">(search: LogsSearch, name: Name, known: readonly NonNullable<LogsSearch[Name]>[], value: string): boolean {
  const found = known.find((each) => each === value);
  if (found !== undefined) search[name] = found;
  return found !== undefined;
}

/** What the server is asked: the part of the search that was understood, and the range as two instants. */
export function toFilter(search: LogsSearch, zone: string, now: number): Filter {
  const q = understoodText(search.q ?? "");
  return { ...resolveRange(search, zone, now), ...(q !== "" && { q }) };
}

export const isFiltered = (search: LogsSearch): boolean => Boolean(search.q);
export const hasRange = (search: LogsSearch): boolean => Boolean(search.range ?? search.from ?? search.to);

export const clausesOf = (search: LogsSearch): Clause[] => readSearch(search.q ?? "").clauses;

export function withText(search: LogsSearch, q: string): LogsSearch {
  const { q: _, ...rest } = search;
  return q === "" ? rest : { ...rest, q };
}

export const withClauses = (search: LogsSearch, clauses: readonly Clause[]): LogsSearch => withText(search, textOf(clauses));

export const addValue = (search: LogsSearch, key: KeyName, value: string): LogsSearch => withClauses(search, withValue(clausesOf(search), key, value));
export const excludeValue = (search: LogsSearch, key: KeyName, value: string): LogsSearch =>
  withClauses(search, withValue(clausesOf(search), key, value, { negated: true }));
export const withList = (search: LogsSearch, key: KeyName, values: readonly string[]): LogsSearch =>
  withClauses(
    search,
    values.reduce<Clause[]>((clauses, value) => withValue(clauses, key, value), withoutKey(clausesOf(search), key)),
  );

export function withRange(search: LogsSearch, choice: RangeChoice): LogsSearch {
  const { range: _range, from: _from, to: _to, ...rest } = search;
  return { ...rest, ...choice };
}

export function withStacking(search: LogsSearch, by: Stacking): LogsSearch {
  const { by: _, ...rest } = search;
  return by === "status" ? rest : { ...rest, by };
}

/** The search gone, and with it the event that was looked at; range, zone and layout stay. */
export function withoutFilters(search: LogsSearch): LogsSearch {
  const { q: _q, event: _event, tab: _tab, ...rest } = search;
  return rest;
}

export function withEvent(search: LogsSearch, event: string | undefined): LogsSearch {
  const { event: _event, tab, ...rest } = search;
  return event === undefined ? rest : { ...rest, event, ...(tab ? { tab } : {}) };
}
