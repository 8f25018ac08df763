import { useState } from "react";
import { plural, wholeNumber } from "../../../ui/numbers.ts";
import { totalOf, type Bar, type Brush } from "./histogram-scale.ts";
import { countOf, type Series } from "./histogram-series.ts";

/** What a stretch of the picture holds, in words. */
export function reading(bars: readonly Bar[], series: readonly Series[], { anchor, head }: Brush, label: (index: number) => string): string {
  const [first, last] = [Math.min(anchor, head), Math.max(anchor, head)];
  const chosen = bars.slice(first, last + 1);
  const total = chosen.reduce((sum, bar) => sum + totalOf(bar), 0);
  const when = first === last ? label(first) : `${label(first)} – ${label(last)}`;
  const parts = partsOf(chosen, series);
  return `${when} · ${plural(total, "event")}${parts === "" ? "" : ` · ${parts}`}`;
}

function partsOf(bars: readonly Bar[], series: readonly Series[]): string {
  const counted = series.map((one) => ({ one, count: bars.reduce((sum, bar) => sum + countOf(one, bar), 0) }));
  return counted
    .filter(({ count }) => count > 0)
    .map(({ one, count }) => `${wholeNumber(count)} ${one.label.toLowerCase()}`)
    .join(" · ");
}

/** For whoever does not see the picture: the table is there when it is asked for. A hundred rows that few read would be laid out again at every filter. */
export function HistogramNumbers(table: HistogramTableProps) {
  const [open, setOpen] = useState(false);
  return (
    // A table is as wide as its words, whatever is said of it: what holds it is what is not seen.
    <div className="sr-only">
      {/* Nobody who sees the picture comes by it: the bars themselves are walked with the arrow keys. */}
      <button type="button" tabIndex={-1} aria-expanded={open} onClick={() => setOpen(!open)}>
        The numbers of the bars as a table
      </button>
      {open && <HistogramTable {...table} />}
    </div>
  );
}

interface HistogramTableProps {
  bars: readonly Bar[];
  series: readonly Series[];
  by: string;
  label: (index: number) => string;
}

/** A bar in which nothing happened is left out: there would be a hundred of them. */
export function HistogramTable({ bars, series, by, label }: HistogramTableProps) {
  return (
    <table data-histogram-table>
      <caption>Events over time, by {by.toLowerCase()}; times without events are left out</caption>
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">Events</th>
        </tr>
      </thead>
      <tbody>
        {bars.map((bar, index) =>
          totalOf(bar) === 0 ? null : (
            <tr key={bar.start}>
              <th scope="row">{label(index)}</th>
              <td>{`${wholeNumber(totalOf(bar))}: ${partsOf([bar], series)}`}</td>
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}

/** Which look means what: a swatch, its stripes, and a word. */
export const HistogramLegend = ({ series, shaded }: { series: readonly Series[]; shaded: string | null }) => (
  <span className={`flex gap-3 text-ink-3 max-sm:text-caption ${shaded ? "max-sm:gap-1" : "max-sm:gap-2"}`}>
    {series.map(({ label, className, striped }) => (
      <span key={className} className="flex items-center gap-1 max-sm:gap-0.5">
        <svg aria-hidden viewBox="0 0 8 8" className="size-2">
          {striped ? (
            [0, 3, 6].map((y) => <rect key={y} y={y} width="8" height="2" className={className} />)
          ) : (
            <rect width="8" height="8" className={className} />
          )}
        </svg>
        {label}
      </span>
    ))}
    {shaded && (
      <span className="flex items-center gap-1 max-sm:gap-0.5">
        <span aria-hidden className="size-2 border border-control bg-hover" />
        {shaded}
      </span>
    )}
  </span>
);
