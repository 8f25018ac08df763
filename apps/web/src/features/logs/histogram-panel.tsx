import type { UseQueryResult } from "@tanstack/react-query";
import { ErrorPanel } from "../../ui/state-panel.tsx";
import { HistogramChart } from "./histogram-chart.tsx";
import { fillBuckets, padBuckets, type Histogram } from "./histogram-scale.ts";

const barsMin = 36;

interface HistogramPanelProps {
  query: UseQueryResult<Histogram, unknown>;
  /** The range has no beginning of its own: the picture may begin earlier than the first event. */
  open: boolean;
  onZoom: (range: { from: string; to: string }) => void;
  onReset?: () => void;
}

/** A failed histogram says so in its own 96 pixels; the rows below do not notice. */
export function HistogramPanel({ query, open, onZoom, onReset }: HistogramPanelProps) {
  const state = query.isPlaceholderData ? "stale" : query.data ? "ready" : query.isError ? "error" : "loading";
  const filled = query.data ? fillBuckets(query.data) : [];
  const buckets = open && query.data ? padBuckets(filled, query.data.bucketSeconds, barsMin) : filled;
  return (
    <section aria-label="Events over time" data-panel="histogram" data-state={state} className="relative h-[108px] shrink-0 border-b">
      {(state === "stale" || (state === "loading" && query.isFetching)) && <div className="progress-line" aria-hidden />}
      {state === "error" && <ErrorPanel dense error={query.error} what="The histogram" onRetry={() => void query.refetch()} />}
      {query.data && buckets.length > 0 && (
        <HistogramChart
          buckets={buckets}
          bucketSeconds={query.data.bucketSeconds}
          isStale={state === "stale"}
          onZoom={onZoom}
          {...(onReset ? { onReset } : {})}
        />
      )}
      {query.data && buckets.length === 0 && <p className="grid h-full place-items-center text-meta text-ink-3">No events to draw</p>}
    </section>
  );
}
