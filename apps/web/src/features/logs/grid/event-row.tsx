import type { EventRow } from "@daybook/event";
import { MoreHorizontal } from "lucide-react";
import { memo, useState, type ReactNode } from "react";
import { actorName } from "../../../ui/actor-mark.tsx";
import { StatusMark, statusLooks } from "../../../ui/status-mark.tsx";
import { Time } from "../../../ui/time.tsx";
import { useZone } from "../../../ui/zone-context.ts";
import { columnOf, type ColumnId } from "./columns/index.ts";
import type { CellProps } from "./columns/column.ts";
import { Sentence } from "./columns/sentence.tsx";
import { sentenceOf, whatMore } from "./columns/sentence-words.ts";
import type { GridLayout } from "./grid-layout.ts";
import { wallText } from "./wall-text.ts";

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
  /** The list rushes by: a row that comes now is its texts alone, and whole when the list rests. One that is whole already stays so. */
  rushes: boolean;
}

/** One event. It hears nothing itself: the list reads from `data-act` and `data-col` what a click or a key was for, so that a row is drawn again only when it changed. */
export const EventRowView = memo(function EventRowView(props: EventRowProps) {
  const { row, index, top, layout, inside, isOpened, isInside, isOpen, isActive, isSelected, isFresh, tools, rushes } = props;
  const zone = useZone();
  const name = rowName(row, inside.length, zone);
  const [isWhole, setWhole] = useState(!rushes);
  if (!rushes && !isWhole) setWhole(true);
  const cell: CellProps = {
    row,
    inside,
    isOpened,
    statusWord: layout.statusWord,
    namesActor: layout.columns.includes("actor") || layout.columns.includes("user"),
    namesDuration: layout.columns.includes("duration"),
    zone,
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
        <TwoLines cell={cell} isWhole={isWhole} menu={menu} />
      ) : (
        <>
          {layout.columns.map((id) => (
            <Cell key={id} id={id} cell={cell} isWhole={isWhole} />
          ))}
          {isWhole && (
            <span role="gridcell" className="absolute inset-y-0 right-1 grid place-items-center">
              {menu}
            </span>
          )}
        </>
      )}
    </div>
  );
});

function Cell({ id, cell, isWhole }: { id: ColumnId; cell: CellProps; isWhole: boolean }) {
  const { plain, alignsEnd, Cell: Whole } = columnOf(id);
  if (Whole && isWhole)
    return (
      <span
        role="gridcell"
        tabIndex={-1}
        data-col={id}
        className={`inset-focus flex min-w-0 items-center gap-1.5 rounded-chip ${alignsEnd ? "justify-end" : ""}`}
      >
        <Whole {...cell} />
      </span>
    );
  const { text, className, title } = plain(cell);
  return (
    <span
      role="gridcell"
      tabIndex={-1}
      data-col={id}
      className={`inset-focus rounded-chip ${alignsEnd ? "text-right" : ""} ${className}`}
      title={isWhole ? title : undefined}
    >
      {text}
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

function TwoLines({ cell, isWhole, menu }: { cell: CellProps; isWhole: boolean; menu: ReactNode }) {
  const { row } = cell;
  return (
    <>
      <span role="gridcell" tabIndex={-1} data-col="event" className="inset-focus col-span-2 flex min-w-0 items-center gap-2 rounded-chip">
        {isWhole ? (
          <>
            <span className="flex min-w-0 flex-1 items-center gap-1.5">
              <Sentence {...cell} />
            </span>
            <StatusMark status={row.status} word={cell.statusWord} />
          </>
        ) : (
          <span className="truncate pl-5">{sentenceOf(row, cell.namesActor)}</span>
        )}
      </span>
      <span role="gridcell" className="row-span-2 grid place-items-center">
        {menu}
      </span>
      <span role="gridcell" tabIndex={-1} data-col="actor" className="inset-focus min-w-0 truncate rounded-chip text-meta text-ink-2">
        {[actorName(row.actor), cell.statusWord ? row.ip : null].filter(Boolean).join(" · ")}
      </span>
      <span role="gridcell" tabIndex={-1} data-col="time" className="inset-focus justify-self-end rounded-chip text-meta text-ink-2">
        {isWhole ? <Time at={row.occurred_at} /> : wallText(row.occurred_at, cell.zone)}
      </span>
    </>
  );
}

/** Heard first: what happened; then who, how it ended, and when. */
function rowName(row: EventRow, folded: number, zone: string): string {
  const more = whatMore(row);
  return [
    sentenceOf(row, true),
    ...(more ? [more] : []),
    actorName(row.actor),
    statusLooks[row.status].label,
    wallText(row.occurred_at, zone),
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
