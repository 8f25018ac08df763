import type { EventRow } from "@daybook/event";
import { useRef, useState } from "react";
import { toast } from "../../../ui/toast.tsx";
import type { ShownRows } from "./fold.ts";

/** What is copied or compared is fetched in full, one by one. */
const selectedMax = 200;

export interface Selection {
  rows: ReadonlyMap<string, EventRow>;
  toggle: (row: EventRow) => void;
  /** From the row that was chosen last up to this one. */
  extendTo: (index: number, shown: ShownRows) => void;
  clear: () => void;
}

/** Rows that were chosen, kept even while the list lets them go. */
export function useSelection(): Selection {
  const [rows, setRows] = useState<ReadonlyMap<string, EventRow>>(new Map());
  const anchor = useRef<string>(undefined);
  const keep = (next: Map<string, EventRow>) => {
    if (next.size > selectedMax) return toast(`${selectedMax} events are the most that can be selected. Export takes all that match.`);
    setRows(next);
  };
  return {
    rows,
    toggle: (row) => {
      const next = new Map(rows);
      if (!next.delete(row.id)) next.set(row.id, row);
      anchor.current = row.id;
      keep(next);
    },
    extendTo: (index, shown) => {
      const from = anchor.current === undefined ? -1 : shown.indexOf(anchor.current);
      const [low, high] = from === -1 ? [index, index] : [Math.min(from, index), Math.max(from, index)];
      const next = new Map(rows);
      for (let at = low; at <= high && next.size <= selectedMax; at += 1) {
        const row = shown.at(at);
        if (row) next.set(row.id, row);
      }
      if (from === -1) anchor.current = shown.at(index)?.id;
      keep(next);
    },
    clear: () => setRows(new Map()),
  };
}
