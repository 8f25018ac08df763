import { Link } from "@tanstack/react-router";
import { ListFilter, Radio, Search } from "lucide-react";
import { lazy, Suspense, useState, type ReactNode, type RefObject } from "react";
import { Button } from "../../ui/button.tsx";
import type { LogPlace } from "./log-place.ts";
import { chipsOf, withRange, type LogsSearch } from "./logs-search.ts";
import { SearchBox } from "./search-box.tsx";
import type { LiveState } from "./use-live-tail.ts";
import type { Go } from "./use-logs-navigation.ts";

const RangePicker = lazy(async () => ({ default: (await import("./range-picker.tsx")).RangePicker }));

interface LogsToolbarProps {
  place: LogPlace;
  onChange: Go;
  searchBox: RefObject<HTMLInputElement | null>;
  allFilters: (close: () => void) => ReactNode;
  live: { state: LiveState; wanted: boolean; canFollow: boolean; onToggle: () => void };
}

const types = [
  { logType: "activity", prefix: "User ", label: "activity" },
  { logType: "system", prefix: "", label: "System" },
] as const;

export function LogsToolbar({ place, onChange, searchBox, allFilters, live }: LogsToolbarProps) {
  const { logType, search } = place;
  const [filtering, setFiltering] = useState(false);
  const { range, from, to } = search;
  const kept = withRange({}, { ...(range ? { range } : {}), ...(from ? { from } : {}), ...(to ? { to } : {}) });
  const active = chipsOf(search).length;
  return (
    <div className="flex flex-wrap items-center gap-2 border-b px-3 py-2 max-sm:gap-1.5">
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
      <div className="relative order-last min-w-[200px] flex-1 basis-full lg:order-none lg:basis-0">
        <Search size={14} aria-hidden className="absolute top-[9px] left-2.5 text-ink-3" />
        <SearchBox value={search.q ?? ""} onChange={(q, how) => onChange({ ...withoutText(search), ...(q ? { q } : {}) }, how)} input={searchBox} />
      </div>
      <span className="flex-1 lg:hidden" />
      <Button onClick={() => setFiltering(true)}>
        <ListFilter size={14} aria-hidden />
        <span className="max-sm:sr-only">All filters</span>
        {active > 0 && <span className="rounded-chip bg-selected px-1 text-meta">{active}</span>}
      </Button>
      <Suspense fallback={<span className="h-8 w-[110px]" />}>
        <RangePicker search={search} onChange={onChange} />
      </Suspense>
      <LiveButton {...live} />
      {filtering && <Suspense>{allFilters(() => setFiltering(false))}</Suspense>}
    </div>
  );
}

function withoutText(search: LogsSearch): LogsSearch {
  const { q: _, ...rest } = search;
  return rest;
}

const liveWords: Record<LiveState, string> = { live: "Live", connecting: "Connecting", off: "Not live", paused: "Paused" };

function LiveButton({ state, wanted, canFollow, onToggle }: LogsToolbarProps["live"]) {
  const why = canFollow
    ? wanted
      ? "New events appear by themselves. Press to stop."
      : "Press to let new events appear by themselves."
    : "This range ends in the past, so nothing new can appear in it.";
  return (
    <Button onClick={onToggle} aria-pressed={wanted && canFollow} disabled={!canFollow} title={why} data-live={state} className="min-w-[34px]">
      <Radio size={14} aria-hidden className={state === "live" ? "text-ok" : "text-ink-3"} />
      <span className="max-sm:sr-only">{liveWords[state]}</span>
    </Button>
  );
}
