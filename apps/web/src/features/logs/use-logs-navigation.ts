import { useNavigate, type NavigateOptions } from "@tanstack/react-router";
import { useState } from "react";
import type { LogPlace } from "./log-place.ts";
import { withRange, type LogsSearch } from "./logs-search.ts";
import type { RangeChoice } from "./time-range.ts";

export type Go = (search: LogsSearch, how?: "push" | "replace") => void;

/** The URL is the state: changing it. */
export function useLogsNavigation({ logType, search, link }: LogPlace) {
  const navigate = useNavigate();
  const [zooms, setZooms] = useState<readonly RangeChoice[]>([]);

  // The history's own state stays: it says through which door the reader came.
  const go: Go = (next, how = "push") => void navigate({ ...(link(logType, next) as NavigateOptions), state: true, replace: how === "replace" });

  const last = zooms.at(-1);
  const zoomIn: Go = (next) => {
    const { range, from, to } = search;
    setZooms([...zooms, { ...(range ? { range } : {}), ...(from ? { from } : {}), ...(to ? { to } : {}) }]);
    go(next);
  };
  const zoomOut = last
    ? () => {
        setZooms(zooms.slice(0, -1));
        go(withRange(search, last));
      }
    : undefined;
  return { go, zoomIn, zoomOut: search.from && search.to ? (zoomOut ?? (() => go(withRange(search, {})))) : undefined };
}
