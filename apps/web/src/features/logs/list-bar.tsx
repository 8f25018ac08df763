import { wallTime } from "@daybook/event";
import { RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "../../ui/button.tsx";
import { plural } from "../../ui/numbers.ts";
import { useZone } from "../../ui/zone-context.ts";
import { clockText } from "../../ui/zone-time.ts";

interface ListBarProps {
  total: number | undefined;
  completeUntil: string | null;
  isStale: boolean;
  onRefresh: () => void;
  chips: ReactNode;
}

export function ListBar({ total, completeUntil, isStale, onRefresh, chips }: ListBarProps) {
  const zone = useZone();
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 border-b px-3 py-1">
      <p data-count={total} className={`font-medium ${isStale ? "opacity-60" : ""}`} aria-live="polite">
        {total === undefined ? " " : plural(total, "event")}
      </p>
      {completeUntil && (
        <p className="text-meta text-ink-3 max-sm:hidden" title="Everything received up to this moment is in the list.">
          complete up to {clockText(wallTime(Date.parse(completeUntil), zone))}
        </p>
      )}
      <div className="flex-1 max-sm:order-last max-sm:basis-full">{chips}</div>
      <span className="flex-1 sm:hidden" />
      <IconButton label="Refresh" onClick={onRefresh}>
        <RefreshCw size={14} aria-hidden />
      </IconButton>
    </div>
  );
}
