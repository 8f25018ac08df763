import { useQuery } from "@tanstack/react-query";
import type { EventRow } from "@daybook/event";
import type { ReactNode } from "react";
import { useTRPC } from "../../trpc.ts";
import { errorHttpStatus } from "../../ui/api-error.ts";
import { ErrorPanel, Skeleton } from "../../ui/state-panel.tsx";
import { StatusMark } from "../../ui/status-mark.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { Time } from "../../ui/time.tsx";
import { duration, wholeNumber } from "../../ui/numbers.ts";
import { eventTabs, type EventTab } from "../logs/logs-search.ts";
import { OperationLine } from "../operations/operation-line.tsx";
import { WhoSees } from "../auditors/who-sees.tsx";
import { ChangesTab } from "./changes-tab.tsx";
import { CopyMenu } from "./copy-menu.tsx";
import { DetailsTab } from "./details-tab.tsx";
import type { FilterBy } from "./field-row.tsx";
import { GonePanel } from "./gone-panel.tsx";
import { PinButton } from "./pin-button.tsx";
import { RawTab } from "./raw-tab.tsx";
import { RelatedTab } from "./related-tab.tsx";
import { RetentionLine } from "./retention-line.tsx";
import { useEvent, type WholeEvent } from "./use-event.ts";

interface EventViewProps {
  id: string;
  row?: EventRow | undefined;
  teamId?: string | undefined;
  tab: EventTab;
  onTab: (tab: EventTab) => void;
  onFilter: FilterBy;
  heading: (text: string) => ReactNode;
  permalink: string;
  /** The list with this event open in it. */
  link?: () => string;
  actions?: ReactNode;
  /** Stands above the tabs. */
  note?: ReactNode;
}

/** One event, the same in the drawer and on its own page. */
export function EventView({ id, row, teamId, heading, permalink, link, actions, note, ...tabs }: EventViewProps) {
  const query = useEvent(id, teamId);
  const shown = query.data?.event ?? row;
  const state = query.data ? "ready" : query.isError ? "error" : "loading";
  return (
    <div data-state={state} data-open-event={id} className="flex h-full min-h-0 flex-col">
      <header className="shrink-0 px-4 pt-3 pb-2">
        <div className="flex items-start gap-2">
          <div className="min-w-0 flex-1">{heading(shown?.description ?? (state === "error" ? "Event" : "Loading…"))}</div>
          <div className="-mr-2 flex shrink-0 items-center">
            {query.data && <PinButton id={id} />}
            <CopyMenu id={id} event={query.data?.event} permalink={permalink} {...(link ? { link } : {})} />
            {actions}
          </div>
        </div>
        {shown && <Facts event={shown} />}
        {shown?.operation_id && <OperationLine operationId={shown.operation_id} />}
      </header>
      {note}
      {query.data && <EventTabs whole={query.data} teamId={teamId} {...tabs} />}
      {state === "loading" && <Skeleton lines={10} height={20} />}
      {state === "error" &&
        (errorHttpStatus(query.error) === 404 ? (
          <GonePanel id={id} />
        ) : (
          <ErrorPanel error={query.error} what="The event" onRetry={() => void query.refetch()} />
        ))}
    </div>
  );
}

const Facts = ({ event }: { event: Pick<EventRow, "status" | "occurred_at" | "duration_ms" | "seq"> }) => (
  <p className="mt-1 flex flex-wrap items-center gap-x-2 text-meta text-ink-2">
    <StatusMark status={event.status} />
    <Time at={event.occurred_at} as="exact" />
    {event.duration_ms !== null && <span>· {duration(event.duration_ms)}</span>}
    <span>· seq {wholeNumber(event.seq)}</span>
  </p>
);

type EventTabsProps = Pick<EventViewProps, "teamId" | "tab" | "onTab" | "onFilter"> & { whole: WholeEvent };

function EventTabs({ whole: { event, raw, visibleBecause }, teamId, tab, onTab, onFilter }: EventTabsProps) {
  const trpc = useTRPC();
  // Only what was asked already is counted: the groups are asked for when their tab opens.
  const related = useQuery(trpc.events.related.queryOptions({ id: event.id, ...(teamId && { teamId }) }, { enabled: false })).data;
  const after = (
    <>
      <RetentionLine event={event} />
      <WhoSees eventId={event.id} why={visibleBecause} />
    </>
  );
  const labelled = (word: string, count: number) => (
    <>
      {word} {count > 0 && <span className="ml-0.5 rounded-chip bg-hover px-1 text-meta text-ink-2">{wholeNumber(count)}</span>}
    </>
  );
  return (
    <Tabs
      label="Event"
      open={tab}
      onOpen={(chosen) => onTab(eventTabs.find((each) => each === chosen) ?? "details")}
      tabs={[
        {
          id: "details",
          label: "Details",
          content: <DetailsTab event={event} teamId={teamId} onFilter={onFilter} onChanges={() => onTab("changes")} after={after} />,
        },
        { id: "changes", label: labelled("Changes", event.changes?.fields.length ?? 0), content: <ChangesTab event={event} teamId={teamId} /> },
        {
          id: "related",
          label: labelled("Related", related?.reduce((sum, { count }) => sum + count, 0) ?? 0),
          content: <RelatedTab event={event} teamId={teamId} />,
        },
        { id: "raw", label: "Raw JSON", content: <RawTab event={event} raw={raw} /> },
      ]}
    />
  );
}
