import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "../../trpc.ts";
import { unlessRefused } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Page } from "../../ui/page.tsx";
import { QueryPanel } from "../../ui/query-panel.tsx";
import { EmptyPanel } from "../../ui/state-panel.tsx";
import { AddSourceDialog } from "./add-source-dialog.tsx";
import { SourceCard } from "./source-card.tsx";

export function IntegrationsPage() {
  const trpc = useTRPC();
  const kinds = useQuery(trpc.sources.kinds.queryOptions(undefined, { staleTime: Infinity }));
  const sources = useQuery(
    trpc.sources.list.queryOptions(undefined, {
      refetchInterval: ({ state: { data, error } }) =>
        unlessRefused(error, data?.some(({ lastRun }) => lastRun?.state === "queued" || lastRun?.state === "running") ? 1000 : 15_000),
    }),
  );
  const [adding, setAdding] = useState(false);
  const add = (
    <Button look="primary" disabled={!kinds.data} onClick={() => setAdding(true)}>
      <Plus size={14} aria-hidden />
      Add integration
    </Button>
  );
  const titleOf = (kind: string) => kinds.data?.find(({ id }) => id === kind)?.title ?? kind;
  return (
    <Page
      title="Integrations"
      about="Synchronisations with other systems. The beginning, the end and every failure of a run are in the system log."
      action={add}
    >
      <QueryPanel
        query={sources}
        what="Integrations"
        isEmpty={(list) => list.length === 0}
        empty={
          <EmptyPanel title="No integration yet" action={add}>
            Connect dbt, and its runs become part of your log.
          </EmptyPanel>
        }
      >
        {(list) => (
          <ul className="flex flex-col gap-3">
            {list.map((source) => (
              <li key={source.id}>
                <SourceCard source={source} kindTitle={titleOf(source.kind)} />
              </li>
            ))}
          </ul>
        )}
      </QueryPanel>
      {adding && kinds.data && <AddSourceDialog kinds={kinds.data} onClose={() => setAdding(false)} />}
    </Page>
  );
}
