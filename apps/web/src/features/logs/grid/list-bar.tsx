import { wallTime } from "@daybook/event";
import { Columns3, RefreshCw } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button, IconButton } from "../../../ui/button.tsx";
import { menuOnDemand } from "../../../ui/menu-on-demand.tsx";
import { duration, plural, wholeNumber } from "../../../ui/numbers.ts";
import { useZone } from "../../../ui/zone-context.ts";
import { clockText } from "../../../ui/zone-time.ts";
import type { LogType } from "@daybook/event";
import { ViewMenuButton } from "./view-menu-button.tsx";
import type { Look } from "./use-look.ts";

const ViewMenu = menuOnDemand(ViewMenuButton, async () => (await import("./view-menu.tsx")).ViewMenu);
const ColumnsDialog = lazy(async () => ({ default: (await import("./columns-dialog.tsx")).ColumnsDialog }));

interface Counted {
  total: number;
  /** False when only part of the range was counted. */
  exact: boolean;
}

interface ListBarProps {
  logType: LogType;
  counted: Counted | undefined;
  completeUntil: string | null;
  tookMs: number | null;
  isStale: boolean;
  look: Look;
  /** "Caught up: 214 events". */
  news: string;
  onRefresh: () => void;
}

const cappedAt = 10_000;

/** "1,204 events", and when not all were counted, no more than is known. */
export function countWords({ total, exact }: Counted): string {
  return exact ? plural(total, "event") : `${wholeNumber(Math.min(total, cappedAt))}+ events`;
}

export function ListBar({ logType, counted, completeUntil, tookMs, isStale, look, news, onRefresh }: ListBarProps) {
  const zone = useZone();
  const [choosing, setChoosing] = useState(false);
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 border-b px-3 py-1">
      <p
        data-count={counted?.total}
        className={`font-medium ${isStale ? "opacity-60" : ""}`}
        title={counted && !counted.exact ? "Only the newest part of this range was counted." : undefined}
      >
        {counted === undefined ? " " : countWords(counted)}
      </p>
      {completeUntil && (
        <p className="text-meta text-ink-3 max-sm:hidden" title="Everything received up to this moment is in the list.">
          complete up to {clockText(wallTime(Date.parse(completeUntil), zone))}
          {tookMs !== null && <span className="max-lg:hidden"> · {duration(tookMs)}</span>}
        </p>
      )}
      {news && <p className="text-meta text-ink-2">{news}</p>}
      <span className="flex-1" />
      <div className="flex items-center gap-1">
        <Button look="plain" size="dense" onClick={() => setChoosing(true)} className="max-sm:hidden">
          <Columns3 size={14} aria-hidden />
          Columns
        </Button>
        <ViewMenu logType={logType} look={look} onColumns={() => setChoosing(true)} />
        <IconButton label="Refresh" onClick={onRefresh}>
          <RefreshCw size={14} aria-hidden />
        </IconButton>
      </div>
      {choosing && (
        <Suspense>
          <ColumnsDialog logType={logType} look={look} onClose={() => setChoosing(false)} />
        </Suspense>
      )}
    </div>
  );
}
