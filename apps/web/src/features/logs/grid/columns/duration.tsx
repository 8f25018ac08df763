import type { EventRow } from "@daybook/event";
import { duration } from "../../../../ui/numbers.ts";
import type { Column } from "./column.ts";

/** From its first event to its end, where the beginning is here; otherwise what the event says of itself. */
export function tookMs(row: EventRow, inside: readonly EventRow[]): number | null {
  const first = inside.at(-1);
  if (!first) return row.duration_ms;
  return Math.max(0, Date.parse(row.occurred_at) - Date.parse(first.occurred_at));
}

// A bar has to show a tenth of a second beside an hour, so each factor of ten is one step of the same length.
const shortestMs = 10;
const longestMs = 3_600_000;

export const barShare = (ms: number): number => Math.min(1, Math.max(0.04, Math.log(Math.max(ms, shortestMs) / shortestMs) / Math.log(longestMs / shortestMs)));

export function TookBar({ ms }: { ms: number }) {
  return (
    <span
      className="inline-flex shrink-0 items-center gap-1.5 text-meta text-ink-2"
      title="How long it took. Each step of the bar is ten times the one before."
    >
      <span aria-hidden className="h-1 w-8 overflow-hidden rounded-chip bg-hover">
        <span className="block h-full" style={{ width: `${barShare(ms) * 100}%`, background: "var(--bar-ok)" }} />
      </span>
      {duration(ms)}
    </span>
  );
}

export const durationColumn: Column = {
  title: "Duration",
  width: 112,
  min: 112,
  leaves: 5,
  text: ({ duration_ms }) => (duration_ms === null ? "" : String(duration_ms)),
  plain: ({ row, inside }) => {
    const ms = tookMs(row, inside);
    return { text: ms === null ? "" : duration(ms), className: "whitespace-nowrap pl-[38px] text-meta text-ink-2" };
  },
  Cell: ({ row, inside }) => {
    const ms = tookMs(row, inside);
    return ms === null ? <span className="text-ink-3">–</span> : <TookBar ms={ms} />;
  },
};
