import { useRef } from "react";
import { clampWidth, widthMax, widthMin, type ChosenColumn, type ColumnDrop } from "./column-choice.ts";
import { columnOf, type ColumnId } from "./columns/index.ts";
import type { GridLayout } from "./grid-layout.ts";
import { useColumnDrag } from "./use-column-drag.ts";

interface GridHeaderProps {
  layout: GridLayout;
  titleOf: (id: ColumnId) => string;
  /** The zone that the times are told in. */
  zone: string;
  /** While a column's edge is dragged the list follows it; at the end the width is kept. Undefined: as wide as fits. */
  onResize: (id: ColumnId, width: number | undefined, done: boolean) => void;
  onFit: (id: ColumnId) => void;
  /** Every column that was chosen, also where there is no room for it. */
  columns: readonly ChosenColumn[];
  onDrop: (drop: ColumnDrop) => void;
}

/** Two lines have no columns to head: then only a screen reader hears the names. */
export function GridHeader({ layout, titleOf, zone, onResize, onFit, columns, onDrop }: GridHeaderProps) {
  const drag = useColumnDrag(columns, onDrop);
  const title = (id: ColumnId) => (id === "time" || id === "received" ? `${titleOf(id)} (${zone})` : titleOf(id));
  const heads = layout.lines === 2 ? (["event", "actor", "time"] as const) : layout.columns;
  return (
    <div role="rowgroup" className={layout.lines === 2 ? "sr-only" : "sticky top-0 z-[3] bg-bg"}>
      <div
        role="row"
        aria-rowindex={1}
        className="grid h-7 items-center gap-3 border-b px-3 text-meta text-ink-3"
        style={{ gridTemplateColumns: "var(--columns)" }}
      >
        <span role="columnheader">
          <span className="sr-only">Select</span>
        </span>
        {heads.map((id) => (
          <span
            key={id}
            role="columnheader"
            data-head={id}
            {...(layout.lines === 1 && drag.handlers(id))}
            className={`group/head relative flex h-full min-w-0 items-center select-none ${drag.dragged === undefined ? "cursor-grab" : "cursor-grabbing"} ${drag.dragged === id ? "opacity-50" : ""} ${columnOf(id).alignsEnd && layout.lines === 1 ? "justify-end" : ""}`}
          >
            {drag.drop?.target === id && (
              <span
                aria-hidden
                data-drop
                className={`absolute inset-y-0 z-[2] w-0.5 bg-accent ${drag.drop.side === "before" ? "-left-[7px]" : "-right-[7px]"}`}
              />
            )}
            <span className={id === "status" && !layout.statusWord ? "sr-only" : "truncate"}>{title(id)}</span>
            {layout.lines === 1 && (layout.statusWord || id !== "status") && (
              <Edge title={titleOf(id)} onResize={(width, done) => onResize(id, width, done)} onFit={() => onFit(id)} />
            )}
          </span>
        ))}
        <span role="columnheader" className="absolute right-0">
          <span className="sr-only">Actions</span>
        </span>
      </div>
    </div>
  );
}

const stepPx = 8;
const leapPx = 40;

/** The edge of a column: dragged, moved with the arrow keys, and with two clicks or Enter as wide as its content. */
function Edge({ title, onResize, onFit }: { title: string; onResize: (width: number, done: boolean) => void; onFit: () => void }) {
  const edge = useRef<HTMLSpanElement>(null);
  const drag = useRef<{ x: number; width: number } | null>(null);
  const widthNow = () => Math.round(edge.current?.parentElement?.getBoundingClientRect().width ?? widthMin);
  const dragged = (x: number) => clampWidth((drag.current?.width ?? widthMin) + x - (drag.current?.x ?? x));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a separator that can be moved is a control
    <span
      ref={edge}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={`Width of ${title}`}
      aria-valuemin={widthMin}
      aria-valuemax={widthMax}
      aria-valuenow={widthMin}
      onFocus={(event) => event.currentTarget.setAttribute("aria-valuenow", String(widthNow()))}
      className="inset-focus absolute inset-y-0 -right-2 z-[1] w-3 cursor-col-resize touch-none after:absolute after:inset-y-1.5 after:left-[5px] after:w-px after:bg-hairline hover:after:bg-accent focus-visible:after:bg-accent"
      onDoubleClick={onFit}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { x: event.clientX, width: widthNow() };
      }}
      onPointerMove={(event) => drag.current && onResize(dragged(event.clientX), false)}
      onPointerUp={(event) => {
        const moved = drag.current !== null && event.clientX !== drag.current.x;
        const width = dragged(event.clientX);
        drag.current = null;
        if (moved) onResize(width, true);
      }}
      onPointerCancel={() => (drag.current = null)}
      onKeyDown={(event) => {
        const by = (event.shiftKey ? leapPx : stepPx) * (event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0);
        if (by === 0 && event.key !== "Enter") return;
        event.preventDefault();
        event.stopPropagation();
        if (by === 0) return onFit();
        const width = clampWidth(widthNow() + by);
        event.currentTarget.setAttribute("aria-valuenow", String(width));
        onResize(width, true);
      }}
    />
  );
}
