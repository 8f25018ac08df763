import { useEffect, useEffectEvent, useRef, type FocusEvent } from "react";
import type { ColumnId } from "./columns/index.ts";
import { cellOf, columnOfCell } from "./use-grid-keys.ts";

interface Refocus {
  rows: { length: number };
  isStale: boolean;
  /** Of a row that stands where the one with the focus stood. */
  onFocusLost: (index: number, column: ColumnId | undefined) => void;
}

/** The row or cell that has the focus may leave with the search that took it out: what stands in its place now is next, not the page. */
export function useRefocus({ rows, isStale, onFocusLost }: Refocus) {
  const focused = useRef<Element>(undefined);
  const refocus = useEffectEvent(() => {
    const gone = focused.current;
    if (!gone || gone.isConnected || document.activeElement !== document.body || isStale) return;
    onFocusLost(Math.min(Number(gone.closest("[role=row]")?.ariaRowIndex) - 2, rows.length - 1), columnOfCell(cellOf(gone)));
  });
  useEffect(() => refocus(), [rows, isStale]);
  return ({ target }: FocusEvent) => void (focused.current = target);
}
