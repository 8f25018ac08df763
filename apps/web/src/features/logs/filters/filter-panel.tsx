import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { lazy, Suspense } from "react";
import { lazyAfterRows } from "../../../ui/after-rows.ts";
import { IconButton } from "../../../ui/button.tsx";
import { choose, preference, usePreference } from "../../../ui/preferences.ts";
import { withoutFilters, isFiltered, type LogsSearch, type Scope } from "../logs-search.ts";
import type { FacetsQuery } from "./use-facets.ts";
import type { Go } from "../use-logs-navigation.ts";

const FilterRail = lazyAfterRows(async () => ({ default: (await import("./filter-rail.tsx")).FilterRail }));
const AllFilters = lazy(async () => ({ default: (await import("./all-filters.tsx")).AllFilters }));
const FilterSheet = lazy(async () => ({ default: (await import("./filter-sheet.tsx")).FilterSheet }));

interface FilterPanelProps {
  scope: Scope;
  search: LogsSearch;
  facets: FacetsQuery;
  total: number | undefined;
  /** What stands over the list: the rail where it has no room of its own, or every filter at once. */
  open: "rail" | "all" | null;
  onOpen: (open: "rail" | "all" | null) => void;
  onChange: Go;
}

/** The rail beside the list, and what stands in for it. */
export function FilterPanel({ scope, search, facets, total, open, onOpen, onChange }: FilterPanelProps) {
  const kept = usePreference("filters");
  const rail = <FilterRail scope={scope} facets={facets} search={search} onChange={onChange} />;
  return (
    <>
      <aside
        aria-label="Filters"
        data-state={facets.isPlaceholderData ? "stale" : facets.status === "success" ? "ready" : facets.status === "error" ? "error" : "loading"}
        className={`rests scroll-thin hidden w-[228px] shrink-0 overflow-y-auto border-r ${kept === "shown" ? "xl:block" : ""}`}
      >
        <div className="flex h-9 items-center justify-between border-b pr-1 pl-3">
          <h2 className="flex-1 font-semibold">Filters</h2>
          <button type="button" aria-haspopup="dialog" onClick={() => onOpen("all")} className="link h-6 px-1 text-meta">
            All filters
          </button>
          {isFiltered(search) && (
            <button type="button" onClick={() => onChange(withoutFilters(search))} className="link h-6 px-1 text-meta">
              Clear all
            </button>
          )}
          <IconButton label="Hide filters" aria-keyshortcuts="f" onClick={() => choose("filters", "hidden")} className="ml-1">
            <PanelLeftClose size={14} aria-hidden />
          </IconButton>
        </div>
        <Suspense>{rail}</Suspense>
      </aside>
      {kept === "hidden" && (
        <div className="hidden w-9 shrink-0 border-r pt-1 text-center xl:block">
          <IconButton label="Show filters" aria-keyshortcuts="f" onClick={() => choose("filters", "shown")}>
            <PanelLeftOpen size={14} aria-hidden />
          </IconButton>
        </div>
      )}
      <Suspense>
        {open === "rail" && (
          <FilterSheet total={total} onClose={() => onOpen(null)} onAll={() => onOpen("all")}>
            {rail}
          </FilterSheet>
        )}
        {open === "all" && <AllFilters scope={scope} search={search} onApply={onChange} onClose={() => onOpen(null)} />}
      </Suspense>
    </>
  );
}

/** The width from which the rail has room beside the list, as `xl:` of the styles has it. */
const railFits = "(min-width: 80rem)";

/** Shows or hides the rail; where it has no room, what stands in for it. */
export function toggleFilters(instead: () => void): void {
  if (!matchMedia(railFits).matches) return instead();
  choose("filters", preference("filters") === "hidden" ? "shown" : "hidden");
}
