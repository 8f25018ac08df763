import type { OperationState } from "@daybook/event";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { unlessRefused } from "../../ui/api-error.ts";
import { ActorChip } from "../../ui/actor-mark.tsx";
import { Button } from "../../ui/button.tsx";
import { duration, inWords } from "../../ui/numbers.ts";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { StatusMark } from "../../ui/status-mark.tsx";
import { Table } from "../../ui/table.tsx";
import { Time } from "../../ui/time.tsx";
import { useNow } from "../../ui/use-now.ts";
import { DurationBar } from "./duration-bar.tsx";
import { spanMs, spanTitles, type ListedOperation } from "./operation-words.ts";

const refreshMs = 10_000;

export function OperationList({ state }: { state: OperationState }) {
  const trpc = useTRPC();
  const pages = useInfiniteQuery(
    trpc.operations.list.infiniteQueryOptions(
      { state },
      { getNextPageParam: (page) => page.nextCursor, refetchInterval: ({ state: { error } }) => unlessRefused(error, refreshMs) },
    ),
  );
  return (
    <QueryPanel query={pages} what="Operations" isEmpty={({ pages: [first] }) => first?.operations.length === 0} empty={<Nothing state={state} />}>
      {(data) => (
        <div className="flex flex-col gap-3">
          <Table label="Operations" columns={["Operation", "Who", "Resource", "Started", spanTitles[state]]}>
            {data.pages
              .flatMap(({ operations }) => operations)
              .map((operation) => (
                <OperationRow key={operation.operationId} operation={operation} state={state} />
              ))}
          </Table>
          {pages.hasNextPage && (
            <Button className="self-center" disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              Show older
            </Button>
          )}
        </div>
      )}
    </QueryPanel>
  );
}

function OperationRow({ operation, state }: { operation: ListedOperation; state: OperationState }) {
  const { slug } = useOrganization();
  const now = useNow();
  const span = spanMs(operation, now);
  const { operationId, resource } = operation;
  return (
    <tr data-operation={operationId} className="hover:bg-hover">
      <td data-label="Operation" className="min-w-[220px]">
        <span className="flex min-w-0 items-baseline gap-1.5">
          <span className="relative top-0.5">
            <StatusMark status={operation.status} word={false} />
          </span>
          <Link
            to="/o/$org/operations"
            params={{ org: slug }}
            search={{ ...(state !== "running" && { state }), operation: operationId }}
            preload={false}
            className="link min-w-0 break-words"
            title={operation.lastAction}
          >
            {operation.description}
          </Link>
        </span>
      </td>
      <td data-label="Who" className="sm:max-w-[180px]">
        <ActorChip actor={operation.actor} />
      </td>
      <td data-label="Resource" className="sm:max-w-[220px]">
        {resource ? (
          <span className="block sm:truncate" title={`${inWords(resource.type)} ${resource.id ?? ""}`}>
            {resource.name ?? resource.id ?? inWords(resource.type)}
          </span>
        ) : (
          "–"
        )}
      </td>
      <td data-label="Started">
        <Time at={operation.startedAt} />
      </td>
      <td data-label={spanTitles[state]} className="whitespace-nowrap">
        <span className="block">
          {span === null ? "–" : duration(span)}
          {span !== null && operation.typicalDurationMs && (state === "running" || state === "ended") ? (
            <DurationBar spanMs={span} typicalMs={operation.typicalDurationMs} />
          ) : null}
        </span>
      </td>
    </tr>
  );
}

const nothing: Record<OperationState, { title: string; why: string }> = {
  running: {
    title: "Nothing is running",
    why: "An event with an operation id and the status in progress begins an operation; it appears here until its end arrives.",
  },
  waiting: { title: "Nothing waits for approval", why: "What was asked for with the status pending approval appears here until there is an answer." },
  never_ended: {
    title: "Everything came to its end",
    why: "What is in progress and has not been heard of for 24 hours appears here: often its sender broke down.",
  },
  ended: { title: "Nothing has ended yet", why: "Operations whose last event is a success or a failure appear here." },
};

const Nothing = ({ state }: { state: OperationState }) => <EmptyPanel title={nothing[state].title}>{nothing[state].why}</EmptyPanel>;
