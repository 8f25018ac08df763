import { useQueryClient } from "@tanstack/react-query";
import type { AuditEvent } from "@daybook/event";
import { lazy, Suspense, useState } from "react";
import { useOrganization } from "../../../shell/organization.tsx";
import { useTRPC } from "../../../trpc.ts";
import { readApiError } from "../../../ui/api-error.ts";
import { Button } from "../../../ui/button.tsx";
import { copyText } from "../../../ui/copy-text.ts";
import { plural } from "../../../ui/numbers.ts";
import { toast } from "../../../ui/toast.tsx";
import { isBefore } from "./event-order.ts";
import { csvOf } from "./selection-text.ts";
import type { Selection } from "./use-selection.ts";

const CompareDialog = lazy(async () => ({ default: (await import("./compare-dialog.tsx")).CompareDialog }));
const AddToCase = lazy(async () => ({ default: (await import("../../investigate/add-to-case.tsx")).AddToCase }));
const askedAtOnceMax = 6;

/** What can be done with the rows that were chosen. */
export function SelectionBar({ selection, teamId }: { selection: Selection; teamId: string | undefined }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const mayPin = useOrganization().grants.includes("cases:work");
  const [busy, setBusy] = useState(false);
  const [pinning, setPinning] = useState(false);
  const [compared, setCompared] = useState<readonly [AuditEvent, AuditEvent]>();
  const rows = [...selection.rows.values()].sort((a, b) => (isBefore(a, b) ? -1 : 1));

  const inFull = async (): Promise<AuditEvent[]> => {
    const events: AuditEvent[] = [];
    for (let at = 0; at < rows.length; at += askedAtOnceMax) {
      const some = rows.slice(at, at + askedAtOnceMax);
      const answers = await Promise.all(
        some.map(({ id }) => queryClient.fetchQuery(trpc.events.get.queryOptions({ id, ...(teamId && { teamId }) }, { staleTime: Infinity }))),
      );
      events.push(...answers.map(({ event }) => event));
    }
    return events;
  };
  const withEvents = async (act: (events: AuditEvent[]) => void | Promise<void>) => {
    setBusy(true);
    try {
      await act(await inFull());
    } catch (error) {
      toast(`The events could not be fetched. ${readApiError(error).message}`);
    } finally {
      setBusy(false);
    }
  };
  const copied = (as: string) => toast(`${plural(rows.length, "event")} copied as ${as}.`);

  return (
    <div
      role="toolbar"
      aria-label="Selected events"
      data-selected={rows.length}
      className="appear absolute bottom-3 left-1/2 z-10 flex w-max max-w-[calc(100%-24px)] -translate-x-1/2 flex-wrap items-center gap-1.5 rounded-card border bg-bg p-1.5 pl-3 shadow-overlay"
    >
      <span className="pr-1 font-medium" role="status">
        {rows.length} selected
      </span>
      <Button size="dense" disabled={busy} onClick={() => void withEvents(async (events) => (await copyText(JSON.stringify(events, null, 2)), copied("JSON")))}>
        Copy as JSON
      </Button>
      <Button size="dense" onClick={() => void copyText(csvOf(rows)).then(() => copied("CSV"))}>
        Copy as CSV
      </Button>
      <Button
        size="dense"
        disabled={busy || rows.length !== 2}
        title={rows.length === 2 ? undefined : "Two events can be compared."}
        onClick={() => void withEvents(([left, right]) => left && right && setCompared([left, right]))}
      >
        Compare
      </Button>
      {mayPin && (
        <Button size="dense" onClick={() => setPinning(true)}>
          Add to case
        </Button>
      )}
      <Button size="dense" look="plain" onClick={selection.clear}>
        Clear
      </Button>
      {pinning && (
        <Suspense>
          <AddToCase eventIds={rows.map(({ id }) => id)} onDone={() => setPinning(false)} />
        </Suspense>
      )}
      {compared && (
        <Suspense>
          <CompareDialog left={compared[0]} right={compared[1]} onClose={() => setCompared(undefined)} />
        </Suspense>
      )}
    </div>
  );
}
