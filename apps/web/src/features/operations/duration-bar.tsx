import { duration } from "../../ui/numbers.ts";

interface DurationBarProps {
  spanMs: number;
  typicalMs: number;
}

/** How long it took beside what is usual: the mark in the middle is the usual, the whole bar twice that. */
export function DurationBar({ spanMs, typicalMs }: DurationBarProps) {
  const share = Math.min(1, spanMs / (2 * typicalMs));
  return (
    <span className="block text-meta text-ink-3">
      <span aria-hidden className="relative my-1 block h-1 w-24 overflow-hidden rounded-chip bg-hover">
        <span className="absolute inset-y-0 left-0" style={{ width: `${share * 100}%`, background: share === 1 ? "var(--bar-pending)" : "var(--bar-ok)" }} />
        <span className="absolute inset-y-0 left-1/2 w-px bg-ink-2" />
      </span>
      usually {duration(typicalMs)}
    </span>
  );
}
