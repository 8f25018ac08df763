import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { copyText } from "../../ui/copy-text.ts";
import { useTitle } from "../../ui/page.tsx";
import { toast } from "../../ui/toast.tsx";
import { useKeys } from "../../ui/use-keys.ts";
import { useNow } from "../../ui/use-now.ts";
import { useOrganization } from "../../shell/organization.tsx";
import { DrawerFrame } from "../event/drawer-frame.tsx";
import { AuditorGate } from "../auditors/auditor-gate.tsx";
import { SimulationBanner, ThroughEyesOf } from "../auditors/simulation.tsx";
import { Breadcrumb } from "./breadcrumb.tsx";
import { ClosedLog, isClosed } from "./closed-log.tsx";
import { EventGrid, type EventGridHandle } from "./event-grid.tsx";
import { FilterChips } from "./filter-chips.tsx";
import { FilterRail } from "./filter-rail.tsx";
import { HistogramPanel } from "./histogram-panel.tsx";
import { ListBar } from "./list-bar.tsx";
import { FirstUse, LogsEmpty } from "./logs-empty.tsx";
import type { LogPlace } from "./log-place.ts";
import { LogsToolbar } from "./logs-toolbar.tsx";
import { hasRange, isFiltered, toFilter, withEvent, withRange, type Scope } from "./logs-search.ts";
import { ScopeBanner } from "./scope-banner.tsx";
import { reachesNow } from "./time-range.ts";
import { useAbsoluteLink } from "./use-absolute-link.ts";
import { useEvents } from "./use-events.ts";
import { useLiveTail } from "./use-live-tail.ts";
import { useLogsNavigation } from "./use-logs-navigation.ts";
import { useTeamNames } from "./use-team-names.ts";

const loadDrawer = async () => ({ default: (await import("../event/event-drawer.tsx")).EventDrawer });
const EventDrawer = lazy(loadDrawer);
const AllFilters = lazy(async () => ({ default: (await import("./all-filters.tsx")).AllFilters }));

/** One log, wherever it is open. */
export function Explorer({ place }: { place: LogPlace }) {
  const { as } = place.search;
  // State of its own for each log: switching must not leave rows of the other on screen.
  const log = <Log key={`${place.team?.id ?? ""}/${place.logType}`} place={place} />;
  return as === undefined ? (
    <AuditorGate>{log}</AuditorGate>
  ) : (
    <ThroughEyesOf key={as} userId={as}>
      {log}
    </ThroughEyesOf>
  );
}

