import { CalendarDays, ChevronDown, ChevronLeft, ChevronRight } from "lucide-react";
import { Popover } from "radix-ui";
import { lazy, Suspense, useState } from "react";
import { useOrganization } from "../../../shell/organization.tsx";
import { Button, IconButton } from "../../../ui/button.tsx";
import { useKeys } from "../../../ui/use-keys.ts";
import { useNow } from "../../../ui/use-now.ts";
import { useZone } from "../../../ui/zone-context.ts";
import { withRange, type LogsSearch } from "../logs-search.ts";
import { stepRange, widenRange } from "./range-steps.ts";
import { rangeDates, rangeLabel, resolveRange, type RangeChoice } from "./time-range.ts";
import type { Go } from "../use-logs-navigation.ts";

const RangePanel = lazy(async () => ({ default: (await import("./range-panel.tsx")).RangePanel }));

/** The range in words and in dates, a step to either side, and behind it the ways to choose another. */
export function RangePicker({ search, onChange }: { search: LogsSearch; onChange: Go }) {
  const { timeZone: home } = useOrganization();
  const zone = useZone();
  const now = useNow();
  const [open, setOpen] = useState(false);
  const choose = (choice: RangeChoice | null) => (choice === null ? false : onChange(withRange(search, choice)));
  const back = stepRange(search, -1, home, now);
  const on = stepRange(search, 1, home, now);
  const widen = () => choose(widenRange(search, home, now));
  useKeys("logs", { t: () => setOpen(true), "=": widen });
  const dates = rangeDates(resolveRange(search, home, now), zone, now);
  const isFixed = search.range === undefined;
  return (
    <div className="flex min-w-0 items-center" data-range={search.range ?? (dates === "" ? "all" : "fixed")}>
      <IconButton label="One window earlier" disabled={back === null} onClick={() => choose(back)} className="max-sm:hidden">
        <ChevronLeft size={14} aria-hidden />
      </IconButton>
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Trigger asChild>
          <Button
            className="min-w-0 max-w-[60vw] shrink max-sm:px-2"
            aria-label={`Time range: ${isFixed ? dates || "All time" : `${rangeLabel(search, String)}, ${dates}`}`}
          >
            <CalendarDays size={14} aria-hidden className="shrink-0 text-ink-3 max-sm:hidden" />
            <span className="truncate">
              {isFixed ? dates || "All time" : rangeLabel(search, String)}
              {!isFixed && <span className={`ml-1.5 text-ink-3 ${search.event ? "max-2xl:hidden" : "max-lg:hidden"}`}>{dates}</span>}
            </span>
            <ChevronDown size={14} aria-hidden className="shrink-0 text-ink-3" />
          </Button>
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            data-popover
            align="end"
            sideOffset={4}
            collisionPadding={8}
            aria-label="Time range"
            className="appear scroll-thin z-40 max-h-(--radix-popover-content-available-height) w-[min(344px,calc(100vw-16px))] overflow-y-auto rounded-card border bg-bg shadow-overlay focus-visible:outline-none"
          >
            <Suspense fallback={<div aria-busy className="h-[420px]" />}>
              <RangePanel search={search} onChange={onChange} onDone={() => setOpen(false)} />
            </Suspense>
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      <IconButton label="One window later" disabled={on === null} onClick={() => choose(on)} className="max-sm:hidden">
        <ChevronRight size={14} aria-hidden />
      </IconButton>
    </div>
  );
}
