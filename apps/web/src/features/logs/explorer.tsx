import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { afterRows, rowsShown } from "../../ui/after-rows.ts";
import { useTitle } from "../../ui/page.tsx";
import { usePreference } from "../../ui/preferences.ts";
import { useKeys } from "../../ui/use-keys.ts";
import { useNow } from "../../ui/use-now.ts";
import { useZone, ZoneContext } from "../../ui/zone-context.ts";
import { useOrganization } from "../../shell/organization.tsx";
import { DrawerFrame } from "../event/drawer-frame.tsx";
import { AuditorGate } from "../auditors/auditor-gate.tsx";
import { Breadcrumb } from "./breadcrumb.tsx";
import { EventGrid, type EventGridHandle } from "./grid/event-grid.tsx";
import { useCopyLink } from "./copy-link.ts";
import { openKeys } from "./filters/facets.ts";
import { FilterPanel, toggleFilters } from "./filters/filter-panel.tsx";
import { logTitle } from "./log-title.ts";
import { everyRow } from "./grid/fold.ts";
import { HistogramPanel } from "./histogram/histogram-panel.tsx";
import { ListBar } from "./grid/list-bar.tsx";
import type { LogPlace } from "./log-place.ts";
import { isClosed } from "./is-closed.ts";
import { LogsToolbar } from "./logs-toolbar.tsx";
import { hasRange, isFiltered, toFilter, withEvent, withoutFilters, withRange, withStacking, type Scope } from "./logs-search.ts";
import { PurgedEdge } from "./grid/purged-edge.tsx";
import { ScopeBanner } from "./scope-banner.tsx";
import { shownZone } from "./time/shown-zone.ts";
import { resolveRange } from "./time/time-range.ts";
import { useEvents } from "./grid/use-events.ts";
import { useKept } from "./time/use-kept.ts";
import { useFollowed } from "./live/use-followed.ts";
import { useLogsNavigation } from "./use-logs-navigation.ts";
import { nextDensity, useLook } from "./grid/use-look.ts";
import { useFacets } from "./filters/use-facets.ts";
import { useLabels } from "./filters/use-labels.ts";
import type { QueryBarHandle } from "./query-bar/query-bar.tsx";
import { NothingInView } from "../views/nothing-in-view.tsx";
import { useOpenView, useShowsNothing } from "../views/view-context.ts";
import { Viewed } from "../views/viewed.tsx";

const loadDrawer = async () => ({ default: (await import("../event/event-drawer.tsx")).EventDrawer });
const EventDrawer = lazy(loadDrawer);
const LogsEmpty = lazy(async () => ({ default: (await import("./logs-empty.tsx")).LogsEmpty }));
const ClosedLog = lazy(async () => ({ default: (await import("./closed-log.tsx")).ClosedLog }));
const FirstUse = lazy(async () => ({ default: (await import("./logs-empty.tsx")).FirstUse }));
const SimulationBanner = lazy(async () => ({ default: (await import("../auditors/simulation.tsx")).SimulationBanner }));
const ThroughEyesOf = lazy(async () => ({ default: (await import("../auditors/simulation.tsx")).ThroughEyesOf }));
const ViewBar = lazy(async () => ({ default: (await import("../views/view-bar.tsx")).ViewBar }));

/** One log, wherever it is open. */
export function Explorer({ place }: { place: LogPlace }) {
  const { as } = place.search;
  // State of its own for each log: switching must not leave rows of the other on screen.
  const { timeZone } = useOrganization();
  const times = usePreference("times");
  const log = (
    <Viewed place={place}>
      {(viewed) => (
        <ZoneContext value={shownZone(viewed.search.tz, timeZone, times)}>
          <Log key={`${viewed.team?.id ?? ""}/${viewed.logType}`} place={viewed} />
        </ZoneContext>
      )}
    </Viewed>
  );
  return as === undefined ? (
    <AuditorGate>{log}</AuditorGate>
  ) : (
    <Suspense>
      <ThroughEyesOf key={as} userId={as}>
        {log}
      </ThroughEyesOf>
    </Suspense>
  );
}

