import { clockSkewToldMs } from "@daybook/event";
import type { Actor, AuditEvent } from "@daybook/event";
import { hiddenText } from "@daybook/policy";
import type { ReactNode } from "react";
import { ActorChip, actorKind, actorName } from "../../ui/actor-mark.tsx";
import { duration, inWords, wholeNumber } from "../../ui/numbers.ts";
import { StatusMark, statusLooks } from "../../ui/status-mark.tsx";
import { Time } from "../../ui/time.tsx";
import { browserWords } from "../account/browser-words.ts";
import { searchOf, type FieldFilter } from "./event-filter.ts";
import { LogLink } from "./log-link.tsx";

export interface DetailField {
  label: string;
  /** What Copy puts on the clipboard, and what is shown unless `shown` is there. */
  text: string;
  shown?: ReactNode;
  filter?: FieldFilter;
}

type Maybe = DetailField | null;
const present = (fields: readonly Maybe[]): DetailField[] => fields.filter((field) => field !== null);
const mono = (text: string) => <span className="mono [overflow-wrap:anywhere]">{text}</span>;
const plainField = (label: string, text: string | null | undefined, filter?: FieldFilter): Maybe => (text ? { label, text, ...(filter && { filter }) } : null);
const idField = (label: string, text: string | null | undefined, filter?: FieldFilter): Maybe =>
  text ? { label, text, shown: mono(text), ...(filter && { filter }) } : null;
const countField = (label: string, count: number | null): Maybe => (count === null ? null : { label, text: String(count), shown: wholeNumber(count) });

/** What an event says, in the order an investigator asks: who, what, on what, how it went; then when, from where, in which request. */
export function detailSections(event: AuditEvent, teamId?: string): { title: string; fields: DetailField[] }[] {
  return [
    { title: "Basic information", fields: present([...who(event), ...what(event), ...outcome(event)]) },
    { title: "Metadata", fields: present(circumstances(event, teamId)) },
  ];
}

function who({ actor, on_behalf_of, team, reason, source, token_id }: AuditEvent): Maybe[] {
  const handle = [actor.email, actor.id, actor.name].find((each) => each !== undefined && each !== hiddenText);
  return [
    {
      label: "User",
      text: handle ?? actorKind(actor.type),
      shown: <Person actor={actor} />,
      ...(handle ? { filter: { key: "actor" as const, value: handle } } : {}),
    },
    actor.id && actor.id !== handle ? { label: "Actor id", text: actor.id, shown: mono(actor.id), filter: { key: "actor", value: actor.id } } : null,
    {
      label: "Via",
      text: token_id === null ? sourceWords(source) : `${sourceWords(source)}, token ${token_id}`,
      shown: (
        <>
          {sourceWords(source)}
          {token_id !== null && <> · token {mono(token_id)}</>}
        </>
      ),
      filter: token_id === null ? { key: "source", value: source } : { key: "token", value: token_id },
    },
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
    team ? { label: "Team", text: team.name ?? team.id, filter: { key: "team", value: team.id } } : null,
    plainField("Reason", reason),
  ];
}

/** The door that an event came through. */
export function sourceWords(source: string): string {
  const [kind, name] = [source.replace(/:.*/, ""), source.replace(/^[^:]*:?/, "")];
  if (source === "api") return "API";
  if (source === "daybook") return "Daybook itself";
  if (kind === "app" && name !== "") return `App ${name}`;
  return kind === "import" && name !== "" ? `Import from ${name}` : source;
}

const Person = ({ actor }: { actor: Actor }) => (
  <span className="flex min-w-0 flex-wrap items-center gap-x-2">
    <ActorChip actor={actor} />
    {actor.email === hiddenText ? (
      <span className="text-ink-3">e-mail hidden</span>
    ) : (
      actor.email && actor.email !== actorName(actor) && <span className="min-w-0 break-words text-ink-2">{actor.email}</span>
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
      filter: { key: "action", value: event.action },
    },
    { label: "Namespace", text: event.namespace, shown: inWords(event.namespace), filter: { key: "namespace", value: event.namespace } },
    resource && handle ? { label: "Resource", text: handle, filter: { key: "resource", value: handle } } : null,
    resource ? { label: "Resource type", text: resource.type, shown: inWords(resource.type), filter: { key: "resource_type", value: resource.type } } : null,
    resource?.id && resource.id !== handle
      ? { label: "Resource id", text: resource.id, shown: mono(resource.id), filter: { key: "resource", value: resource.id } }
      : null,
    event.related_resources.length > 0
      ? { label: "Also touched", text: event.related_resources.map(({ type, name, id }) => `${type} ${name ?? id ?? ""}`.trim()).join(", ") }
      : null,
  ];
}

