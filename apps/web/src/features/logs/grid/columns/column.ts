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
  /** The zone that times are told in. */
  zone: string;
}

/** A cell of one text in one element: a tenth of the work that marks, chips and buttons are to a browser. */
export interface PlainCell {
  text: string;
  /** Cuts off only what may be too long: each cut costs a tenth of drawing the row. */
  className: string;
  title?: string;
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
  /** The text in its place: all there is of most columns, and of the others what stands for it while the list rushes by. */
  plain: (cell: CellProps) => PlainCell;
  Cell?: (cell: CellProps) => ReactNode;
}
