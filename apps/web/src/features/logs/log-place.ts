import type { LogType } from "@daybook/event";
import type { LinkProps } from "@tanstack/react-router";
import type { LogsSearch } from "./logs-search.ts";

/** Where a log is open: each of its doors has an address of its own, and what is chosen stays at that address. */
export interface LogPlace {
  logType: LogType;
  /** The log of one team. It stands in the path, so that no link can widen it. */
  team?: { id: string; name: string };
  search: LogsSearch;
  /** The address here of another type, or of another choice. */
  link: (logType: LogType, search: LogsSearch) => LinkProps;
}
