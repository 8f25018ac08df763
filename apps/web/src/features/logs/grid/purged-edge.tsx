import { plural } from "../../../ui/numbers.ts";
import { useNow } from "../../../ui/use-now.ts";
import { useZone } from "../../../ui/zone-context.ts";
import type { Asked } from "../histogram/histogram-scale.ts";
import { momentText } from "../time/time-range.ts";
import { useKept, type Kept } from "../time/use-kept.ts";

/** Below the last row, where the list ends because the log does: nobody should take what was purged for what never happened. */
export function PurgedEdge({ asked }: { asked: Asked }) {
  const zone = useZone();
  const now = useNow();
  const words = purgedWords(useKept(), asked, (instant) => momentText(instant, zone, now));
  if (words === null) return null;
  return (
    <p role="note" data-purged-edge className="border-t border-dashed border-control bg-surface px-3 py-2 text-center text-meta text-ink-2">
      {words}
    </p>
  );
}

/** Null where the range does not reach what was purged, or nothing was. */
export function purgedWords({ purged }: Kept, { from }: Asked, moment: (instant: number) => string): string | null {
  if (purged === null || (from !== undefined && Date.parse(from) >= purged.before)) return null;
  return `Events before ${moment(purged.before)} were purged by the policy of ${plural(purged.days, "day")}.`;
}
