import type { KeyboardEvent as ReactKeyboardEvent, RefObject } from "react";
import { useKeys } from "../../../ui/use-keys.ts";
import { columnIds, type ColumnId } from "./columns/index.ts";

interface GridKeys {
  grid: RefObject<HTMLElement | null>;
  active: number;
  count: number;
  pageRows: number;
  moveTo: (index: number, extend: boolean) => void;
  open: () => boolean;
  select: (extend: boolean) => boolean;
  copy: () => boolean;
  menu: (cell: HTMLElement | null) => boolean;
  filter: (column: ColumnId, how: "include" | "exclude") => boolean;
}

/** The cell that has the focus, if one has. */
export const cellOf = (target: EventTarget | null): HTMLElement | null => (target instanceof Element ? target.closest<HTMLElement>("[data-col]") : null);
export const columnOfCell = (cell: HTMLElement | null): ColumnId | undefined => columnIds.find((id) => id === cell?.dataset["col"]);

const isControl = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("button, a, input, [role=slider], [role=separator], [role=toolbar]") !== null;

/** Keys of the list. Those that move it work from anywhere on the page; those of a cell need the focus in it. */
export function useGridKeys({ grid, active, count, pageRows, moveTo, open, select, copy, menu, filter }: GridKeys): void {
  const byCell = (how: "include" | "exclude") => (event: KeyboardEvent) => {
    const column = columnOfCell(cellOf(event.target));
    return column === undefined ? false : filter(column, how);
  };
  const move = (index: number) => (event: KeyboardEvent) => {
    if (event.target instanceof Element && event.target.closest("[role=slider], [role=separator]")) return false;
    moveTo(index, event.shiftKey);
    return true;
  };
  useKeys("events", {
    j: move(active + 1),
    k: move(active - 1),
    ArrowDown: move(active + 1),
    ArrowUp: move(active - 1),
    PageDown: move(active + pageRows),
    PageUp: move(active - pageRows),
    Home: move(0),
    End: move(count - 1),
    Enter: (event) => !isControl(event.target) && open(),
    o: () => open(),
    x: () => select(false),
    X: () => select(true),
    " ": (event) => !isControl(event.target) && grid.current?.contains(event.target as Node) === true && select(event.shiftKey),
    y: () => copy(),
    ".": (event) => menu(cellOf(event.target)),
    "+": byCell("include"),
    "-": byCell("exclude"),
  });
}

/** Left and right walk through the cells of a row; left of the first is the row itself. */
export function walkCells(event: ReactKeyboardEvent): void {
  if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
  const { target } = event;
  if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return;
  const row = target.closest<HTMLElement>("[data-event-id]");
  if (!row || isControl(target)) return;
  const cells = [...row.querySelectorAll<HTMLElement>("[data-col]")];
  const at = cells.indexOf(cellOf(target) as HTMLElement);
  const next = at + (event.key === "ArrowRight" ? 1 : -1);
  event.preventDefault();
  if (next < 0) row.focus({ preventScroll: true });
  else cells[Math.min(next, cells.length - 1)]?.focus({ preventScroll: true });
}
