import type { EventRow } from "@daybook/event";
import { plural } from "../../ui/numbers.ts";
import { useZone } from "../../ui/zone-context.ts";
import { exactText } from "../../ui/zone-time.ts";

type Marked = Pick<EventRow, "id" | "occurred_at" | "status">;

const width = 400;
const height = 22;
const margin = 8;

/** Where an event stands between the first and the last of its group. */
export function placesOf(events: readonly Marked[], here: Marked): { id: string; x: number; failed: boolean }[] {
  const all = events.some(({ id }) => id === here.id) ? events : [...events, here];
  const times = all.map(({ occurred_at }) => Date.parse(occurred_at));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const span = last - first;
  return all.map(({ id, status }, index) => ({
    id,
    failed: status === "failed",
    x: margin + (span === 0 ? 0.5 : ((times[index] ?? first) - first) / span) * (width - 2 * margin),
  }));
}

/** A picture of the list below it: a line a event, a triangle where you are. The words say the same. */
export function MiniTimeline({ events, event }: { events: readonly Marked[]; event: Marked }) {
  const zone = useZone();
  const places = placesOf(events, event);
  const here = places.find(({ id }) => id === event.id)?.x ?? margin;
  const at = Date.parse(event.occurred_at);
  const before = events.filter(({ id, occurred_at }) => id !== event.id && Date.parse(occurred_at) < at).length;
  const after = events.filter(({ id, occurred_at }) => id !== event.id && Date.parse(occurred_at) > at).length;
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`You are here: ${exactText(at, zone)}, with ${plural(before, "event")} before and ${after} after it`}
      data-here={Math.round(here)}
      className="mb-1 h-[22px] w-full"
    >
      <line x1={margin} x2={width - margin} y1={14.5} y2={14.5} stroke="var(--control)" strokeWidth="1" vectorEffect="non-scaling-stroke" />
      {places.map(({ id, x, failed }) =>
        id === event.id ? null : (
          <line
            key={id}
            x1={x}
            x2={x}
            y1={failed ? 8 : 11}
            y2={failed ? 21 : 18}
            stroke={failed ? "var(--failed)" : "var(--ink-2)"}
            strokeWidth="2"
            vectorEffect="non-scaling-stroke"
          />
        ),
      )}
      <path d={`M${here - 5} 2h10l-5 8z`} fill="var(--accent)" />
      <line x1={here} x2={here} y1={10} y2={20} stroke="var(--accent)" strokeWidth="2" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
