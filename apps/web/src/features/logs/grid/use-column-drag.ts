import { useEffect, useRef, useState, type PointerEvent } from "react";
import { moves, type ChosenColumn, type ColumnDrop } from "./column-choice.ts";
import { columnIds, type ColumnId } from "./columns/index.ts";

/** A hand that clicks moves a little too. */
const dragFromPx = 6;

/** A column that is taken by its title with the mouse and put down beside another. The keyboard orders columns in their dialog; a finger on the titles scrolls. */
export function useColumnDrag(columns: readonly ChosenColumn[], onDrop: (drop: ColumnDrop) => void) {
  const taken = useRef<{ id: ColumnId; x: number } | null>(null);
  const [dragged, setDragged] = useState<ColumnId>();
  const [drop, setDrop] = useState<ColumnDrop>();
  const letGo = () => {
    taken.current = null;
    setDragged(undefined);
    setDrop(undefined);
  };
  const isDragging = dragged !== undefined;
  useEffect(() => {
    if (!isDragging) return;
    const cancel = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      letGo();
    };
    addEventListener("keydown", cancel, true);
    return () => removeEventListener("keydown", cancel, true);
  }, [isDragging]);

  return {
    dragged,
    /** Where the column would land; absent where that is where it stands. */
    drop,
    handlers: (id: ColumnId) => ({
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button !== 0 || event.pointerType === "touch" || (event.target as Element).closest("[role=separator]")) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        taken.current = { id, x: event.clientX };
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        const { current } = taken;
        if (!current || (!isDragging && Math.abs(event.clientX - current.x) < dragFromPx)) return;
        setDragged(current.id);
        const over = besideOf(event.currentTarget.parentElement, event.clientX);
        const next = over && { id: current.id, ...over };
        setDrop(next && moves(columns, next) ? next : undefined);
      },
      onPointerUp: () => {
        if (drop) onDrop(drop);
        letGo();
      },
      onPointerCancel: letGo,
    }),
  };
}

/** The title that a pointer is nearest to, and on which side of its middle. */
function besideOf(row: HTMLElement | null, x: number): Pick<ColumnDrop, "target" | "side"> | undefined {
  const heads = [...(row?.querySelectorAll<HTMLElement>("[data-head]") ?? [])].map((head) => ({
    id: head.dataset["head"],
    rect: head.getBoundingClientRect(),
  }));
  const away = ({ left, right }: DOMRect) => Math.max(left - x, x - right, 0);
  const [nearest] = heads.toSorted((a, b) => away(a.rect) - away(b.rect));
  const target = columnIds.find((id) => id === nearest?.id);
  return nearest && target && { target, side: x < nearest.rect.left + nearest.rect.width / 2 ? "before" : "after" };
}
