import { logTypes, type EventRow } from "@daybook/event";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC, type inferOutput, type Trpc } from "../../trpc.ts";
import { ActorChip, actorName } from "../../ui/actor-mark.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { duration, inWords, plural } from "../../ui/numbers.ts";
import { Card, Fact } from "../../ui/page.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { StateChip, StatusMark } from "../../ui/status-mark.tsx";
import { Time } from "../../ui/time.tsx";
import { useNow } from "../../ui/use-now.ts";
import { stateSentence, stateTones, stateWords } from "./operation-words.ts";
import { searchFor } from "../logs/search-text.ts";

type Detail = inferOutput<Trpc["operations"]["get"]>;

const refreshMs = 5_000;

/** One operation: how it stands, and its events from the beginning to the last word. */
export function OperationDetail({ operationId }: { operationId: string }) {
  const trpc = useTRPC();
  const detail = useQuery(
    trpc.operations.get.queryOptions({ operationId }, { refetchInterval: ({ state }) => (state.data?.operation.state === "ended" ? false : refreshMs) }),
  );
  return (
    <QueryPanel query={detail} what="The operation">
      {(found) => (
        <Card>
          <article aria-label={found.operation.description} data-operation={operationId}>
            <Header detail={found} />
            <Timeline detail={found} />
          </article>
        </Card>
      )}
    </QueryPanel>
  );
}

function Header({ detail: { operation } }: { detail: Detail }) {
  const now = useNow();
  const { state, status, resource, operationId } = operation;
  return (
    <header className="flex flex-col gap-3 p-4">
      <div>
        <h2 className="flex flex-wrap items-center gap-2 text-section break-words">
          <StateChip tone={state === "ended" ? (status === "failed" ? "failed" : "ok") : stateTones[state]}>{stateWords[state]}</StateChip>
          {operation.description}
        </h2>
        <p className="mt-1 text-ink-2">{stateSentence(operation, now)}.</p>
      </div>
      <dl className="flex flex-wrap gap-x-8 gap-y-3">
        <Fact label="Who">
          <ActorChip actor={operation.actor} />
        </Fact>
        {resource && (
          <Fact label="Resource">
            {resource.name ?? resource.id ?? ""} <span className="text-ink-3">{inWords(resource.type)}</span>
          </Fact>
        )}
        <Fact label="Started">
          <Time at={operation.startedAt} />
        </Fact>
        {operation.endedAt && (
          <Fact label="Ended">
            <Time at={operation.endedAt} />
          </Fact>
        )}
        <Fact label="Operation ID">
          <span className="flex items-center gap-1">
            <code className="mono break-all">{operationId}</code>
            <CopyButton text={operationId} what="operation ID" />
          </span>
        </Fact>
      </dl>
    </header>
  );
}

function Timeline({ detail: { operation, events, eventsTotal, eventsPurged } }: { detail: Detail }) {
  const { slug } = useOrganization();
  const notes = [
    events.length < eventsTotal && `These are the first ${events.length} of its ${plural(eventsTotal, "event")}.`,
    eventsPurged > 0 && `The retention policy removed ${plural(eventsPurged, "event")}; what it says above was kept.`,
    operation.outOfOrder && "Its events did not arrive in the order in which they happened.",
  ].filter((note) => note !== false);
  const shownTypes = logTypes.filter((logType) => events.some((event) => event.log_type === logType));
  return (
    <div className="border-t p-4">
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h3 className="font-semibold">
          Events <span className="font-normal text-ink-3">{eventsTotal}</span>
        </h3>
        <span className="flex gap-4">
          {shownTypes.map((logType) => (
            <Link
              key={logType}
              to="/o/$org/logs/$logType"
              params={{ org: slug, logType }}
              search={{ q: searchFor("operation_id", operation.operationId) }}
              className="link"
            >
              {logType === "activity" ? "Show in activity logs" : "Show in system logs"}
            </Link>
          ))}
        </span>
      </div>
      {notes.map((note) => (
        <p key={note} className="mb-1 text-meta text-ink-2">
          {note}
        </p>
      ))}
      <ol className="ml-[7px] border-l">
        {events.map((event) => (
          <Step key={event.id} event={event} startedAt={operation.startedAt} />
        ))}
      </ol>
    </div>
  );
}

/** A dot on the line of time, how long after the start it was, and what happened. */
function Step({ event, startedAt }: { event: EventRow; startedAt: string }) {
  const { slug } = useOrganization();
  const after = Date.parse(event.occurred_at) - Date.parse(startedAt);
  return (
    <li className="relative">
      <span aria-hidden className="absolute top-3 -left-[4.5px] size-2 rounded-full border border-control bg-bg" />
      <Link
        to="/o/$org/events/$id"
        params={{ org: slug, id: event.id }}
        preload={false}
        className="inset-focus ml-2 flex min-h-8 items-center gap-x-3 gap-y-0.5 rounded-control px-2 py-1 hover:bg-hover max-sm:flex-wrap"
      >
        <span className="text-meta text-ink-2">
          <Time at={event.occurred_at} />
        </span>
        <span className="shrink-0 text-meta sm:w-[84px] text-ink-3">{after > 0 ? `+${duration(after)}` : "start"}</span>
        <span className="min-w-0 flex-1 truncate max-sm:order-last max-sm:basis-full">
          {event.description} <span className="text-ink-3">· {actorName(event.actor)}</span>
        </span>
        <StatusMark status={event.status} />
      </Link>
    </li>
  );
}
