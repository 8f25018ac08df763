import { useId } from "react";
import { placeOf, totalOf, type Bar, type Brush } from "./histogram-scale.ts";
import { countOf, type Series } from "./histogram-series.ts";

const height = 52;
// An only event among thousands still leaves a mark.
const seenMin = 1.5;

interface HistogramBarsProps {
  bars: readonly Bar[];
  series: readonly Series[];
  brush: Brush | null;
  hover: number | null;
  /** Before this instant nothing can be known: purged, or not counted. */
  unknownBefore: number | null;
}

export function HistogramBars({ bars, series, brush, hover, unknownBefore }: HistogramBarsProps) {
  const id = useId();
  const from = brush ? Math.min(brush.anchor, brush.head) : hover;
  const to = brush ? Math.max(brush.anchor, brush.head) : hover;
  const shaded = unknownBefore === null ? 0 : placeOf(unknownBefore, bars);
  return (
    <svg viewBox={`0 0 ${bars.length} ${height}`} preserveAspectRatio="none" className="absolute inset-0 size-full" aria-hidden focusable="false">
      <defs>
        {/* Level stripes: the picture is stretched sideways, and slanted ones would be something else in each width. */}
        {series
          .filter(({ striped }) => striped)
          .map(({ className }) => (
            <pattern key={className} id={`${id}-${className}`} width="1" height="4" patternUnits="userSpaceOnUse">
              <rect width="1" height="2.6" className={className} />
            </pattern>
          ))}
      </defs>
      {shaded > 0 && <rect data-shaded x={0} y={0} width={shaded} height={height} fill="var(--hover)" />}
      {from !== null && to !== null && <rect x={from} y={0} width={to - from + 1} height={height} fill="var(--selected)" />}
      {stacksOf(bars, series).map((line, index) => {
        const { className, striped } = series[index] ?? { className: "", striped: false };
        return line === "" ? null : <path key={className} d={line} {...(striped ? { fill: `url(#${id}-${className})` } : { className })} />;
      })}
    </svg>
  );
}

/** The bars of each series as one shape: a hundred times four of their own were a quarter of the elements of the page. */
export function stacksOf(bars: readonly Bar[], series: readonly Series[]): string[] {
  const most = Math.max(1, ...bars.map(totalOf));
  const lines = series.map(() => "");
  bars.forEach((bar, x) => {
    let y = height;
    series.forEach((one, index) => {
      const count = countOf(one, bar);
      if (count === 0) return;
      const tall = Math.max((count / most) * height, seenMin);
      y -= tall;
      lines[index] += `M${short(x + 0.1)} ${short(Math.max(y, 0))}h0.8v${short(tall)}h-0.8z`;
    });
  });
  return lines;
}

const short = (length: number): number => Math.round(length * 100) / 100;
