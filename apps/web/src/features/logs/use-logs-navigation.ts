import { useNavigate, useSearch } from "@tanstack/react-router";
import type { LogType } from "@daybook/event";
import { useState } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import { withRange, type LogsSearch } from "./logs-search.ts";
import type { RangeChoice } from "./time-range.ts";

export type Go = (search: LogsSearch, how?: "push" | "replace") => void;

/** The URL is the state: reading it and changing it. */
export function useLogsNavigation(logType: LogType) {
  const search = useSearch({ from: "/o/$org/logs/$logType" });
  const { slug: org } = useOrganization();
  const navigate = useNavigate();
  const [zooms, setZooms] = useState<readonly RangeChoice[]>([]);

  const go: Go = (next, how = "push") => void navigate({ to: "/o/$org/logs/$logType", params: { org, logType }, search: next, replace: how === "replace" });

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
  return { search, go, zoomIn, zoomOut: search.from && search.to ? (zoomOut ?? (() => go(withRange(search, {})))) : undefined };
}
