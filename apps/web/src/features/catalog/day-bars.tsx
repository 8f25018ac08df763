import { plural } from "../../ui/numbers.ts";
import { useNow } from "../../ui/use-now.ts";
import { useZone } from "../../ui/zone-context.ts";
import { startOfDay } from "../../ui/zone-time.ts";

const daysShown = 30;
const dayMs = 86_400_000;
const height = 28;
/** An only event among thousands still leaves a mark. */
const seenMin = 2;

/** Events a day, today at the right. Days without any leave a gap on the base line. */
export function DayBars({ days }: { days: readonly { start: string; events: number }[] }) {
  const zone = useZone();
  const today = startOfDay(useNow(), zone);
  const counts = Array.from({ length: daysShown }, () => 0);
  for (const { start, events } of days) {
    // Rounded: a day with a change of the clock is an hour shorter or longer.
    const at = daysShown - 1 - Math.round((today - Date.parse(start)) / dayMs);
    if (at >= 0 && at < daysShown) counts[at] = events;
  }
  const most = Math.max(...counts);
  const total = counts.reduce((sum, count) => sum + count, 0);
  return (
    <figure>
      <svg
        viewBox={`0 0 ${daysShown} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${plural(total, "event")} in the last ${daysShown} days, at most ${most} in one`}
        className="h-7 w-full"
      >
        <rect x={0} y={height - 0.5} width={daysShown} height={0.5} fill="var(--control)" />
        {counts.map((count, at) => {
          const tall = count === 0 ? 0 : Math.max((count / most) * height, seenMin);
          return <rect key={at} x={at + 0.12} y={height - tall} width={0.76} height={tall} className="bar-ok" />;
        })}
      </svg>
      <figcaption className="mt-1 flex justify-between text-meta text-ink-3">
        <span>30 days ago</span>
        <span>{plural(total, "event")}</span>
        <span>Today</span>
      </figcaption>
    </figure>
  );
}
