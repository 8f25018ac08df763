import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { AuditEvent, EventRow } from "@daybook/event";
import { MapPin } from "lucide-react";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC, type inferOutput, type Trpc } from "../../trpc.ts";
import { plural } from "../../ui/numbers.ts";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { StatusMark } from "../../ui/status-mark.tsx";
import { Time } from "../../ui/time.tsx";
import { LogLink } from "./log-link.tsx";
import { MiniTimeline } from "./mini-timeline.tsx";

type RelatedGroup = inferOutput<Trpc["events"]["related"]>[number];

const titles: Record<RelatedGroup["by"], string> = {
  request: "In the same request",
  session: "In the same session",
  operation: "In the same operation",
  actor: "By the same actor, half an hour around",
  resource: "On the same resource",
};

export function RelatedTab({ event, teamId }: { event: AuditEvent; teamId?: string | undefined }) {
  const trpc = useTRPC();
  const related = useQuery(trpc.events.related.queryOptions({ id: event.id, ...(teamId && { teamId }) }));
  return (
    <QueryPanel
      query={related}
      what="Related events"
      isEmpty={(groups) => groups.every(({ events }) => events.length === 0)}
      empty={<EmptyPanel title="Nothing related">No other event shares its request, session, operation, actor or resource.</EmptyPanel>}
    >
      {(groups) => (
        <div className="flex flex-col gap-5 p-4">
          {groups
            .filter(({ events }) => events.length > 0)
            .map((group) => (
              <Group key={group.by} group={group} event={event} teamId={teamId} />
            ))}
        </div>
      )}
    </QueryPanel>
  );
}

function Group({ group, event, teamId }: { group: RelatedGroup; event: AuditEvent; teamId: string | undefined }) {
  const title = titles[group.by];
  return (
    <section data-related={group.by} data-related-count={group.count}>
      <div className="mb-1 flex flex-wrap items-baseline gap-x-2">
        <h2 className="font-semibold">{title}</h2>
        <span className="text-ink-3">
          {group.capped ? `more than ${plural(group.count, "event")}` : plural(group.count, "event")}
          {(group.capped || group.count > group.events.length) && `, ${group.events.length} of them here`}
        </span>
        <span className="flex-1" />
        {group.search && (
          <LogLink logType={event.log_type} teamId={teamId} search={group.search} label={`Open as a query: ${title.toLowerCase()}`}>
            Open as a query
          </LogLink>
        )}
      </div>
      <MiniTimeline events={group.events} event={event} />
      <EventLinks events={withThis(group.events, event)} currentId={event.id} />
    </section>
  );
}

type Listed = Pick<EventRow, "id" | "occurred_at" | "description" | "status">;

/** Newest first, as the log is; the event that is open stands in its place among them. */
const withThis = (events: readonly Listed[], event: Listed): Listed[] =>
  [...events.filter(({ id }) => id !== event.id), event].sort((a, b) => Date.parse(b.occurred_at) - Date.parse(a.occurred_at));

/** Events as short links to their own pages. */
export function EventLinks({ events, currentId }: { events: readonly Listed[]; currentId?: string }) {
  const { slug } = useOrganization();
  return (
    <ul className="rounded-card border">
      {events.map((event) => (
        <li key={event.id} className="border-b last:border-0">
          <Link
            to="/o/$org/events/$id"
            params={{ org: slug, id: event.id }}
            preload={false}
            aria-current={event.id === currentId ? "true" : undefined}
            className={`inset-focus flex min-h-8 items-center gap-x-3 gap-y-0.5 px-2 py-1 hover:bg-hover max-sm:flex-wrap ${event.id === currentId ? "bg-selected" : ""}`}
          >
            <span className="text-meta text-ink-2 max-sm:flex-1">
              <Time at={event.occurred_at} />
            </span>
            <span className="min-w-0 flex-1 truncate max-sm:order-last max-sm:basis-full">{event.description}</span>
            {event.id === currentId && (
              <span className="flex items-center gap-1 text-meta whitespace-nowrap text-ink-2">
                <MapPin size={12} aria-hidden />
                you are here
              </span>
            )}
            <StatusMark status={event.status} word={false} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
