import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { useState } from "react";
import { useTRPC, type inferOutput, type Trpc } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Disclosure } from "../../ui/disclosure.tsx";
import { FormError } from "../../ui/field.tsx";
import { duration } from "../../ui/numbers.ts";
import { Card } from "../../ui/page.tsx";
import { Time } from "../../ui/time.tsx";
import { RunHistory } from "./run-history.tsx";
import { RunState, type Run } from "./run-state.tsx";

type Source = inferOutput<Trpc["sources"]["list"]>[number];

export function SourceCard({ source, kindTitle }: { source: Source; kindTitle: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [removing, setRemoving] = useState(false);
  const changed = () => queryClient.invalidateQueries(trpc.sources.pathFilter());
  const runNow = useMutation(trpc.sources.runNow.mutationOptions({ onSettled: changed }));
  const remove = useMutation(trpc.sources.remove.mutationOptions({ onSuccess: changed }));
  const { lastRun } = source;
  const busy = lastRun?.state === "queued" || lastRun?.state === "running";
  return (
    <Card>
      <article data-source={source.id} aria-label={source.name}>
        <header className="flex flex-wrap items-start gap-3 p-3">
          <div className="min-w-0 flex-1 basis-[240px]">
            <h2 className="text-form font-semibold">
              {source.name} {kindTitle !== source.name && <span className="font-normal text-ink-3">{kindTitle}</span>}
            </h2>
            <LastRun run={lastRun} />
          </div>
          <div className="flex gap-2">
            <Button disabled={busy || runNow.isPending} title={busy ? "A run is going on." : undefined} onClick={() => runNow.mutate({ sourceId: source.id })}>
              <Play size={14} aria-hidden />
              Run now
            </Button>
            <Button look="plain" onClick={() => setRemoving(true)}>
              Remove…
            </Button>
          </div>
        </header>
        {runNow.isError && (
          <div className="px-3 pb-3">
            <FormError>{readApiError(runNow.error).message}</FormError>
          </div>
        )}
        <Disclosure title="History">
          <RunHistory sourceId={source.id} busy={busy} />
        </Disclosure>
        {removing && (
          <Confirm
            title={`Remove ${source.name}?`}
            act="Remove integration"
            busy={remove.isPending}
            error={remove.error}
            onConfirm={() => remove.mutate({ sourceId: source.id })}
            onClose={() => setRemoving(false)}
          >
            It stops running. The events it has written stay in the log.
          </Confirm>
        )}
      </article>
    </Card>
  );
}

function LastRun({ run }: { run: Run | null }) {
  if (!run) return <p className="mt-1 text-ink-2">Never run</p>;
  return (
    <>
      <p className="mt-1 flex flex-wrap items-center gap-x-2 text-ink-2">
        <RunState run={run} />
        <Time at={run.startedAt ?? run.requestedAt} as="relative" />
        {run.durationMs !== null && <span>· {duration(run.durationMs)}</span>}
        <span>· {run.trigger.name}</span>
      </p>
      {run.error && <p className="mt-1 break-words text-failed">{run.error}</p>}
    </>
  );
}
