import { Link } from "@tanstack/react-router";
import { ListFilter } from "lucide-react";
import { Suspense, type Ref } from "react";
import { lazyAfterRows } from "../../ui/after-rows.ts";
import { Button } from "../../ui/button.tsx";
import { ViewsButton } from "../views/views-button.tsx";
import { CopyLinkButton } from "./copy-link-button.tsx";
import type { Labels } from "./filters/filter-words.ts";
import { LiveButton } from "./live/live-button.tsx";
import type { Live } from "./live/live-words.ts";
import type { LogPlace } from "./log-place.ts";
import { clausesOf, withRange, withText, type Scope } from "./logs-search.ts";
import type { QueryBarHandle } from "./query-bar/query-bar.tsx";
import type { Go } from "./use-logs-navigation.ts";

const QueryBar = lazyAfterRows(async () => ({ default: (await import("./query-bar/query-bar.tsx")).QueryBar }));
const RangePicker = lazyAfterRows(async () => ({ default: (await import("./time/range-picker.tsx")).RangePicker }));

interface LogsToolbarProps {
  place: LogPlace;
  scope: Scope;
  labels: Labels;
  onChange: Go;
  bar: Ref<QueryBarHandle>;
  /** Opens the rail where there is no room for it beside the list. */
  onFilters: () => void;
  live: Live;
}

const types = [
  { logType: "activity", prefix: "User ", label: "activity" },
  { logType: "system", prefix: "", label: "System" },
] as const;

export function LogsToolbar({ place, scope, labels, onChange, bar, onFilters, live }: LogsToolbarProps) {
  const { logType, search } = place;
  const { range, from, to } = search;
  const kept = withRange({}, { ...(range ? { range } : {}), ...(from ? { from } : {}), ...(to ? { to } : {}) });
  const active = clausesOf(search).length;
  return (
    <div className="@container border-b">
      <div className="flex flex-wrap items-start gap-2 px-3 py-2 max-sm:gap-1.5">
        <h1 className="sr-only">Logs</h1>
        <nav aria-label="Log type" className="flex h-8 shrink-0 rounded-control border border-control p-px">
          {types.map((type) => (
            <Link
              key={type.logType}
              {...place.link(type.logType, kept)}
              className={`inset-focus flex items-center rounded-chip px-2.5 max-sm:px-2 ${type.logType === logType ? "bg-selected font-medium" : "text-ink-2 hover:bg-hover"}`}
              activeOptions={{ includeSearch: false }}
            >
              <span className="whitespace-pre max-sm:sr-only">{type.prefix}</span>
              <span className="max-sm:capitalize">{type.label}</span>
            </Link>
          ))}
        </nav>
        <div className="order-last min-w-[200px] flex-1 basis-full max-sm:basis-[calc(100%-80px)] @min-[900px]:order-none @min-[900px]:basis-0">
          <Suspense fallback={<div aria-busy className="control" />}>
            <QueryBar ref={bar} q={search.q ?? ""} scope={scope} labels={labels} onRun={(q, how) => onChange(withText(search, q), how)} />
          </Suspense>
        </div>
        <span className="flex-1 @min-[900px]:hidden" />
        <ViewsButton />
        <FilterButton active={active} onClick={onFilters} />
        <Suspense fallback={<span className="h-8 w-[110px]" />}>
          <RangePicker search={search} onChange={onChange} />
        </Suspense>
        <span className="flex h-8 items-center gap-2 max-sm:order-last max-sm:gap-1.5">
          <LiveButton live={live} />
          <CopyLinkButton search={search} />
        </span>
      </div>
    </div>
  );
}

/** Beside the list there is no room for the rail. */
function FilterButton({ active, onClick }: { active: number; onClick: () => void }) {
  return (
    <Button onClick={onClick} aria-haspopup="dialog" className="max-sm:px-2 xl:hidden">
      <ListFilter size={14} aria-hidden />
      <span className="max-sm:sr-only">Filters</span>
      {active > 0 && <span className="rounded-chip bg-selected px-1 text-meta max-sm:sr-only">{active}</span>}
    </Button>
  );
}
