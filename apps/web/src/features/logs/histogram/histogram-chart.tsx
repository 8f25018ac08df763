import { ChevronDown, ZoomOut } from "lucide-react";
import { useState, type PointerEvent } from "react";
import { Button } from "../../../ui/button.tsx";
import { Menu, MenuChoice } from "../../../ui/menu.tsx";
import { useZone } from "../../../ui/zone-context.ts";
import { bucketLabel } from "./bucket-label.ts";
import { HistogramBars } from "./histogram-bars.tsx";
import { bucketAt, brushRange, moveBrush, type Bar, type Brush } from "./histogram-scale.ts";
import { seriesOf, stackingWords } from "./histogram-series.ts";
import { HistogramLegend, HistogramNumbers, reading } from "./histogram-words.tsx";
import { stackings, type Stacking } from "../logs-search.ts";

interface HistogramChartProps {
  bars: readonly Bar[];
  bucketSeconds: number;
  by: Stacking;
  isStale: boolean;
  /** Before this instant the picture says nothing, and why. */
  unknown: { before: number; word: string } | null;
  note: string | null;
  onBy: (by: Stacking) => void;
  onZoom: (range: { from: string; to: string }) => void;
  onReset?: () => void;
}

/** Drag, or Shift and the arrow keys, choose a stretch of time; letting go, or Enter, zooms to it. */
export function HistogramChart({ bars, bucketSeconds, by, isStale, unknown, note, onBy, onZoom, onReset }: HistogramChartProps) {
  const zone = useZone();
  const [brush, setBrush] = useState<Brush | null>(null);
  const [dragging, setDragging] = useState(false);
  const [hover, setHover] = useState<number | null>(null);
  const series = seriesOf(by, bars);
  const shown = brush ?? (hover === null ? null : { anchor: hover, head: hover });
  const label = (index: number) => bucketLabel(bars[index]?.start ?? Number.NaN, bucketSeconds, zone);

  const at = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return bucketAt((event.clientX - box.left) / box.width, bars.length);
  };
  const zoom = (chosen: Brush | null) => {
    const range = chosen && brushRange(bars, chosen);
    setBrush(null);
    setDragging(false);
    if (range) onZoom(range);
  };
  return (
    <div className="flex h-full flex-col px-3 pt-1.5">
      <div className="flex h-[26px] items-center gap-3 text-meta max-sm:gap-1">
        <p className="min-w-0 flex-1 truncate text-ink-2" data-histogram-reading>
          {shown ? reading(bars, series, shown, label) : <HistogramLegend series={series} shaded={unknown?.word ?? null} />}
        </p>
        {note && (
          <p role="note" className="shrink-0 text-pending max-sm:hidden">
            {note}
          </p>
        )}
        {onReset && (
          <Button size="dense" onClick={onReset} className="h-6">
            <ZoomOut size={12} aria-hidden />
            Reset zoom
          </Button>
        )}
        <StackedBy by={by} onBy={onBy} />
      </div>
      <div
        role="slider"
        tabIndex={0}
        aria-label="Events over time: arrow keys choose a bar, Shift extends, Enter zooms"
        aria-valuemin={1}
        aria-valuemax={bars.length}
        aria-valuenow={(brush?.head ?? 0) + 1}
        aria-valuetext={reading(bars, series, brush ?? { anchor: 0, head: 0 }, label)}
        data-bars={bars.length}
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
            setBrush(moveBrush(brush, event.key === "ArrowLeft" ? -1 : 1, event.shiftKey, bars.length));
          else if (event.key === "Enter" && brush) zoom(brush);
          else if (event.key === "Escape" && brush) setBrush(null);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        <HistogramBars bars={bars} series={series} brush={brush} hover={hover} unknownBefore={unknown?.before ?? null} />
      </div>
      <div aria-hidden className="flex justify-between border-t pt-0.5 text-caption text-ink-3">
        <span>{label(0)}</span>
        {bars.length > 2 && <span className="max-sm:hidden">{label(Math.floor(bars.length / 2))}</span>}
        <span>{label(bars.length - 1)}</span>
      </div>
      <HistogramNumbers bars={bars} series={series} by={stackingWords[by]} label={label} />
    </div>
  );
}

function StackedBy({ by, onBy }: { by: Stacking; onBy: (by: Stacking) => void }) {
  return (
    <Menu
      trigger={
        <Button size="dense" look="plain" className="h-6 px-1">
          <span className="sr-only">Bars stacked </span>
          <span className="max-sm:sr-only">by</span> {stackingWords[by].toLowerCase()}
          <ChevronDown size={12} aria-hidden />
        </Button>
      }
    >
      <MenuChoice label="Stack the bars by" value={by} options={stackings.map((value) => ({ value, label: stackingWords[value] }))} onChoose={onBy} />
    </Menu>
  );
}
