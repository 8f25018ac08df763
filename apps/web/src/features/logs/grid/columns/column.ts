import type { EventRow } from "@daybook/event";
import type { KeyName } from "@daybook/query";
import type { ReactNode } from "react";

/** What a cell may look at. */
export interface CellProps {
  row: EventRow;
  /** Events that are folded into this row. */
  inside: readonly EventRow[];
  isOpened: boolean;
  /** Whether something beside the sentence says who did it. */
  namesActor: boolean;
  /** Whether something beside the sentence says how long it took. */
  namesDuration: boolean;
  statusWord: boolean;
}

/** What the events that share a cell's value have in common, as a search says it. */
export interface CellFilter {
  key: KeyName;
  value: string;
}

/** One column of the list. A new one is a value of this type in `index.ts`. */
export interface Column {
  title: string;
  /** In pixels: how wide it would like to be, and how narrow it may become. */
  width: number;
  min: number;
  /** Takes the room that the others leave. */
  grows?: true;
  /** When room is short, the highest leaves first; without it the column stays. */
  leaves?: number;
  alignsEnd?: true;
  /** The value as it is copied. */
  text: (row: EventRow) => string;
  filter?: (row: EventRow) => CellFilter | null;
  Cell: (props: CellProps) => ReactNode;
}
