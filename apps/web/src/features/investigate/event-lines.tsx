import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useOrganization } from "../../shell/organization.tsx";
import type { inferOutput, Trpc } from "../../trpc.ts";
import { ActorChip } from "../../ui/actor-mark.tsx";
import { StatusMark } from "../../ui/status-mark.tsx";
import { Time } from "../../ui/time.tsx";

type EventLine = inferOutput<Trpc["events"]["list"]>["events"][number];

interface EventLinesProps {
  label: string;
  events: readonly EventLine[];
  /** What can be done with a row, at its end. */
  action?: (event: EventLine) => ReactNode;
}

/** Events in a few lines, each a link to its own page; `j` and `k` of the page walk through the links. */
export function EventLines({ label, events, action }: EventLinesProps) {
  return (
    <ul aria-label={label} className="rounded-card border">
      {events.map((event) => (
        <li key={event.id} data-event-id={event.id} className="flex items-start gap-1 border-b pr-1 last:border-0 hover:bg-hover">
          <EventLineLink event={event} />
          {action && <span className="py-0.5">{action(event)}</span>}
        </li>
      ))}
    </ul>
  );
}

export function EventLineLink({ event }: { event: EventLine }) {
  const { slug } = useOrganization();
  return (
    <Link
      to="/o/$org/events/$id"
      params={{ org: slug, id: event.id }}
      preload={false}
      className="inset-focus flex min-h-8 min-w-0 flex-1 items-center gap-x-3 gap-y-0.5 px-2 py-1 max-sm:flex-wrap"
    >
      <span className="text-meta text-ink-2 max-sm:flex-1">
        <Time at={event.occurred_at} />
      </span>
      <span className="w-40 shrink-0 max-sm:order-last max-sm:w-full">
        <ActorChip actor={event.actor} />
      </span>
      <span className="min-w-0 flex-1 truncate max-sm:order-last max-sm:basis-full max-sm:whitespace-normal">{event.description}</span>
      <StatusMark status={event.status} word={false} />
    </Link>
  );
}
