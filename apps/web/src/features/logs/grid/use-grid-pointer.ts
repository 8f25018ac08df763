import type { EventRow } from "@daybook/event";
import { useState, type MouseEvent } from "react";
import type { ColumnId } from "./columns/index.ts";
import type { ShownRows } from "./fold.ts";
import { cellOf, columnOfCell } from "./use-grid-keys.ts";
import type { Selection } from "./use-selection.ts";

interface GridPointer {
  rows: ShownRows;
  selection: Selection;
  open: (row: EventRow) => void;
  openApart: (row: EventRow) => void;
  openMenu: (row: EventRow, column: ColumnId, x: number, y: number) => void;
  unfold: (id: string) => void;
  activate: (id: string) => void;
  /** The pointer is over it: it may be opened next. */
  expect: (id: string) => void;
}

/** The list hears for its rows what was pressed, and reads from the page which row, which cell and what for. */
export function useGridPointer({ rows, selection, open, openApart, openMenu, unfold, activate, expect }: GridPointer) {
  const [hovered, setHovered] = useState<string>();
  const pressed = ({ target }: { target: EventTarget }) => {
    if (!(target instanceof Element)) return null;
    const id = idOf(target);
    const index = id === undefined ? -1 : rows.indexOf(id);
    const row = rows.at(index);
    return row && { row, index, act: target.closest<HTMLElement>("[data-act]")?.dataset["act"], column: columnOfCell(cellOf(target)) };
  };
  const onClick = (event: MouseEvent) => {
    const hit = pressed(event);
    if (!hit) return;
    const { row, index, act } = hit;
    if (act === "select") {
      // A click on a label is followed by one on its box.
      if (!(event.target instanceof HTMLInputElement)) return;
      activate(row.id);
      if (event.shiftKey) selection.extendTo(index, rows);
      else selection.toggle(row);
    } else if (act === "menu") openMenu(row, "event", event.clientX, event.clientY);
    else if (act === "unfold") unfold(row.id);
    else if (event.ctrlKey || event.metaKey) openApart(row);
    // Who marked text with the mouse wants the text.
    else if (window.getSelection()?.isCollapsed !== false) open(row);
  };
  const onContextMenu = (event: MouseEvent) => {
    const hit = pressed(event);
    // Shift leaves the browser its own menu.
    if (!hit || event.shiftKey) return;
    event.preventDefault();
    openMenu(hit.row, hit.column ?? "event", event.clientX, event.clientY);
  };
  const onPointerOver = ({ target }: { target: EventTarget }) => {
    const id = target instanceof Element ? idOf(target) : undefined;
    if (id === hovered) return;
    setHovered(id);
    if (id) expect(id);
  };
  return { hovered, handlers: { onClick, onContextMenu, onPointerOver, onPointerLeave: () => setHovered(undefined) } };
}

const idOf = (target: Element): string | undefined => target.closest<HTMLElement>("[data-event-id]")?.dataset["eventId"];
