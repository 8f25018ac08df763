import { useLocation, useNavigate, type NavigateOptions } from "@tanstack/react-router";
import type { LogPlace } from "./log-place.ts";
import { withRange, type LogsSearch } from "./logs-search.ts";
import type { RangeChoice } from "./time/time-range.ts";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** The ranges that were zoomed in from, the widest first. It is part of the history, so that going back undoes a zoom whole. */
    zooms?: readonly RangeChoice[];
  }
}

export type Go = (search: LogsSearch, how?: "push" | "replace") => void;

/** The URL is the state: changing it. */
export function useLogsNavigation({ logType, search, link }: LogPlace) {
  const navigate = useNavigate();
  const zooms = useLocation({ select: ({ state }) => state.zooms }) ?? [];
  // The rest of the history's own state stays: it says through which door the reader came.
  const move = (next: LogsSearch, left: readonly RangeChoice[], how: "push" | "replace" = "push") =>
    void navigate({
      ...(link(logType, next) as NavigateOptions),
      state: (held) => {
        const { zooms: _, ...rest } = held;
        return left.length > 0 ? { ...rest, zooms: left } : rest;
      },
      replace: how === "replace",
    });

  const go: Go = (next, how) => move(next, sameRange(next, search) ? zooms : [], how);
  const zoomIn: Go = (next) => move(next, [...zooms, rangeOf(search)]);
  const [widest, last] = [zooms[0], zooms.at(-1)];
  return {
    go,
    zoomIn,
    /** Out of the last zoom. */
    zoomOut: last && (() => move(withRange(search, last), zooms.slice(0, -1))),
    /** Out of all of them. */
    zoomReset: widest && (() => move(withRange(search, widest), [])),
  };
}

const rangeOf = ({ range, from, to }: LogsSearch): RangeChoice => ({ ...(range ? { range } : {}), ...(from ? { from } : {}), ...(to ? { to } : {}) });
const sameRange = (a: RangeChoice, b: RangeChoice): boolean => a.range === b.range && a.from === b.from && a.to === b.to;
