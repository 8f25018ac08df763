import { useQuery } from "@tanstack/react-query";
import type { EventRow } from "@daybook/event";
import type { ReactNode } from "react";
import { useTRPC } from "../../trpc.ts";
import { errorHttpStatus } from "../../ui/api-error.ts";
import { EmptyPanel, ErrorPanel, Skeleton } from "../../ui/state-panel.tsx";
import { StatusMark } from "../../ui/status-mark.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { Time } from "../../ui/time.tsx";
import { duration, wholeNumber } from "../../ui/numbers.ts";
import { eventTabs, type EventTab } from "../logs/logs-search.ts";
import { OperationLine } from "../operations/operation-line.tsx";
import { WhoSees } from "../auditors/who-sees.tsx";
import { ChangesTab } from "./changes-tab.tsx";
import { DetailsTab, type FilterBy } from "./details-tab.tsx";
import { RawTab } from "./raw-tab.tsx";
import { RelatedTab } from "./related-tab.tsx";

interface EventViewProps {
  id: string;
  row?: EventRow | undefined;
  teamId?: string | undefined;
  tab: EventTab;
  onTab: (tab: EventTab) => void;
  onFilter: FilterBy;
  heading: (text: ReactNode) => ReactNode;
  actions: ReactNode;
}

/** One event, the same in the drawer and on its own page. */
export function EventView({ id, row, teamId, tab, onTab, onFilter, heading, actions }: EventViewProps) {
  const trpc = useTRPC();
  // An event never changes, so it is asked for once.
  const query = useQuery(trpc.events.get.queryOptions({ id, ...(teamId && { teamId }) }, { staleTime: Infinity }));
  const shown = query.data?.event ?? row;
  const state = query.data ? "ready" : query.isError ? "error" : "loading";
  return (
    <div data-state={state} data-open-event={id} className="flex h-full min-h-0 flex-col">
      <header className="shrink-0 px-4 pt-3 pb-2">
        <div className="flex items-start gap-2">
          <div className="min-w-0 flex-1">{heading(shown?.description ?? (state === "error" ? "Event" : "Loading…"))}</div>
          {actions}
        </div>
        {shown && (
          <p className="mt-1 flex flex-wrap items-center gap-x-2 text-meta text-ink-2">
            <StatusMark status={shown.status} />
            <Time at={shown.occurred_at} as="exact" />
            {shown.duration_ms !== null && <span>· {duration(shown.duration_ms)}</span>}
            <span>· seq {wholeNumber(shown.seq)}</span>
          </p>
        )}
        {shown?.operation_id && <OperationLine operationId={shown.operation_id} />}
      </header>
      {query.data && (
        <Tabs
          label="Event"
          open={tab}
          onOpen={(chosen) => onTab(eventTabs.find((each) => each === chosen) ?? "details")}
          tabs={[
            {
              id: "details",
              label: "Details",
              content: <DetailsTab event={query.data.event} onFilter={onFilter} after={<WhoSees eventId={id} why={query.data.visibleBecause} />} />,
            },
            {
              id: "changes",
              label: (
                <>
                  Changes <Count value={query.data.event.changes?.fields.length ?? 0} />
                </>
              ),
              content: <ChangesTab event={query.data.event} />,
            },
            { id: "related", label: "Related", content: <RelatedTab id={id} teamId={teamId} /> },
            { id: "raw", label: "Raw JSON", content: <RawTab event={query.data.event} raw={query.data.raw} /> },
          ]}
        />
      )}
      {state === "loading" && <Skeleton lines={10} height={20} />}
      {state === "error" &&
        (errorHttpStatus(query.error) === 404 ? <Gone /> : <ErrorPanel error={query.error} what="The event" onRetry={() => void query.refetch()} />)}
    </div>
  );
}

const Count = ({ value }: { value: number }) => (value === 0 ? null : <span className="ml-0.5 rounded-chip bg-hover px-1 text-meta text-ink-2">{value}</span>);

const Gone = () => (
  <EmptyPanel title="There is no such event here">It was purged by the retention policy, it belongs to another organization, or you may not see it.</EmptyPanel>
);