function Log({ place }: { place: LogPlace }) {
  const { logType, search, team } = place;
  const zone = useZone();
  const { timeZone, grants } = useOrganization();
  const trpc = useTRPC();
  const now = useNow();
  const { go, zoomOut, zoomReset, zoomIn } = useLogsNavigation(place);
  const { view, narrowing, hasNews } = useOpenView();
  const showsNothing = useShowsNothing();
  const scope: Scope = { logType, filter: { ...toFilter(search, timeZone, now), ...narrowing }, ...(team && { teamId: team.id }) };
  const asked = resolveRange(search, timeZone, now);
  const { purged } = useKept();
  useTitle(view ? `${view.name} · ${logTitle(place)}` : logTitle(place));

  const [generation, setGeneration] = useState(0);
  const look = useLook(logType, search, go);
  const events = useEvents(scope, generation, look.fold);
  const by = search.by ?? "status";
  const histogram = useQuery(trpc.events.histogram.queryOptions({ ...scope, by, zone }, { placeholderData: keepPreviousData }));
  const facets = useFacets(scope, openKeys);
  const labels = useLabels(scope, search, facets.data);
  const [filtering, setFiltering] = useState<"rail" | "all" | null>(null);

  // Fetched behind the first rows, so that the first click finds it here.
  useEffect(() => void afterRows().then(loadDrawer), []);
  const isAnswered = events.rows.length > 0 || (events.query.isSuccess && events.state.isWhole) || events.query.isError;
  useEffect(() => {
    if (isAnswered) rowsShown();
  }, [isAnswered]);

  const grid = useRef<EventGridHandle>(null);
  const bar = useRef<QueryBarHandle>(null);
  const [atTop, setAtTop] = useState(true);
  const countAgain = () => {
    void histogram.refetch();
    void facets.refetch();
  };
  const followed = useFollowed({
    scope,
    search,
    now,
    events,
    holding: !atTop || search.event !== undefined,
    onCounts: countAgain,
    onRefused: () => setGeneration(generation + 1),
  });

  const refresh = () => {
    setGeneration(generation + 1);
    countAgain();
    grid.current?.toTop();
  };
  const showNew = () => {
    if (followed.waiting.full) return refresh();
    followed.release();
    grid.current?.toTop();
  };
  // Setting up is recorded, so a new log is never quite empty: what counts is whether anything came from outside.
  const onlyOwn =
    grants.includes("tokens:manage") &&
    logType === "activity" &&
    team === undefined &&
    search.as === undefined &&
    !isFiltered(search) &&
    !hasRange(search) &&
    events.state.isWhole &&
    events.rows.length > 0 &&
    everyRow(events.rows, ({ source }) => source === "daybook");
  const copyLink = useCopyLink(search);
  useKeys("logs", {
    "/": () => bar.current?.focus(),
    s: () => bar.current?.focus(),
    f: () => toggleFilters(() => setFiltering(filtering === null ? "rail" : null)),
    d: () => look.setDensity(nextDensity(look.density)),
    r: refresh,
    n: () => (followed.waiting.count > 0 ? showNew() : false),
    z: () => (zoomOut ? zoomOut() : false),
    c: () => copyLink(),
  });

  if (search.as === undefined && events.query.isError && isClosed(events.query.error))
    return (
      <Suspense>
        <ClosedLog error={events.query.error} onRetry={refresh} onClear={isFiltered(search) ? () => go(withoutFilters(search)) : undefined} />
      </Suspense>
    );

  const openEvent = (id: string | undefined, how: "push" | "replace" = "push") => go(withEvent(search, id), how);
  return (
    <div className="flex h-full">
      <div className="flex min-w-0 flex-1 flex-col">
        {search.as && (
          <Suspense>
            <SimulationBanner
              userId={search.as}
              onExit={() => {
                const { as: _, ...rest } = search;
                go(rest);
              }}
            />
          </Suspense>
        )}
        <Breadcrumb />
        <LogsToolbar place={place} scope={scope} labels={labels} onChange={go} bar={bar} onFilters={() => setFiltering("rail")} live={followed.live} />
        {hasNews && (
          <Suspense>
            <ViewBar />
          </Suspense>
        )}
        {search.as === undefined && <ScopeBanner team={team} />}
        <div className="flex min-h-0 flex-1">
          <FilterPanel scope={scope} search={search} facets={facets} total={histogram.data?.total} open={filtering} onOpen={setFiltering} onChange={go} />
          <div className="flex min-w-0 flex-1 flex-col">
            <HistogramPanel
              query={histogram}
              asked={asked}
              by={by}
              purgedBefore={purged?.before ?? null}
              onBy={(chosen) => go(withStacking(search, chosen))}
              onZoom={(range) => zoomIn(withRange(search, range))}
              {...(zoomReset ? { onReset: zoomReset } : {})}
            />
            <ListBar
              logType={logType}
              counted={histogram.data}
              completeUntil={events.completeUntil}
              tookMs={events.tookMs}
              isStale={histogram.isPlaceholderData}
              look={look}
              news={followed.news}
              onRefresh={refresh}
            />
            <EventGrid
              ref={grid}
              events={events}
              look={look}
              search={search}
              teamId={team?.id}
              onChange={go}
              total={histogram.data?.exact ? histogram.data.total : undefined}
              fresh={followed.fresh}
              spoken={followed.spoken}
              waiting={followed.waiting}
              onShowNew={showNew}
              onOpen={openEvent}
              onTop={setAtTop}
              after={
                <Suspense>
                  {events.state.isWhole && !events.isStale && <PurgedEdge asked={asked} />}
                  {onlyOwn && <FirstUse />}
                </Suspense>
              }
              empty={
                <Suspense>
                  {showsNothing ? <NothingInView /> : <LogsEmpty place={place} onChange={go} />}
                  <PurgedEdge asked={asked} />
                </Suspense>
              }
            />
          </div>
        </div>
      </div>
      {search.event && (
        <Suspense fallback={<DrawerFrame />}>
          <EventDrawer
            id={search.event}
            events={events}
            scope={scope}
            search={search}
            onChange={go}
            onStep={(step) => grid.current?.step(step)}
            onClose={() => {
              openEvent(undefined);
              grid.current?.focusActive();
            }}
          />
        </Suspense>
      )}
    </div>
  );
}
