import type { AuditEvent } from "@daybook/event";
import type { LogsSearch } from "../logs/logs-search.ts";
import { searchOf } from "./event-filter.ts";
import { LogLink } from "./log-link.tsx";

const aroundMs = 30 * 60_000;

/** What went wrong, first of all; and where the rest of the story stands. */
export function ErrorBlock({ event, teamId }: { event: AuditEvent; teamId?: string | undefined }) {
  const { error } = event;
  return (
    <section role="note" aria-label="Error" data-error className="rounded-card bg-chip-failed px-3 py-2 text-failed">
      <p className="font-medium break-words whitespace-pre-wrap">{error?.message ?? "It failed, and its sender did not say why."}</p>
      {error?.code && error.code !== error.message && <p className="mono break-words">{error.code}</p>}
      <p className="mt-1 flex flex-wrap gap-x-4">
        <LogLink logType={event.log_type} teamId={teamId} search={relatedLogs(event)} className="underline underline-offset-2">
          Related logs
        </LogLink>
        {error?.code && (
          <LogLink
            logType={event.log_type}
            teamId={teamId}
            search={{ q: searchOf({ key: "error", value: error.code }) }}
            className="underline underline-offset-2"
          >
            Every event with this code
          </LogLink>
        )}
      </p>
    </section>
  );
}

/** The nearest circle around a failure that its sender told: its operation, else its request, its session, or what happened around it. */
export function relatedLogs({ operation_id, context, occurred_at }: Pick<AuditEvent, "operation_id" | "context" | "occurred_at">): LogsSearch {
  if (operation_id) return { q: searchOf({ key: "operation_id", value: operation_id }) };
  if (context.request_id) return { q: searchOf({ key: "request", value: context.request_id }) };
  if (context.session_id) return { q: searchOf({ key: "session", value: context.session_id }) };
  const at = Date.parse(occurred_at);
  return { from: new Date(at - aroundMs).toISOString(), to: new Date(at + aroundMs).toISOString() };
}
