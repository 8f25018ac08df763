import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useOrganization } from "../../shell/organization.tsx";
import { useTRPC } from "../../trpc.ts";
import { StatusMark } from "../../ui/status-mark.tsx";
import { useNow } from "../../ui/use-now.ts";
import { stateSentence } from "./operation-words.ts";

/** Beside one event: how the operation that it belongs to stands now. Says nothing while nobody knows. */
export function OperationLine({ operationId }: { operationId: string }) {
  const { slug } = useOrganization();
  const trpc = useTRPC();
  const now = useNow();
  const operation = useQuery(trpc.operations.get.queryOptions({ operationId })).data?.operation;
  if (!operation) return null;
  return (
    <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-meta text-ink-2" data-operation={operationId}>
      <StatusMark status={operation.status} word={false} />
      <Link to="/o/$org/operations" params={{ org: slug }} search={{ operation: operationId }} className="link">
        Operation {stateSentence(operation, now).toLowerCase()}
      </Link>
    </p>
  );
}
