import { series, totalOf, type Brush, type Bucket } from "./histogram-scale.ts";

const fills = { success: "bar-ok", in_progress: "bar-progress", pending_approval: "bar-pending", failed: "bar-failed" } as const;
const height = 52;
// An only event among thousands still leaves a mark.
const seenMin = 1.5;

export function HistogramBars({ buckets, brush, hover }: { buckets: readonly Bucket[]; brush: Brush | null; hover: number | null }) {
  const most = Math.max(1, ...buckets.map(totalOf));
  const from = brush ? Math.min(brush.anchor, brush.head) : hover;
  const to = brush ? Math.max(brush.anchor, brush.head) : hover;
  return (
    <svg viewBox={`0 0 ${buckets.length} ${height}`} preserveAspectRatio="none" className="absolute inset-0 size-full" aria-hidden focusable="false">
      {from !== null && to !== null && <rect x={from} y={0} width={to - from + 1} height={height} fill="var(--selected)" />}
      {buckets.map((bucket, index) => (
        <Bar key={bucket.start} bucket={bucket} x={index} most={most} />
      ))}
    </svg>
  );
}

function Bar({ bucket, x, most }: { bucket: Bucket; x: number; most: number }) {
  let y = height;
  return series.map((status) => {
    const count = bucket[status];
    if (count === 0) return null;
    const tall = Math.max((count / most) * height, seenMin);
    y -= tall;
    return <rect key={status} x={x + 0.1} y={Math.max(y, 0)} width={0.8} height={tall} className={fills[status]} />;
  });
}
