import { useQueryClient } from "@tanstack/react-query";
import type { EventRow } from "@daybook/event";
import { lazy, Suspense, useDeferredValue, useEffect, useImperativeHandle, useRef, useState, type CSSProperties, type ReactNode, type Ref } from "react";
import { useOrganization } from "../../../shell/organization.tsx";
import { useTRPC } from "../../../trpc.ts";
import { copyText } from "../../../ui/copy-text.ts";
import { ErrorPanel } from "../../../ui/state-panel.tsx";
import { toast } from "../../../ui/toast.tsx";
import { useNow } from "../../../ui/use-now.ts";
import { useZone } from "../../../ui/zone-context.ts";
import { offsetName } from "../../../ui/zone-time.ts";
import { filteredBy, filterOf } from "./cell-filter.ts";
import type { CellMenuPlace } from "./cell-menu.tsx";
import { columnOf, type ColumnId } from "./columns/index.ts";
import { placed, withWidth } from "./column-choice.ts";
import { EventRowView, LoadingRows, MissingRow } from "./event-row.tsx";
import { fittingWidth } from "./fitting-width.ts";
import { GridHeader } from "./grid-header.tsx";
import { layoutFor } from "./grid-layout.ts";
import { GridNotice } from "./grid-notice.tsx";
import { gridState } from "./grid-state.ts";
import { ListEnd } from "./list-end.tsx";
import { hasRange, isFiltered, type LogsSearch } from "../logs-search.ts";
import type { Events } from "./use-events.ts";
import { NewEventsButton } from "./new-events-button.tsx";
import { cellOf, columnOfCell, useGridKeys, walkCells } from "./use-grid-keys.ts";
import { useGridPointer } from "./use-grid-pointer.ts";
import type { Go } from "../use-logs-navigation.ts";
import type { Look } from "./use-look.ts";
import { useRowWindow } from "./use-row-window.ts";
import { useRefocus } from "./use-refocus.ts";
import { useSelection } from "./use-selection.ts";
import { useTouch } from "./use-touch.ts";
import { useWidth } from "./use-width.ts";

const CellMenu = lazy(async () => ({ default: (await import("./cell-menu.tsx")).CellMenu }));
const SelectionBar = lazy(async () => ({ default: (await import("./selection-bar.tsx")).SelectionBar }));

export interface EventGridHandle {
  toTop: () => void;
  step: (step: number) => void;
  focusActive: () => void;
}

interface EventGridProps {
  ref: Ref<EventGridHandle>;
  events: Events;
  look: Look;
  search: LogsSearch;
  teamId: string | undefined;
  onChange: Go;
  /** How many events match, where that is known exactly. */
  total: number | undefined;
  fresh: ReadonlySet<string>;
  /** For a screen reader, now and then: how many events are new. */
  spoken: string;
  waiting: { count: number; full: boolean };
  onShowNew: () => void;
  onOpen: (id: string | undefined, how?: "push" | "replace") => void;
  onTop: (atTop: boolean) => void;
  empty: ReactNode;
  /** Stands below the last row. */
  after: ReactNode;
}

const prefetchRows = 30;
const overscanRows = 8;

