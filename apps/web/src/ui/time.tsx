import { wallTime } from "@daybook/event";
import { offsetName, clockText, dateText } from "./zone-time.ts";
import { relativeTime } from "./relative-time.ts";
import { useZone } from "./zone-context.ts";
import { useNow } from "./use-now.ts";

interface TimeProps {
  at: string;
  /** `row` lets the date step back, `exact` adds milliseconds and the zone, `day` leaves the clock out, `relative` puts "3 minutes ago" behind. */
  as?: "plain" | "row" | "exact" | "day" | "relative";
}

/** The one way a time is shown: in the organization's zone, with UTC, local and relative time on hover. */
export function Time({ at, as = "plain" }: TimeProps) {
  const zone = useZone();
  const now = useNow();
  const instant = Date.parse(at);
  if (Number.isNaN(instant)) return <span>{at}</span>;
  const wall = wallTime(instant, zone);
  const milliseconds = `.${String(new Date(instant).getUTCMilliseconds()).padStart(3, "0")}`;
  return (
    <time dateTime={at} title={timeCard(instant, zone, now)} className={as === "exact" ? undefined : "whitespace-nowrap"}>
      <span className={as === "row" ? "text-ink-2" : undefined}>{dateText(wall)}</span>
      {as !== "day" && <> {clockText(wall)}</>}
      {as === "exact" && (
        <>
          {milliseconds} <span className="text-ink-3">({offsetName(instant, zone)})</span>
        </>
      )}
      {as === "relative" && <span className="text-ink-3"> · {relativeTime(instant, now)}</span>}
    </time>
  );
}

function timeCard(instant: number, zone: string, now: number): string {
  const wall = wallTime(instant, zone);
  return [
    `UTC  ${new Date(instant).toISOString()}`,
    `${zone}  ${dateText(wall)} ${clockText(wall)} (${offsetName(instant, zone)})`,
    `${relativeTime(instant, now)} · epoch ${instant}`,
  ].join("\n");
}