function outcome(event: AuditEvent): Maybe[] {
  return [
    { label: "Status", text: statusLooks[event.status].label, shown: <StatusMark status={event.status} />, filter: { key: "status", value: event.status } },
    event.duration_ms === null ? null : { label: "Duration", text: `${event.duration_ms} ms`, shown: duration(event.duration_ms) },
    countField("Rows returned", event.rows_returned),
    countField("Rows affected", event.rows_affected),
    ...Object.entries(event.counts).map(([name, count]) => countField(inWords(name), count)),
    { label: "Details", text: event.description },
  ];
}

/** Later than this, an event was not there yet when somebody looked at its time. */
const lateMs = 60_000;

function circumstances(event: AuditEvent, teamId: string | undefined): Maybe[] {
  const delay = Date.parse(event.received_at) - Date.parse(event.occurred_at);
  const { ip, user_agent, session_id, request_id } = event.context;
  const shared = (label: string, key: "session" | "request" | "operation_id" | "import", value: string | null | undefined): Maybe =>
    value
      ? {
          label,
          text: value,
          shown: value === hiddenText ? mono(value) : <AllOfIt event={event} teamId={teamId} filter={{ key, value }} />,
          filter: { key, value },
        }
      : null;
  return [
    { label: "Occurred", text: event.occurred_at, shown: <Time at={event.occurred_at} as="exact" /> },
    {
      label: "Received",
      text: event.received_at,
      shown: (
        <>
          <Time at={event.received_at} as="exact" />
          {delay >= 0 && <span className="whitespace-nowrap text-ink-3"> +{duration(delay)}</span>}
          {delay > lateMs && <span className="chip ml-1 rounded-chip bg-chip-pending px-1 text-meta whitespace-nowrap text-pending">late</span>}
        </>
      ),
    },
    clockField(event.clock_skew_ms),
    idField("IP address", ip, ip ? { key: "ip", value: ip } : undefined),
    user_agent
      ? {
          label: "User agent",
          text: user_agent,
          shown:
            user_agent === hiddenText ? undefined : (
              <>
                {browserWords(user_agent)} <span className="block text-meta break-words text-ink-3">{user_agent}</span>
              </>
            ),
        }
      : null,
    shared("Session", "session", session_id),
    shared("Request", "request", request_id),
    shared("Operation", "operation_id", event.operation_id),
    plainField("Origin", event.origin && inWords(event.origin), event.origin ? { key: "origin", value: event.origin } : undefined),
    shared("Import", "import", event.import_id),
    idField("Event ID", event.id, { key: "id", value: event.id }),
    { label: "Sequence", text: String(event.seq), shown: wholeNumber(event.seq) },
    idField("Idempotency key", event.idempotency_key),
  ];
}

/** Everything that shares a session, a request or an operation, whenever it was. */
const AllOfIt = ({ event, teamId, filter }: { event: AuditEvent; teamId: string | undefined; filter: FieldFilter }) => (
  <LogLink logType={event.log_type} teamId={teamId} search={{ q: searchOf(filter) }} className="link mono break-all">
    {filter.value}
  </LogLink>
);

/** A sender's clock that is off by more than the way through the network: then its time is to be read with care. */
function clockField(skewMs: number | null): Maybe {
  if (skewMs === null || Math.abs(skewMs) <= clockSkewToldMs) return null;
  const text = `${duration(Math.abs(skewMs))} ${skewMs > 0 ? "ahead" : "behind"}`;
  return { label: "Sender's clock", text, shown: <span className="text-pending">{text}</span> };
}
