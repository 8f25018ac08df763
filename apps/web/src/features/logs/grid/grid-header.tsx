import { Suspense } from "react";
import { lazyAfterRows } from "../../../ui/after-rows.ts";
import type { ChosenColumn, ColumnDrop } from "./column-choice.ts";
import { columnOf, type ColumnId } from "./columns/index.ts";
import type { GridLayout } from "./grid-layout.ts";
import { useColumnDrag } from "./use-column-drag.ts";

const ColumnEdge = lazyAfterRows(async () => ({ default: (await import("./column-edge.tsx")).ColumnEdge }));

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
              <Suspense>
                <ColumnEdge title={titleOf(id)} onResize={(width, done) => onResize(id, width, done)} onFit={() => onFit(id)} />
              </Suspense>
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
