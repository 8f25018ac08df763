import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState, type ReactNode, type Ref } from "react";
import { ErrorPanel } from "../../ui/state-panel.tsx";
import { useKeys } from "../../ui/use-keys.ts";
import { useZone } from "../../ui/zone-context.ts";
import { offsetName } from "../../ui/zone-time.ts";
import { EventRowView } from "./event-row.tsx";
import { layoutFor, type GridLayout } from "./grid-layout.ts";
import type { useEvents } from "./use-events.ts";

export interface EventGridHandle {
  toTop: () => void;
  step: (step: number) => void;
  focusActive: () => void;
}

interface EventGridProps {
  ref: Ref<EventGridHandle>;
  events: ReturnType<typeof useEvents>;
  total: number | undefined;
  fresh: ReadonlySet<string>;
  openId: string | undefined;
  waiting: number;
  onShowNew: () => void;
  onOpen: (id: string | undefined, how?: "push" | "replace") => void;
  onTop: (atTop: boolean) => void;
  empty: ReactNode;
  /** Stands below the last row. */
  after: ReactNode;
}

const prefetchRows = 30;
const overscanRows = 16;

export function EventGrid({ ref, events, total, fresh, openId, waiting, onShowNew, onOpen, onTop, empty, after }: EventGridProps) {
  // The virtualizer hands out functions that change behind the same identity; memoising them would freeze the list.
  "use no memo";
  const zone = useZone();
  const { query, rows, isStale } = events;
  const scroller = useRef<HTMLDivElement>(null);
  const [activeId, setActiveId] = useState<string | undefined>(openId);
  const [width, setWidth] = useState(0);
  const layout = layoutFor(width);
  const active = rows.findIndex(({ id }) => id === (openId ?? activeId));
  // oxlint-disable-next-line react/incompatible-library -- the directive above is the answer to it
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => layout.rowHeight,
    overscan: overscanRows,
    getItemKey: (index) => rows[index]?.id ?? index,
    // The active row stays mounted wherever the list is scrolled, so that focus never falls to the page.
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return active === -1 || shown.includes(active) ? shown : [...shown, active].sort((a, b) => a - b);
    },
  });

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    setWidth(element.clientWidth);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => virtual.measure(), [layout.rowHeight, virtual]);

  const lastShown = virtual.getVirtualItems().at(-1)?.index ?? 0;
  const wantsMore = query.hasNextPage && !query.isFetchingNextPage && !query.isFetchNextPageError && !isStale && lastShown >= rows.length - prefetchRows;
  const { fetchNextPage } = query;
  useEffect(() => {
    if (wantsMore) void fetchNextPage();
  }, [wantsMore, fetchNextPage]);

  const focusRow = (index: number) => {
    const id = rows[index]?.id;
    if (id) requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-event-id="${id}"]`)?.focus({ preventScroll: true }));
  };
  const moveTo = (index: number) => {
    const next = Math.min(Math.max(index, 0), rows.length - 1);
    const row = rows[next];
    if (!row) return;
    setActiveId(row.id);
    virtual.scrollToIndex(next);
    if (openId) onOpen(row.id, "replace");
    else focusRow(next);
  };
  const toTop = () => scroller.current?.scrollTo({ top: 0 });
  useImperativeHandle(ref, () => ({ toTop, step: (step) => moveTo(active + step), focusActive: () => focusRow(active) }));
  const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / layout.rowHeight) - 1);
  useKeys({
    j: () => moveTo(active + 1),
    k: () => moveTo(active - 1),
    ArrowDown: () => moveTo(active + 1),
    ArrowUp: () => moveTo(active - 1),
    PageDown: () => moveTo(active + pageRows),
    PageUp: () => moveTo(active - pageRows),
    Home: () => moveTo(0),
    End: () => moveTo(rows.length - 1),
    Enter: (event) => (event.target instanceof Element && event.target.closest("button, a, [role=slider]") ? false : openActive()),
    o: () => openActive(),
  });
  const openActive = () => {
    const row = rows[active];
    if (!row) return false;
    onOpen(row.id, openId ? "replace" : "push");
    return true;
  };

  const state = query.isPending ? "loading" : query.isError && rows.length === 0 ? "error" : isStale ? "stale" : rows.length === 0 ? "empty" : "ready";
  return (
    <section aria-label="Events" data-panel="events" data-state={state} className="relative flex min-h-0 flex-1 flex-col">
      {(state === "loading" || state === "stale") && <div className="progress-line" aria-hidden />}
      {waiting > 0 && (
        <button
          type="button"
          onClick={onShowNew}
          data-new-events={waiting}
          className="appear absolute top-10 left-1/2 z-10 h-7 -translate-x-1/2 rounded-full bg-accent px-3 font-medium text-on-accent shadow-overlay"
        >
          {waiting} new {waiting === 1 ? "event" : "events"} ↑
        </button>
      )}
      {state === "error" && <ErrorPanel error={query.error} what="The events" onRetry={() => void query.refetch()} />}
      {state === "empty" && <div className="min-h-0 flex-1 overflow-y-auto">{empty}</div>}
      <div
        ref={scroller}
        data-scroller
        onScroll={(event) => onTop(event.currentTarget.scrollTop < layout.rowHeight)}
        className={`scroll-thin min-h-0 flex-1 overflow-y-auto ${state === "empty" || state === "error" ? "hidden" : ""}`}
      >
        <div
          role="grid"
          aria-label="Events, newest first"
          aria-busy={state === "loading" || state === "stale"}
          aria-rowcount={total === undefined || query.isPending ? -1 : Math.max(total, rows.length) + 1}
          aria-colcount={layout.columns.length}
        >
          <HeaderRow layout={layout} zone={offsetName(Date.now(), zone)} />
          <div role="rowgroup" className={`relative ${isStale ? "opacity-60" : ""}`} style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, start, key }) => {
              const row = rows[index];
              return (
                row && (
                  <EventRowView
                    key={key}
                    row={row}
                    index={index}
                    top={start}
                    layout={layout}
                    isOpen={row.id === openId}
                    isActive={index === active || (active === -1 && index === 0)}
                    isFresh={fresh.has(row.id)}
                    onOpen={(id) => {
                      setActiveId(id);
                      onOpen(id, openId ? "replace" : "push");
                    }}
                  />
                )
              );
            })}
          </div>
        </div>
        {state === "loading" && <LoadingRows height={layout.rowHeight} />}
        <ListEnd query={query} count={rows.length} />
        {after}
      </div>
    </section>
  );
}

function HeaderRow({ layout, zone }: { layout: GridLayout; zone: string }) {
  if (layout.lines === 2) return null;
  return (
    <div role="rowgroup" className="sticky top-0 z-[3] bg-bg">
      <div
        role="row"
        aria-rowindex={1}
        className="grid h-7 items-center gap-3 border-b px-3 text-meta text-ink-3"
        style={{ gridTemplateColumns: layout.template }}
      >
        {layout.columns.map((column) => (
          <span key={column} role="columnheader" className="truncate">
            {column === "Time" ? `Time (${zone})` : column === "Status" && !layout.statusWord ? <span className="sr-only">Status</span> : column}
          </span>
        ))}
      </div>
    </div>
  );
}

const LoadingRows = ({ height }: { height: number }) => (
  <div aria-hidden>
    {Array.from({ length: 14 }, (_, index) => (
      <div key={index} className="flex items-center px-3" style={{ height }}>
        <div className="skeleton h-3" style={{ width: `${70 - ((index * 13) % 30)}%` }} />
      </div>
    ))}
  </div>
);

function ListEnd({ query, count }: { query: EventGridProps["events"]["query"]; count: number }) {
  if (query.isFetchNextPageError) return <ErrorPanel dense error={query.error} what="Older events" onRetry={() => void query.fetchNextPage()} />;
  if (count === 0) return null;
  return <p className="py-3 text-center text-meta text-ink-3">{query.hasNextPage ? "Loading older events…" : "The beginning of this list"}</p>;
}
