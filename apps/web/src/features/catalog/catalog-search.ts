import { logTypes, type LogType } from "@daybook/event";

export const seenStates = ["seen", "never", "custom"] as const;
export type SeenState = (typeof seenStates)[number];
export const orders = ["volume", "latest"] as const;
export type Order = (typeof orders)[number];

/** Everything the Catalog shows is in here, and all of it is in the URL. A default is left out. */
export interface CatalogSearch {
  q?: string;
  state?: SeenState;
  preset?: string;
  /** Title of a group of the preset. */
  group?: string;
  namespace?: string;
  log?: LogType;
  /** Default: by namespace. */
  order?: Order;
  /** The action whose details are open. */
  action?: string;
}

const textLengthMax = 200;
const oneOf = <T extends string>(values: readonly T[], value: unknown): T | undefined => values.find((each) => each === value);
const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value.slice(0, textLengthMax) : undefined);

/** What a link got wrong is left out. */
export function readCatalogSearch(raw: Record<string, unknown>): CatalogSearch {
  const preset = text(raw["preset"]);
  return present({
    q: text(raw["q"]),
    state: oneOf(seenStates, raw["state"]),
    preset,
    group: preset && text(raw["group"]),
    namespace: text(raw["namespace"]),
    log: oneOf(logTypes, raw["log"]),
    order: oneOf(orders, raw["order"]),
    action: text(raw["action"]),
  });
}

export const withChoice = (search: CatalogSearch, choice: { [Key in keyof CatalogSearch]?: CatalogSearch[Key] | undefined }): CatalogSearch =>
  present({ ...search, ...choice });

/** The way something is ordered or opened is no filter. */
export const isNarrowed = ({ order: _order, action: _action, ...filters }: CatalogSearch): boolean => Object.keys(filters).length > 0;
export const withoutFilters = ({ order, action }: CatalogSearch): CatalogSearch => present({ order, action });

const present = (search: { [Key in keyof CatalogSearch]?: CatalogSearch[Key] | undefined }): CatalogSearch =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== ""));
