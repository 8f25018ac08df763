import type { Events } from "./use-events.ts";

export interface GridState {
  /** What the panel shows, as tests and styles know it. */
  panel: "loading" | "ready" | "stale" | "empty" | "error";
  isEmpty: boolean;
  /** Rows of the whole list with its header, for a screen reader; −1 where nobody knows. */
  rowCount: number;
}

type Known = Pick<Events, "isStale"> & {
  query: Pick<Events["query"], "isPending" | "isSuccess" | "isError">;
  state: Pick<Events["state"], "isWhole">;
  rows: Pick<Events["rows"], "length" | "hidden">;
};

/** `total`: how many events match, where that is known exactly. */
export function gridState({ query, state, rows, isStale }: Known, total: number | undefined): GridState {
  const isEmpty = query.isSuccess && rows.length === 0 && state.isWhole;
  return { panel: panelOf(), isEmpty, rowCount: rowCountOf() };

  function panelOf(): GridState["panel"] {
    if (query.isPending) return "loading";
    if (rows.length === 0 && query.isError) return "error";
    if (isEmpty && !isStale) return "empty";
    if (isStale) return "stale";
    // The search goes on, and has found nothing yet.
    return rows.length === 0 ? "loading" : "ready";
  }

  function rowCountOf(): number {
    if (query.isPending) return -1;
    if (state.isWhole) return rows.length + 1;
    // What is folded away further back is not known before it is here.
    if (total === undefined || rows.hidden > 0) return -1;
    return Math.max(total, rows.length) + 1;
  }
}
