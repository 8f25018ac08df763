import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../trpc.ts";
import { unlessRefused } from "../../ui/api-error.ts";
import { Page } from "../../ui/page.tsx";
import { OperationDetail } from "./operation-detail.tsx";
import { OperationList } from "./operation-list.tsx";
import { StateTabs } from "./state-tabs.tsx";

const refreshMs = 10_000;

export function OperationsPage() {
  const { org } = useParams({ from: "/o/$org/operations" });
  const { state = "running", operation } = useSearch({ from: "/o/$org/operations" });
  const navigate = useNavigate();
  const trpc = useTRPC();
  const counts = useQuery(
    trpc.operations.counts.queryOptions({}, { refetchInterval: ({ state: { error } }) => unlessRefused(error, refreshMs), enabled: operation === undefined }),
  );
  return (
    <Page
      title="Operations"
      about="What begins with one event and ends with another, read as one thing: what still runs, what waits for approval, and what never came to its end."
    >
      {operation === undefined ? (
        <>
          <StateTabs
            counted={counts.data}
            value={state}
            onChange={(next) => void navigate({ to: "/o/$org/operations", params: { org }, search: next === "running" ? {} : { state: next } })}
          />
          <OperationList key={state} state={state} />
        </>
      ) : (
        <>
          <Link to="/o/$org/operations" params={{ org }} search={state === "running" ? {} : { state }} className="link self-start">
            All operations
          </Link>
          <OperationDetail operationId={operation} />
        </>
      )}
    </Page>
  );
}
