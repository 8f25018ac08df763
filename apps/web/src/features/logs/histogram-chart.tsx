import { ZoomOut } from "lucide-react";
import { useState, type PointerEvent } from "react";
import { Button } from "../../ui/button.tsx";
import { wholeNumber } from "../../ui/numbers.ts";
import { useZone } from "../../ui/zone-context.ts";
import { statusLooks } from "../../ui/status-mark.tsx";
import { bucketAt, brushRange, moveBrush, series, totalOf, type Brush, type Bucket } from "./histogram-scale.ts";
import { HistogramBars } from "./histogram-bars.tsx";
import { bucketLabel } from "./bucket-label.ts";

interface HistogramChartProps {
  buckets: readonly Bucket[];
  bucketSeconds: number;
  isStale: boolean;
  onZoom: (range: { from: string; to: string }) => void;
  onReset?: () => void;
}

/** Drag, or Shift and the arrow keys, choose a stretch of time; letting go, or Enter, zooms to it. */
export function HistogramChart({ buckets, bucketSeconds, isStale, onZoom, onReset }: HistogramChartProps) {
  const zone = useZone();
  const [brush, setBrush] = useState<Brush | null>(null);
  const [dragging, setDragging] = useState(false);
  const [hover, setHover] = useState<number | null>(null);
  const shown = brush ?? (hover === null ? null : { anchor: hover, head: hover });
  const label = (index: number) => bucketLabel(buckets[index]?.start ?? "", bucketSeconds, zone);

  const at = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return bucketAt((event.clientX - box.left) / box.width, buckets.length);
  };
  const zoom = (chosen: Brush | null) => {
    const range = chosen && brushRange(buckets, bucketSeconds, chosen);
    setBrush(null);
    setDragging(false);
    if (range) onZoom(range);
  };
  return (
    <div className="flex h-full flex-col px-3 pt-1.5">
      <div className="flex h-[26px] items-center gap-3 text-meta">
        <p className="min-w-0 flex-1 truncate text-ink-2" data-histogram-reading>
          {shown ? reading(buckets, shown, label) : <Legend />}
        </p>
        {onReset && (
          <Button size="dense" onClick={onReset} className="h-6">
            <ZoomOut size={12} aria-hidden />
            Reset zoom
          </Button>
        )}
      </div>
      <div
        role="slider"
        tabIndex={0}
        aria-label="Events over time: arrow keys choose a bar, Shift extends, Enter zooms"
        aria-valuemin={1}
        aria-valuemax={buckets.length}
        aria-valuenow={(brush?.head ?? 0) + 1}
        aria-valuetext={reading(buckets, brush ?? { anchor: 0, head: 0 }, label)}
        className={`relative h-[52px] cursor-crosshair touch-pan-y ${isStale ? "opacity-60" : ""}`}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          const index = at(event);
          setDragging(true);
          setBrush({ anchor: index, head: index });
        }}
        onPointerMove={(event) => {
          const index = at(event);
          setHover(index);
          if (dragging && brush) setBrush({ ...brush, head: index });
        }}
        onPointerUp={() => dragging && zoom(brush)}
        onPointerCancel={() => {
          setDragging(false);
          setBrush(null);
        }}
        onPointerLeave={() => setHover(null)}
        onBlur={() => setBrush(null)}
        onKeyDown={(event) => {
          if (event.key === "ArrowLeft" || event.key === "ArrowRight")
            setBrush(moveBrush(brush, event.key === "ArrowLeft" ? -1 : 1, event.shiftKey, buckets.length));
          else if (event.key === "Enter" && brush) zoom(brush);
          else if (event.key === "Escape" && brush) setBrush(null);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        <HistogramBars buckets={buckets} brush={brush} hover={hover} />
      </div>
      <div aria-hidden className="flex justify-between border-t pt-0.5 text-caption text-ink-3">
        <span>{label(0)}</span>
        {buckets.length > 2 && <span className="max-sm:hidden">{label(Math.floor(buckets.length / 2))}</span>}
        <span>{label(buckets.length - 1)}</span>
      </div>
    </div>
  );
}

function reading(buckets: readonly Bucket[], { anchor, head }: Brush, label: (index: number) => string): string {
  const [first, last] = [Math.min(anchor, head), Math.max(anchor, head)];
  const chosen = buckets.slice(first, last + 1);
  const parts = series.flatMap((status) => {
    const count = chosen.reduce((sum, bucket) => sum + bucket[status], 0);
    return count === 0 ? [] : [`${wholeNumber(count)} ${statusLooks[status].label.toLowerCase()}`];
  });
  const total = wholeNumber(chosen.reduce((sum, bucket) => sum + totalOf(bucket), 0));
  const when = first === last ? label(first) : `${label(first)} – ${label(last)}`;
  return `${when} · ${total} events${parts.length > 0 ? ` · ${parts.join(" · ")}` : ""}`;
}

const swatches = { success: "var(--bar-ok)", in_progress: "var(--bar-progress)", pending_approval: "var(--bar-pending)", failed: "var(--bar-failed)" };

const Legend = () => (
  <span className="flex gap-3 text-ink-3">
    {series.map((status) => (
      <span key={status} className="flex items-center gap-1">
        <span aria-hidden className="size-2 rounded-[2px]" style={{ background: swatches[status] }} />
        {statusLooks[status].label}
      </span>
    ))}
  </span>
);