export function EventGrid({
  ref,
  events,
  look,
  search,
  teamId,
  onChange,
  total,
  fresh,
  spoken,
  waiting,
  onShowNew,
  onOpen,
  onTop,
  empty,
  after,
}: EventGridProps) {
  const zone = useZone();
  const now = useNow();
  const { slug } = useOrganization();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { query, list, state, rows, isStale } = events;
  const openId = search.event;
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const [activeId, setActiveId] = useState<string | undefined>(openId);
  const width = useWidth(scroller);
  const touches = useTouch();
  const [menu, setMenu] = useState<CellMenuPlace>();
  const selection = useSelection();
  // A drawer that opens is painted first: what it does to every row of the list follows in the frame behind. The first width is no change.
  const layout = layoutFor(useDeferredValue(width) || width, look.choice, useDeferredValue(look.density));
  const wanted = openId ?? activeId;
  const active = wanted === undefined ? -1 : rows.indexOf(wanted);
  const { from, to, height, indexes, rushes, scrollTo } = useRowWindow({
    scroller,
    count: rows.length,
    rowHeight: layout.rowHeight,
    overscan: overscanRows,
    kept: active,
  });
  const wantsMore = !state.isWhole && state.older.is === "idle" && !isStale && to + overscanRows >= rows.length - prefetchRows;
  useEffect(() => {
    if (wantsMore) void list?.loadOlder();
  }, [wantsMore, list]);
  useEffect(() => list?.lookAt(rows.slotOf(from), rows.slotOf(Math.min(to, rows.length - 1))), [list, rows, from, to]);

  // A link to an event shows it in its list, as far as the list is loaded.
  const shownOpen = useRef<string>(undefined);
  useEffect(() => {
    if (openId === undefined || active === -1 || shownOpen.current === openId) return;
    shownOpen.current = openId;
    scrollTo(active);
  }, [openId, active, scrollTo]);

  const focusFrame = useRef(0);
  const focusRow = (index: number, column?: ColumnId) => {
    const id = rows.at(index)?.id;
    if (!id) return;
    // In the next frame the row is there. Whoever went on through the cells meanwhile is not called back.
    const before = document.activeElement;
    cancelAnimationFrame(focusFrame.current);
    focusFrame.current = requestAnimationFrame(() => {
      if (document.activeElement !== before && grid.current?.contains(document.activeElement)) return;
      const row = scroller.current?.querySelector<HTMLElement>(`[data-event-id="${id}"]`);
      (row?.querySelector<HTMLElement>(`[data-col="${column}"]`) ?? row)?.focus({ preventScroll: true });
    });
  };
  const moveTo = (index: number, extend = false) => {
    const next = Math.min(Math.max(index, 0), rows.length - 1);
    const row = rows.at(next);
    if (next >= 0 && !row) scrollTo(next);
    if (!row) return;
    if (extend) {
      const begin = rows.at(active);
      if (selection.rows.size === 0 && begin) selection.toggle(begin);
      selection.extendTo(next, rows);
    }
    const column = columnOfCell(cellOf(document.activeElement));
    setActiveId(row.id);
    scrollTo(next);
    if (openId) onOpen(row.id, "replace");
    else focusRow(next, column);
  };
  const noteFocus = useRefocus({
    rows,
    isStale,
    onFocusLost: (index, column) => {
      setActiveId(rows.at(index)?.id);
      focusRow(index, column);
    },
  });
  useImperativeHandle(ref, () => ({
    toTop: () => scroller.current?.scrollTo({ top: 0 }),
    step: (step) => moveTo(active + step),
    focusActive: () => focusRow(active),
  }));

  const open = (row: EventRow | undefined) => {
    if (!row) return false;
    setActiveId(row.id);
    onOpen(row.id, openId ? "replace" : "push");
    return true;
  };
  const eventQuery = (id: string) => trpc.events.get.queryOptions({ id, ...(teamId && { teamId }) }, { staleTime: Infinity });
  const copyEvent = (row: EventRow | undefined) => {
    if (!row) return false;
    const copying = queryClient.fetchQuery(eventQuery(row.id)).then(({ event }) => copyText(JSON.stringify(event, null, 2)));
    void copying.then(
      () => toast("Event copied as JSON."),
      () => toast("The event could not be fetched."),
    );
    return true;
  };
  const openMenu = (row: EventRow | undefined, column: ColumnId, x: number, y: number) => {
    if (!row) return false;
    setActiveId(row.id);
    setMenu({ row, column, inside: rows.inside(row.id), isOpened: events.opened.has(row.id), x, y });
    return true;
  };
  useGridKeys({
    grid: scroller,
    active,
    count: rows.length,
    pageRows: Math.max(1, to - from - 1),
    moveTo,
    open: () => open(rows.at(active)),
    select: (extend) => {
      const row = rows.at(active);
      if (!row) return false;
      if (extend) selection.extendTo(active, rows);
      else selection.toggle(row);
      return true;
    },
    copy: () => copyEvent(rows.at(active)),
    menu: (cell) => {
      const row = rows.at(active);
      const box = (cell ?? scroller.current?.querySelector(`[data-event-id="${row?.id}"]`))?.getBoundingClientRect();
      return openMenu(row, columnOfCell(cell) ?? "event", (box?.left ?? 0) + 8, (box?.bottom ?? 0) - 4);
    },
    filter: (column, how) => {
      const row = rows.at(active);
      const filter = row && filterOf(row, column);
      if (!filter) return false;
      onChange(filteredBy(search, filter, how));
      return true;
    },
  });

  const pointer = useGridPointer({
    rows,
    selection,
    open,
    openApart: (row) => window.open(`/o/${slug}/events/${row.id}`, "_blank", "noopener"),
    openMenu,
    unfold: events.toggle,
    activate: setActiveId,
    expect: (id) => void queryClient.prefetchQuery(eventQuery(id)),
  });

  const resize = (id: ColumnId, next: number | undefined, done: boolean) => {
    const columns = withWidth(look.choice.columns, id, next);
    grid.current?.style.setProperty("--columns", layoutFor(width, { columns }, look.density).template);
    if (done) look.setColumns(columns, "replace");
  };
  const { panel, isEmpty, rowCount } = gridState(events, total);
  return (
    <section aria-label="Events" data-panel="events" data-state={panel} className="relative flex min-h-0 flex-1 flex-col">
      {query.isFetching && <div className="progress-line" aria-hidden />}
      <p className="sr-only" aria-live="polite">
        {spoken}
      </p>
      {waiting.count > 0 && <NewEventsButton {...waiting} onShow={onShowNew} />}
      {panel === "error" && <ErrorPanel error={query.error} what="The events" onRetry={() => void query.refetch()} />}
      {panel === "empty" && <div className="min-h-0 flex-1 overflow-y-auto">{empty}</div>}
      <div
        ref={scroller}
        data-scroller
        onScroll={(event) => onTop(event.currentTarget.scrollTop < layout.rowHeight)}
        className={`scroll-thin min-h-0 flex-1 overflow-y-auto ${panel === "empty" || panel === "error" ? "hidden" : ""}`}
      >
        {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its rows and cells have the focus */}
        <div
          ref={grid}
          role="grid"
          aria-label="Events, newest first"
          aria-busy={panel === "loading" || panel === "stale"}
          aria-multiselectable
          aria-rowcount={rowCount}
          aria-colcount={layout.lines === 2 ? 5 : layout.columns.length + 2}
          data-density={layout.rowHeight}
          style={{ "--columns": layout.template } as CSSProperties}
          {...pointer.handlers}
          onFocus={noteFocus}
          onKeyDown={walkCells}
        >
          <GridHeader
            layout={layout}
            titleOf={look.choice.titleOf}
            zone={offsetName(now, zone)}
            onResize={resize}
            columns={look.choice.columns}
            onDrop={(drop) => look.setColumns(placed(look.choice.columns, drop), "replace")}
            onFit={(id) => resize(id, columnOf(id).grows ? undefined : fittingWidth(grid.current, id), true)}
          />
          <div role="rowgroup" data-rows className={`relative ${isStale ? "opacity-60" : ""}`} style={{ height }}>
            {indexes.map((index) => {
              const row = rows.at(index);
              const [key, start] = [row?.id ?? `gap ${index}`, index * layout.rowHeight];
              if (!row) return <MissingRow key={key} index={index} top={start} height={layout.rowHeight} />;
              return (
                <EventRowView
                  key={key}
                  row={row}
                  index={index}
                  top={start}
                  layout={layout}
                  inside={rows.inside(row.id)}
                  isOpened={events.opened.has(row.id)}
                  isInside={rows.isInside(index)}
                  isOpen={row.id === openId}
                  isActive={index === active || (active === -1 && index === 0)}
                  isSelected={selection.rows.has(row.id)}
                  isFresh={fresh.has(row.id)}
                  rushes={rushes}
                  tools={touches || row.id === pointer.hovered || index === active ? "all" : selection.rows.size > 0 ? "box" : "none"}
                />
              );
            })}
          </div>
        </div>
        {query.isPending && <LoadingRows height={layout.rowHeight} />}
        {query.isSuccess && (
          <ListEnd
            older={state.older}
            isWhole={state.isWhole}
            isEmpty={isEmpty}
            isPart={isFiltered(search) || hasRange(search)}
            onMore={() => void list?.loadOlder()}
            onStop={() => list?.stop()}
          />
        )}
        {after}
      </div>
      {state.gapError !== undefined && <ErrorPanel dense error={state.gapError} what="Newer events" onRetry={() => list?.retryGaps()} />}
      <GridNotice
        busy={query.isFetching}
        cancelled={events.isCancelled}
        hasRows={rows.length > 0}
        onCancel={events.cancel}
        onAgain={() => void query.refetch()}
      />
      {selection.rows.size > 0 && (
        <Suspense>
          <SelectionBar selection={selection} teamId={teamId} />
        </Suspense>
      )}
      {menu && (
        <Suspense>
          <CellMenu
            at={menu}
            title={look.choice.titleOf(menu.column)}
            search={search}
            teamId={teamId}
            onChange={onChange}
            onCopyEvent={copyEvent}
            onUnfold={events.toggle}
            onClose={() => {
              setMenu(undefined);
              focusRow(rows.indexOf(menu.row.id), menu.column);
            }}
          />
        </Suspense>
      )}
    </section>
  );
}
