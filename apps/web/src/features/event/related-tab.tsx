import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC, type inferOutput, type Trpc } from "../../trpc.ts";
import { plural } from "../../ui/numbers.ts";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { StatusMark } from "../../ui/status-mark.tsx";
import { Time } from "../../ui/time.tsx";

type Group = inferOutput<Trpc["events"]["related"]>[number];

const titles: Record<Group["by"], string> = {
  request: "In the same request",
  session: "In the same session",
  operation: "In the same operation",
  actor: "By the same actor around this time",
  resource: "On the same resource",
};

export function RelatedTab({ id, teamId }: { id: string; teamId?: string | undefined }) {
  const trpc = useTRPC();
  const related = useQuery(trpc.events.related.queryOptions({ id, ...(teamId && { teamId }) }));
  return (
    <QueryPanel
      query={related}
      what="Related events"
      isEmpty={(groups) => groups.every(({ events }) => events.length === 0)}
      empty={<EmptyPanel title="Nothing related">No other event shares its request, session, operation, actor or resource.</EmptyPanel>}
    >
      {(groups) => (
        <div className="flex flex-col gap-4 p-4">
          {groups
            .filter(({ events }) => events.length > 0)
            .map((group) => (
              <RelatedGroup key={group.by} group={group} id={id} />
            ))}
        </div>
      )}
    </QueryPanel>
  );
}

function RelatedGroup({ group, id }: { group: Group; id: string }) {
  return (
    <section data-related={group.by}>
      <h2 className="mb-1 font-semibold">
        {titles[group.by]}{" "}
        <span className="font-normal text-ink-3">{group.capped ? `more than ${plural(group.count, "event")}` : plural(group.count, "event")}</span>
      </h2>
      <EventLinks events={group.events} currentId={id} />
    </section>
  );
}

/** Events as short links to their own pages. */
export function EventLinks({ events, currentId }: { events: Group["events"]; currentId?: string }) {
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
            className="inset-focus flex min-h-8 items-center gap-x-3 gap-y-0.5 px-2 py-1 hover:bg-hover max-sm:flex-wrap"
          >
            <span className="text-meta text-ink-2 max-sm:flex-1">
              <Time at={event.occurred_at} />
            </span>
            <span className="min-w-0 flex-1 truncate max-sm:order-last max-sm:basis-full">{event.description}</span>
            <StatusMark status={event.status} word={false} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
