import type { EventRow } from "@daybook/event";
import { memo } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "../../trpc.ts";
import { useOrganization } from "../../shell/organization.tsx";
import { ActorChip, actorName } from "../../ui/actor-mark.tsx";
import { StatusMark } from "../../ui/status-mark.tsx";
import { Time } from "../../ui/time.tsx";
import type { GridLayout } from "./grid-layout.ts";
import { OperationMark } from "./operation-mark.tsx";

interface EventRowProps {
  row: EventRow;
  index: number;
  top: number;
  layout: GridLayout;
  isOpen: boolean;
  isActive: boolean;
  isFresh: boolean;
  onOpen: (id: string) => void;
}

export const EventRowView = memo(function EventRowView({ row, index, top, layout, isOpen, isActive, isFresh, onOpen }: EventRowProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { slug } = useOrganization();
  const open = (newTab: boolean) => (newTab ? window.open(`/o/${slug}/events/${row.id}`, "_blank", "noopener") : onOpen(row.id));
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isOpen}
      tabIndex={isActive ? 0 : -1}
      data-event-id={row.id}
      onClick={(event) => open(event.ctrlKey || event.metaKey)}
      onPointerEnter={() => void queryClient.prefetchQuery(trpc.events.get.queryOptions({ id: row.id }, { staleTime: Infinity }))}
      className={`event-row inset-focus absolute inset-x-0 grid cursor-default content-center items-center gap-x-3 gap-y-0.5 border-b px-3 ${isOpen ? "bg-selected" : "hover:bg-hover"} ${isFresh ? "row-new" : ""}`}
      style={{ gridTemplateColumns: layout.template, height: layout.rowHeight, transform: `translateY(${top}px)` }}
    >
      {layout.lines === 2 ? <PhoneCells row={row} /> : <Cells row={row} layout={layout} />}
    </div>
  );
});

function Cells({ row, layout }: { row: EventRow; layout: GridLayout }) {
  return (
    <>
      <span role="gridcell">
        <Time at={row.occurred_at} as="row" />
      </span>
      <span role="gridcell" className="min-w-0">
        <ActorChip actor={row.actor} />
      </span>
      <span role="gridcell" className="min-w-0">
        <Sentence row={row} />
      </span>
      <span role="gridcell" className="flex items-center">
        <StatusMark status={row.status} word={layout.statusWord} />
      </span>
      {layout.columns.includes("IP") && (
        <span role="gridcell" className="truncate text-meta text-ink-2">
          {row.ip ?? "–"}
        </span>
      )}
    </>
  );
}

function PhoneCells({ row }: { row: EventRow }) {
  return (
    <>
      <span role="gridcell" className="col-span-2 flex min-w-0 items-center gap-2">
        <span className="min-w-0 flex-1">
          <Sentence row={row} />
        </span>
        <StatusMark status={row.status} word={false} />
      </span>
      <span role="gridcell" className="min-w-0 truncate text-meta text-ink-2">
        {actorName(row.actor)}
      </span>
      <span role="gridcell" className="text-meta text-ink-2">
        <Time at={row.occurred_at} />
      </span>
    </>
  );
}

/** What happened, in words; behind it what changed, or why it failed. */
function Sentence({ row }: { row: EventRow }) {
  const more = row.error?.message?.slice(0, 80) ?? row.changed_fields.slice(0, 4).join(", ");
  return (
    <span className="flex min-w-0 items-center gap-1.5" title={`${row.description}\n${row.action}`}>
      <OperationMark operation={row.operation} />
      <span className="truncate">
        {row.description}
        {more && <span className={row.error ? "text-failed" : "text-ink-3"}> · {more}</span>}
      </span>
    </span>
  );
}
