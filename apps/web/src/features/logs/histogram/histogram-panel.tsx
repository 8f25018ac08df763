import type { UseQueryResult } from "@tanstack/react-query";
import { Suspense, useMemo } from "react";
import { lazyAfterRows } from "../../../ui/after-rows.ts";
import { ErrorPanel } from "../../../ui/state-panel.tsx";
import { useNow } from "../../../ui/use-now.ts";
import { useZone } from "../../../ui/zone-context.ts";
import { barsOf, type Asked, type Histogram } from "./histogram-scale.ts";
import type { Stacking } from "../logs-search.ts";
import { momentText } from "../time/time-range.ts";

const HistogramChart = lazyAfterRows(async () => ({ default: (await import("./histogram-chart.tsx")).HistogramChart }));

interface HistogramPanelProps {
  query: UseQueryResult<Histogram, unknown>;
  asked: Asked;
  by: Stacking;
  /** Where what is kept begins; null where that is not known. */
  purgedBefore: number | null;
  onBy: (by: Stacking) => void;
  onZoom: (range: { from: string; to: string }) => void;
  onReset?: () => void;
}

/** A failed histogram says so in its own 108 pixels; the rows below do not notice. */
export function HistogramPanel({ query, asked: { from, to }, by, purgedBefore, onBy, onZoom, onReset }: HistogramPanelProps) {
  const zone = useZone();
  const now = useNow();
  const { data } = query;
  const state = query.isPlaceholderData ? "stale" : data ? "ready" : query.isError ? "error" : "loading";
  // While another range is asked for, the picture is still the one of the range before: it is drawn over the span of its own bars.
  const stale = query.isPlaceholderData;
  // Kept while neither changes, which the panel's other inputs do on every click: a hundred bars and the table of their numbers are drawn from it.
  const bars = useMemo(() => (data ? barsOf(data, stale ? spanOf(data) : { ...(from && { from }), ...(to && { to }) }) : []), [data, stale, from, to]);
  const countedFrom = data?.exact === false && data.countedFrom ? Date.parse(data.countedFrom) : null;
  return (
    <section aria-label="Events over time" data-panel="histogram" data-state={state} className="rests relative h-[108px] shrink-0 border-b">
      {(state === "stale" || (state === "loading" && query.isFetching)) && <div className="progress-line" aria-hidden />}
      {state === "error" && <ErrorPanel dense error={query.error} what="The histogram" onRetry={() => void query.refetch()} />}
      {data && bars.length > 0 && (
        <Suspense>
          <HistogramChart
            bars={bars}
            bucketSeconds={data.bucketSeconds}
            by={by}
            isStale={state === "stale"}
            unknown={countedFrom === null ? purgedPart(purgedBefore, bars[0]?.start) : { before: countedFrom, word: "Not counted" }}
            note={countedFrom === null ? null : `Counted back to ${momentText(countedFrom, zone, now)} only; there are more events before it`}
            onBy={onBy}
            onZoom={onZoom}
            {...(onReset ? { onReset } : {})}
          />
        </Suspense>
      )}
      {data && bars.length === 0 && <p className="grid h-full place-items-center text-meta text-ink-3">No events to draw</p>}
    </section>
  );
}

const purgedPart = (before: number | null, start = Infinity): { before: number; word: string } | null =>
  before !== null && start < before ? { before, word: "Purged" } : null;

function spanOf({ buckets, bucketSeconds }: Histogram): Asked {
  const [first, last] = [buckets[0], buckets.at(-1)];
  return first && last ? { from: first.start, to: new Date(Date.parse(last.start) + bucketSeconds * 1000).toISOString() } : {};
}
