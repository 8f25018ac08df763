import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { wallTime } from "@daybook/event";
import { useTRPC } from "../../trpc.ts";
import { plural } from "../../ui/numbers.ts";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { useZone } from "../../ui/zone-context.ts";
import { clockText, dateText } from "../../ui/zone-time.ts";
import { filterOf } from "./case-steps.tsx";
import type { CaseStep, CaseView } from "./case-words.ts";

const heightPx = 56;
const barMinPx = 3;

/** When the events of a step happened: one bar for each hour, day or week that has some, in their order. */
export function StepBars({ found, step }: { found: CaseView; step: CaseStep }) {
  const trpc = useTRPC();
  const zone = useZone();
  const counted = useQuery(
    trpc.events.histogram.queryOptions({ filter: { ...(step.q && { q: step.q }), ...filterOf(found) } }, { placeholderData: keepPreviousData }),
  );
  return (
    <QueryPanel query={counted} what="The course of time" isEmpty={({ buckets }) => buckets.length === 0} empty={null}>
      {({ buckets, unit, total, exact }) => {
        const bars = buckets.map(({ start, counts }) => ({ start, count: Object.values(counts).reduce((sum, count) => sum + count, 0) }));
        const most = Math.max(1, ...bars.map(({ count }) => count));
        const dayOf = (start: string) => textOf(start, zone, unit === "hour");
        const [first, last] = [bars[0], bars.at(-1)];
        return (
          <figure data-bars className="rounded-card border p-2">
            <div
              role="img"
              aria-label={`${plural(total, "event")}, at most ${most} an ${unit}`.replace("an day", "a day").replace("an week", "a week")}
              className="flex items-end gap-px"
              style={{ height: heightPx }}
            >
              {bars.map(({ start, count }) => (
                <span
                  key={start}
                  title={`${dayOf(start)}: ${plural(count, "event")}`}
                  className={`min-w-px flex-1 rounded-t-[1px] ${count === 0 ? "bg-hairline" : "bg-accent"}`}
                  style={{ height: count === 0 ? 1 : Math.max(barMinPx, (count / most) * heightPx) }}
                />
              ))}
            </div>
            <figcaption className="mt-1 flex flex-wrap justify-between gap-2 text-meta text-ink-2">
              <span>{first && dayOf(first.start)}</span>
              <span>
                {exact ? "" : "at least "}
                {plural(total, "event")} by {unit}
              </span>
              <span>{last && last !== first && dayOf(last.start)}</span>
            </figcaption>
          </figure>
        );
      }}
    </QueryPanel>
  );
}

function textOf(start: string, zone: string, withClock: boolean): string {
  const wall = wallTime(Date.parse(start), zone);
  return withClock ? `${dateText(wall)} ${clockText(wall).slice(0, 5)}` : dateText(wall);
}