function Log({ place }: { place: LogPlace }) {
  const { logType, search, team } = place;
  const { timeZone, grants } = useOrganization();
  const trpc = useTRPC();
  const now = useNow();
  const { go, zoomOut, zoomIn } = useLogsNavigation(place);
  const scope: Scope = { logType, filter: toFilter(search, timeZone, now), ...(team && { teamId: team.id }) };
  useTitle(`${search.q ? `“${search.q}” · ` : ""}${team ? `${team.name} · ` : ""}${logType === "activity" ? "User activity" : "System"} logs`);

  const [generation, setGeneration] = useState(0);
  const events = useEvents(scope, generation);
  const histogram = useQuery(trpc.events.histogram.queryOptions(scope, { placeholderData: keepPreviousData }));
  const facets = useQuery(trpc.events.facets.queryOptions(scope, { placeholderData: keepPreviousData }));

  const teamNames = useTeamNames(scope, search.team !== undefined);

  // Fetched behind the first rows, so that the first click finds it here.
  useEffect(() => void loadDrawer(), []);

  const grid = useRef<EventGridHandle>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const [atTop, setAtTop] = useState(true);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const [wanted, setWanted] = useState(true);
  // What somebody else would see is looked at, not followed.
  const canFollow = search.as === undefined && reachesNow(search, now);
  const live = useLiveTail({
    scope,
    afterSeq: events.isStale ? null : events.lastSeq,
    enabled: wanted && canFollow && events.query.isSuccess && !events.isStale,
    holding: !atTop || search.event !== undefined,
    onInsert: (arrived) => {
      const held = new Set(events.rows.map(({ id }) => id));
      const added = arrived.filter(({ id }) => !held.has(id));
      if (added.length === 0) return;
      setFresh(new Set(added.map(({ id }) => id)));
      events.insert(added);
      void histogram.refetch();
      void facets.refetch();
    },
    onRefused: () => setGeneration(generation + 1),
  });
  const held = new Set(events.rows.map(({ id }) => id));
  const waiting = live.buffered.filter(({ id }) => !held.has(id)).length;

  const refresh = () => {
    setGeneration(generation + 1);
    void histogram.refetch();
    void facets.refetch();
    grid.current?.toTop();
  };
  const showNew = () => {
    if (live.full) return refresh();
    live.release();
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
    !events.query.hasNextPage &&
    events.rows.length > 0 &&
    events.rows.every(({ source }) => source === "daybook");
  const link = useAbsoluteLink(search);
  useKeys({
    "/": () => searchBox.current?.focus(),
    r: refresh,
    n: () => (waiting > 0 ? showNew() : false),
    z: () => (zoomOut ? zoomOut() : false),
    c: () => void copyText(link()).then(() => toast("Link copied. It keeps this range, whenever it is opened.")),
  });

  if (search.as === undefined && events.query.isError && isClosed(events.query.error)) return <ClosedLog error={events.query.error} onRetry={refresh} />;

  const openEvent = (id: string | undefined, how: "push" | "replace" = "push") => go(withEvent(search, id), how);
  return (
    <div className="flex h-full">
      <div className="flex min-w-0 flex-1 flex-col">
        {search.as && (
          <SimulationBanner
            userId={search.as}
            onExit={() => {
              const { as: _, ...rest } = search;
              go(rest);
            }}
          />
        )}
        <Breadcrumb />
        <LogsToolbar
          place={place}
          onChange={go}
          searchBox={searchBox}
          allFilters={(close) => <AllFilters scope={scope} search={search} facets={facets.data} onApply={go} onClose={close} />}
          live={{ state: live.state, wanted, canFollow, onToggle: () => setWanted(!wanted) }}
        />
        {search.as === undefined && <ScopeBanner team={team} />}
        <div className="flex min-h-0 flex-1">
          <aside
            aria-label="Filters"
            data-state={facets.isPlaceholderData ? "stale" : facets.status === "success" ? "ready" : facets.status === "error" ? "error" : "loading"}
            className="scroll-thin hidden w-[212px] shrink-0 overflow-y-auto border-r xl:block"
          >
            <FilterRail facets={facets} search={search} onChange={go} />
          </aside>
          <div className="flex min-w-0 flex-1 flex-col">
            <HistogramPanel
              query={histogram}
              open={!hasRange(search)}
              onZoom={(range) => zoomIn(withRange(search, range))}
              {...(zoomOut ? { onReset: zoomOut } : {})}
            />
            <ListBar
              total={histogram.data?.total}
              completeUntil={events.completeUntil}
              isStale={histogram.isPlaceholderData}
              onRefresh={refresh}
              chips={<FilterChips search={search} facets={facets.data} teams={teamNames} onChange={go} />}
            />
            <EventGrid
              ref={grid}
              events={events}
              total={histogram.data?.total}
              fresh={fresh}
              openId={search.event}
              waiting={waiting}
              onShowNew={showNew}
              onOpen={openEvent}
              onTop={setAtTop}
              after={onlyOwn && <FirstUse />}
              empty={<LogsEmpty place={place} onChange={go} />}
            />
          </div>
        </div>
      </div>
      {search.event && (
        <Suspense fallback={<DrawerFrame />}>
          <EventDrawer
            id={search.event}
            row={events.rows.find(({ id }) => id === search.event)}
            teamId={team?.id}
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
