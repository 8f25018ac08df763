import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC, type inferOutput, type Trpc } from "../../trpc.ts";
import { readApiError } from "../../ui/api-error.ts";
import { Button } from "../../ui/button.tsx";
import { Disclosure } from "../../ui/disclosure.tsx";
import { FormError } from "../../ui/field.tsx";
import { plural } from "../../ui/numbers.ts";
import { Card } from "../../ui/page.tsx";
import { StateChip } from "../../ui/status-mark.tsx";
import { Time } from "../../ui/time.tsx";
import { EventLinks } from "../event/related-tab.tsx";
import { ResolveDialog } from "./resolve-dialog.tsx";

type Incident = inferOutput<Trpc["incidents"]["list"]>[number];

const tones = { open: "alert", acknowledged: "pending", resolved: "ok" } as const;
const words = { open: "Open", acknowledged: "Acknowledged", resolved: "Resolved" };

export function IncidentCard({ incident, isAsked }: { incident: Incident; isAsked: boolean }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [resolving, setResolving] = useState(false);
  const changed = { onSettled: () => queryClient.invalidateQueries(trpc.incidents.pathFilter()) };
  const acknowledge = useMutation(trpc.incidents.acknowledge.mutationOptions(changed));
  const resolve = useMutation(trpc.incidents.resolve.mutationOptions({ ...changed, onSuccess: () => setResolving(false) }));
  return (
    <Card>
      <article data-incident={incident.id} data-incident-state={incident.state} aria-label={incident.title}>
        <header className="flex flex-wrap items-start gap-x-3 gap-y-2 p-3">
          <div className="min-w-0 flex-1 basis-[260px]">
            <h2 className="flex flex-wrap items-center gap-2 text-form font-semibold">
              <StateChip tone={tones[incident.state]}>{words[incident.state]}</StateChip>
              {incident.title}
            </h2>
            <p className="mt-1 text-ink-2">
              {incident.ruleName} · {incident.severity} · {plural(incident.eventCount, "event")} · last <Time at={incident.lastEventAt} as="relative" />
            </p>
            <Handled incident={incident} />
          </div>
          {incident.state !== "resolved" && (
            <div className="flex gap-2">
              {incident.state === "open" && (
                <Button
                  look={isAsked ? "primary" : "quiet"}
                  autoFocus={isAsked}
                  disabled={acknowledge.isPending}
                  onClick={() => acknowledge.mutate({ incidentId: incident.id })}
                >
                  Acknowledge
                </Button>
              )}
              <Button onClick={() => setResolving(true)}>Resolve…</Button>
            </div>
          )}
        </header>
        {acknowledge.isError && (
          <div className="px-3 pb-3">
            <FormError>{readApiError(acknowledge.error).message}</FormError>
          </div>
        )}
        <Deliveries incident={incident} />
        <Disclosure
          open={incident.state === "open"}
          title={
            incident.events.length < incident.eventCount ? `The newest ${incident.events.length} of ${incident.eventCount} matching events` : "Matching events"
          }
        >
          <EventLinks events={incident.events} />
        </Disclosure>
        {resolving && (
          <ResolveDialog
            title={incident.title}
            busy={resolve.isPending}
            error={resolve.error}
            onResolve={(note) => resolve.mutate({ incidentId: incident.id, ...(note ? { note } : {}) })}
            onClose={() => setResolving(false)}
          />
        )}
      </article>
    </Card>
  );
}

function Handled({ incident: { acknowledgedBy, resolvedBy, note } }: { incident: Incident }) {
  const parts = [acknowledgedBy && `Acknowledged by ${acknowledgedBy.name}`, resolvedBy && `resolved by ${resolvedBy.name}`].filter(Boolean);
  return parts.length === 0 ? null : (
    <p className="text-meta text-ink-3">
      {parts.join(", ")}
      {note && <span className="text-ink-2">: “{note}”</span>}
    </p>
  );
}

const deliveryTones: Record<string, "ok" | "failed" | "progress"> = { sent: "ok", delivered: "ok", failed: "failed" };

function Deliveries({ incident }: { incident: Incident }) {
  if (incident.deliveries.length === 0) return <p className="border-t px-3 py-1.5 text-meta text-ink-3">No mail went out for this incident.</p>;
  return (
    <ul aria-label="Deliveries" className="flex flex-wrap gap-x-4 gap-y-1 border-t px-3 py-1.5 text-meta">
      {incident.deliveries.map(({ to, state, at }) => (
        <li key={`${to} ${at}`} className="flex items-center gap-2">
          <StateChip tone={deliveryTones[state] ?? "progress"}>{state}</StateChip> {to}{" "}
          <span className="text-ink-3">
            <Time at={at} />
          </span>
        </li>
      ))}
    </ul>
  );
}
