import { clockSkewToldMs } from "@daybook/event";
import type { Actor, AuditEvent } from "@daybook/event";
import { hiddenText } from "@daybook/policy";
import type { ReactNode } from "react";
import { ActorChip, actorKind, actorName } from "../../ui/actor-mark.tsx";
import { duration, inWords, wholeNumber } from "../../ui/numbers.ts";
import { StatusMark, statusLooks } from "../../ui/status-mark.tsx";
import { Time } from "../../ui/time.tsx";
import type { ListField } from "../logs/logs-search.ts";

export interface DetailField {
  label: string;
  /** What Copy puts on the clipboard, and what is shown unless `shown` is there. */
  text: string;
  shown?: ReactNode;
  filter?: { name: ListField; value: string };
}

type Maybe = DetailField | null;
const present = (fields: readonly Maybe[]): DetailField[] => fields.filter((field) => field !== null);
const mono = (text: string) => <span className="mono break-all">{text}</span>;
const plainField = (label: string, text: string | null | undefined): Maybe => (text ? { label, text } : null);
const idField = (label: string, text: string | null | undefined): Maybe => (text ? { label, text, shown: mono(text) } : null);
const countField = (label: string, count: number | null): Maybe => (count === null ? null : { label, text: String(count), shown: wholeNumber(count) });

/** What an event says, in the order an investigator asks: who, what, on what, how it went; then when, from where, in which request. */
export function detailSections(event: AuditEvent): { title: string; fields: DetailField[] }[] {
  return [
    { title: "Basic information", fields: present([...who(event), ...what(event), ...outcome(event)]) },
    { title: "Metadata", fields: present(circumstances(event)) },
  ];
}

function who({ actor, on_behalf_of, team, reason }: AuditEvent): Maybe[] {
  const handle = [actor.email, actor.id, actor.name].find((each) => each !== undefined && each !== hiddenText);
  return [
    {
      label: "User",
      text: handle ?? actorKind(actor.type),
      shown: <Person actor={actor} />,
      ...(handle ? { filter: { name: "actor" as const, value: handle } } : {}),
    },
    actor.id && actor.id !== handle ? { label: "Actor id", text: actor.id, shown: mono(actor.id), filter: { name: "actor", value: actor.id } } : null,
    on_behalf_of.length > 0
      ? {
          label: "On behalf of",
          text: on_behalf_of.map(actorName).join(", "),
          shown: (
            <span className="flex flex-col gap-1">
              {on_behalf_of.map((each) => (
                <Person key={`${each.type}:${each.id ?? each.email ?? each.name}`} actor={each} />
              ))}
            </span>
          ),
        }
      : null,
    team ? { label: "Team", text: team.name ?? team.id, filter: { name: "team", value: team.id } } : null,
    plainField("Reason", reason),
  ];
}

const Person = ({ actor }: { actor: Actor }) => (
  <span className="flex flex-wrap items-center gap-x-2">
    <ActorChip actor={actor} />
    {actor.email === hiddenText ? (
      <span className="text-ink-3">e-mail hidden</span>
    ) : (
      actor.email && actor.email !== actorName(actor) && <span className="text-ink-2">{actor.email}</span>
    )}
    {actor.type !== "user" && <span className="text-meta text-ink-3">{actorKind(actor.type)}</span>}
  </span>
);

function what(event: AuditEvent): Maybe[] {
  const { resource } = event;
  const handle = resource?.name ?? resource?.id;
  return [
    {
      label: "Action",
      text: event.action,
      shown: (
        <>
          {inWords(event.operation)} <span className="text-ink-3">·</span> {mono(event.action)}
        </>
      ),
      filter: { name: "action", value: event.action },
    },
    { label: "Namespace", text: event.namespace, shown: inWords(event.namespace), filter: { name: "namespace", value: event.namespace } },
    resource && handle ? { label: "Resource", text: handle, filter: { name: "resource", value: handle } } : null,
    resource ? { label: "Resource type", text: resource.type, shown: inWords(resource.type), filter: { name: "resource_type", value: resource.type } } : null,
    resource?.id && resource.id !== handle
      ? { label: "Resource id", text: resource.id, shown: mono(resource.id), filter: { name: "resource", value: resource.id } }
      : null,
    event.related_resources.length > 0
      ? { label: "Also touched", text: event.related_resources.map(({ type, name, id }) => `${type} ${name ?? id ?? ""}`.trim()).join(", ") }
      : null,
  ];
}

function outcome(event: AuditEvent): Maybe[] {
  return [
    { label: "Status", text: statusLooks[event.status].label, shown: <StatusMark status={event.status} />, filter: { name: "status", value: event.status } },
    event.duration_ms === null ? null : { label: "Duration", text: `${event.duration_ms} ms`, shown: duration(event.duration_ms) },
    countField("Rows returned", event.rows_returned),
    countField("Rows affected", event.rows_affected),
    ...Object.entries(event.counts).map(([name, count]) => countField(inWords(name), count)),
    { label: "Details", text: event.description },
  ];
}

function circumstances(event: AuditEvent): Maybe[] {
  const delay = Date.parse(event.received_at) - Date.parse(event.occurred_at);
  return [
    { label: "Timestamp", text: event.occurred_at, shown: <Time at={event.occurred_at} as="exact" /> },
    {
      label: "Received",
      text: event.received_at,
      shown: (
        <>
          <Time at={event.received_at} as="exact" />
          {delay >= 0 && delay < 86_400_000 && <span className="whitespace-nowrap text-ink-3"> +{duration(delay)}</span>}
        </>
      ),
    },
    clockField(event.clock_skew_ms),
    idField("IP address", event.context.ip),
    plainField("User agent", event.context.user_agent),
    idField("Session ID", event.context.session_id),
    idField("Request ID", event.context.request_id),
    idField("Operation ID", event.operation_id),
    plainField("Origin", event.origin && inWords(event.origin)),
    plainField("Source", event.source),
    idField("Import ID", event.import_id),
    idField("Event ID", event.id),
    { label: "Sequence", text: String(event.seq), shown: wholeNumber(event.seq) },
    idField("Idempotency key", event.idempotency_key),
  ];
}

/** A sender's clock that is off by more than the way through the network: then its time is to be read with care. */
function clockField(skewMs: number | null): Maybe {
  if (skewMs === null || Math.abs(skewMs) <= clockSkewToldMs) return null;
  const text = `${duration(Math.abs(skewMs))} ${skewMs > 0 ? "ahead" : "behind"}`;
  return { label: "Sender's clock", text, shown: <span className="text-pending">{text}</span> };
}
