import type { EventRow } from "@daybook/event";
import { onlyValue, printSearch, withValue } from "@daybook/query";
import type { CellFilter } from "./columns/column.ts";
import { columnOf, type ColumnId } from "./columns/index.ts";
import { addValue, clausesOf, excludeValue, withClauses, withEvent, withRange, withText, type LogsSearch } from "../logs-search.ts";

type FilterHow = "include" | "exclude" | "only";

export const filterOf = (row: EventRow, column: ColumnId): CellFilter | null => columnOf(column).filter?.(row) ?? null;

/** The same log with a value asked for, ruled out, or as the only one of its kind. */
export function filteredBy(search: LogsSearch, { key, value }: CellFilter, how: FilterHow): LogsSearch {
  switch (how) {
    case "include":
      return addValue(search, key, value);
    case "exclude":
      return excludeValue(search, key, value);
    case "only":
      return withClauses(search, onlyValue(clausesOf(search), key, value));
  }
}

/** As it would be typed: `actor:alice@company.com`. */
export const filterText = ({ key, value }: CellFilter): string => printSearch(withValue([], key, value));

const aroundMs = 5 * 60_000;

/** Everything of the minutes before and after an event, whatever is filtered now. */
export function around(search: LogsSearch, { id, occurred_at }: Pick<EventRow, "id" | "occurred_at">): LogsSearch {
  const at = Date.parse(occurred_at);
  return withRange(withText(withEvent(search, id), ""), { from: new Date(at - aroundMs).toISOString(), to: new Date(at + aroundMs).toISOString() });
}

/** Everything that shares a session, a request or an operation, whenever it was. */
export const sharing = (search: LogsSearch, filter: CellFilter): LogsSearch => withRange(withText(withEvent(search, undefined), filterText(filter)), {});

interface AskedCase {
  recipe: "one_user" | "what_changed";
  kind: "actor" | "resource";
  subject: string;
}

/** The case that would look into whom or what a cell names: there everything of one person, or of one thing, is found together. */
export function caseOf(row: EventRow, column: ColumnId): AskedCase | null {
  const found = filterOf(row, column);
  if (found?.key === "actor") return { recipe: "one_user", kind: "actor", subject: found.value };
  const resource = row.resource?.name ?? row.resource?.id;
  const namesResource = found?.key === "resource" || column === "event";
  return namesResource && resource !== undefined ? { recipe: "what_changed", kind: "resource", subject: resource } : null;
}
