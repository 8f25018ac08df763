import { wallTime, type EventRow } from "@daybook/event";
import { MoreHorizontal } from "lucide-react";
import { memo, type ReactNode } from "react";
import { actorName } from "../../../ui/actor-mark.tsx";
import { StatusMark, statusLooks } from "../../../ui/status-mark.tsx";
import { Time } from "../../../ui/time.tsx";
import { useZone } from "../../../ui/zone-context.ts";
import { clockText, dateText } from "../../../ui/zone-time.ts";
import { columnOf, type ColumnId } from "./columns/index.ts";
import type { CellProps } from "./columns/column.ts";
import { Sentence } from "./columns/sentence.tsx";
import { sentenceOf, whatMore } from "./columns/sentence-words.ts";
import type { GridLayout } from "./grid-layout.ts";

interface EventRowProps {
  row: EventRow;
  index: number;
  top: number;
  layout: GridLayout;
  inside: readonly EventRow[];
  isOpened: boolean;
  /** It stands inside the row above it. */
  isInside: boolean;
  isOpen: boolean;
  isActive: boolean;
  isSelected: boolean;
  isFresh: boolean;
  /** Where the reader is, the row has its box and its menu; while rows are being chosen, every row has its box. Hidden ones would only weigh on the page. */
  tools: "none" | "box" | "all";
}

/** One event. It hears nothing itself: the list reads from `data-act` and `data-col` what a click or a key was for, so that a row is drawn again only when it changed. */
export const EventRowView = memo(function EventRowView(props: EventRowProps) {
  const { row, index, top, layout, inside, isOpened, isInside, isOpen, isActive, isSelected, isFresh, tools } = props;
  const name = useRowName(row, inside.length);
  const cell: CellProps = {
    row,
    inside,
    isOpened,
    statusWord: layout.statusWord,
    namesActor: layout.columns.includes("actor") || layout.columns.includes("user"),
    namesDuration: layout.columns.includes("duration"),
  };
  const menu = tools === "all" && <MenuButton name={row.description} />;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      aria-current={isOpen || undefined}
      aria-label={name}
      tabIndex={isActive ? 0 : -1}
      data-event-id={row.id}
      className={`event-row inset-focus absolute inset-x-0 grid cursor-default content-center items-center gap-x-3 gap-y-0.5 border-b px-3 ${isOpen || isSelected ? "bg-selected" : "hover:bg-hover"} ${isFresh ? "row-new" : ""} ${isInside ? "shadow-[inset_3px_0_0_var(--control)]" : ""}`}
      style={{ gridTemplateColumns: "var(--columns)", height: layout.rowHeight, transform: `translateY(${top}px)` }}
    >
      <span role="gridcell" className={layout.lines === 2 ? "row-span-2" : undefined}>
        {tools !== "none" && <SelectBox isSelected={isSelected} name={row.description} />}
      </span>
      {layout.lines === 2 ? (
        <TwoLines cell={cell} menu={menu} />
      ) : (
        <>
          {layout.columns.map((id) => (
            <Cell key={id} id={id} cell={cell} />
          ))}
          <span role="gridcell" className="absolute inset-y-0 right-1 grid place-items-center">
            {menu}
          </span>
        </>
      )}
    </div>
  );
});

function Cell({ id, cell }: { id: ColumnId; cell: CellProps }) {
  const column = columnOf(id);
  return (
    <span role="gridcell" tabIndex={-1} data-col={id} className={`inset-focus flex min-w-0 items-center rounded-chip ${column.alignsEnd ? "justify-end" : ""}`}>
      <column.Cell {...cell} />
    </span>
  );
}

const SelectBox = ({ isSelected, name }: { isSelected: boolean; name: string }) => (
  <label data-act="select" className="-m-1 grid size-7 place-items-center">
    <input type="checkbox" tabIndex={-1} checked={isSelected} readOnly aria-label={`Select: ${name}`} className="size-3.5 accent-[var(--accent)]" />
  </label>
);

const MenuButton = ({ name }: { name: string }) => (
  <button
    type="button"
    tabIndex={-1}
    data-act="menu"
    aria-haspopup="menu"
    aria-label={`What can be done with: ${name}`}
    title="Include, exclude, copy… (.)"
    className="grid size-6 place-items-center rounded-control bg-bg text-ink-2 hover:bg-selected hover:text-ink"
  >
    <MoreHorizontal size={14} aria-hidden />
  </button>
);

function TwoLines({ cell, menu }: { cell: CellProps; menu: ReactNode }) {
  const { row } = cell;
  return (
    <>
      <span role="gridcell" tabIndex={-1} data-col="event" className="inset-focus col-span-2 flex min-w-0 items-center gap-2 rounded-chip">
        <Sentence {...cell} />
        <StatusMark status={row.status} word={cell.statusWord} />
      </span>
      <span role="gridcell" className="row-span-2 grid place-items-center">
        {menu}
      </span>
      <span role="gridcell" tabIndex={-1} data-col="actor" className="inset-focus min-w-0 truncate rounded-chip text-meta text-ink-2">
        {[actorName(row.actor), cell.statusWord ? row.ip : null].filter(Boolean).join(" · ")}
      </span>
      <span role="gridcell" tabIndex={-1} data-col="time" className="inset-focus justify-self-end rounded-chip text-meta text-ink-2">
        <Time at={row.occurred_at} />
      </span>
    </>
  );
}

/** Heard first: what happened; then who, how it ended, and when. */
function useRowName(row: EventRow, folded: number): string {
  const zone = useZone();
  const wall = wallTime(Date.parse(row.occurred_at), zone);
  const more = whatMore(row);
  return [
    sentenceOf(row, true),
    ...(more ? [more] : []),
    actorName(row.actor),
    statusLooks[row.status].label,
    `${dateText(wall)} ${clockText(wall)}`,
    ...(folded > 0 ? [`${folded + 1} events in one row`] : []),
  ].join(", ");
}

/** Stands where a row was let go while it is fetched again. */
export function MissingRow({ index, top, height }: { index: number; top: number; height: number }) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className="event-row absolute inset-x-0 flex items-center border-b px-3"
      style={{ height, transform: `translateY(${top}px)` }}
    >
      <span role="gridcell" className="flex-1">
        <span className="sr-only">Being fetched again</span>
        <span aria-hidden className="skeleton block h-3" style={{ width: `${70 - ((index * 13) % 30)}%` }} />
      </span>
    </div>
  );
}

/** Lines in the geometry of the rows that are coming. */
export const LoadingRows = ({ height }: { height: number }) => (
  <div aria-hidden>
    {Array.from({ length: 14 }, (_, index) => (
      <div key={index} className="flex items-center px-3" style={{ height }}>
        <div className="skeleton h-3" style={{ width: `${70 - ((index * 13) % 30)}%` }} />
      </div>
    ))}
  </div>
);
