import type { AuditEvent, Status } from "./audit-event.ts";

/** What the fold of an operation looks at in an event. */
export type OperationEvent = Pick<AuditEvent, "seq" | "occurred_at" | "action" | "namespace" | "actor" | "resource" | "status" | "description" | "duration_ms">;

/**
 * What the events of one operation say together. It holds only what the next event needs, so that events can be added one by one, in whatever
 * order they arrive; `operationFacts` tells what follows from it.
 */
export interface Operation {
  /** Of the earliest event: what began, who did it, and to what. */
  first: Pick<OperationEvent, "seq" | "occurred_at" | "action" | "namespace" | "actor" | "resource" | "status">;
  /** Of the event that says how the operation stands now. */
  last: Pick<OperationEvent, "seq" | "occurred_at" | "action" | "status" | "description" | "duration_ms">;
  /** Whether an event said that it is under way or waits, so that its start is known. */
  begun: boolean;
  events: number;
  firstSeq: number;
  lastSeq: number;
}

/** Adds events, each once, to what is known of their operation. Null when there is none. */
export function foldOperation(events: Iterable<OperationEvent>, known: Operation | null = null): Operation | null {
  let operation = known;
  for (const event of events) operation = operation ? withEvent(operation, event) : begin(event);
  return operation;
}

const begin = (event: OperationEvent): Operation => ({
  first: firstOf(event),
  last: lastOf(event),
  begun: !isTerminal(event.status),
  events: 1,
  firstSeq: event.seq,
  lastSeq: event.seq,
});

const withEvent = (operation: Operation, event: OperationEvent): Operation => ({
  first: isBefore(event, operation.first) ? firstOf(event) : operation.first,
  last: isBefore(operation.last, event) ? lastOf(event) : operation.last,
  begun: operation.begun || !isTerminal(event.status),
  events: operation.events + 1,
  firstSeq: Math.min(operation.firstSeq, event.seq),
  lastSeq: Math.max(operation.lastSeq, event.seq),
});

const firstOf = ({ seq, occurred_at, action, namespace, actor, resource, status }: OperationEvent): Operation["first"] => ({
  seq,
  occurred_at,
  action,
  namespace,
  actor,
  resource,
  status,
});
const lastOf = ({ seq, occurred_at, action, status, description, duration_ms }: OperationEvent): Operation["last"] => ({
  seq,
  occurred_at,
  action,
  status,
  description,
  duration_ms,
});

export const isTerminal = (status: Status): boolean => status === "success" || status === "failed";

type Placed = Pick<OperationEvent, "seq" | "occurred_at" | "status">;

/**
 * The order of an operation's events: by their time, at the same time whatever ends it behind what begins it, and then as they arrived. A short
 * operation begins and ends within one millisecond, and must not read as still running.
 */
function isBefore(a: Placed, b: Placed): boolean {
  // Stored instants have one format, in which text sorts as time does.
  if (a.occurred_at !== b.occurred_at) return a.occurred_at < b.occurred_at;
  if (isTerminal(a.status) !== isTerminal(b.status)) return isTerminal(b.status);
  return a.seq < b.seq;
}

/** What follows from an operation's events, whatever the time is. */
export interface OperationFacts {
  status: Status;
  startedAt: string;
  endedAt: string | null;
  /** Since when somebody's approval is waited for. */
  waitingSince: string | null;
  durationMs: number | null;
  /** Its first or its last event was not the first or the last to arrive. */
  outOfOrder: boolean;
}

export function operationFacts(operation: Operation): OperationFacts {
  const { first, last } = operation;
  return {
    status: last.status,
    startedAt: first.occurred_at,
    endedAt: isTerminal(last.status) ? last.occurred_at : null,
    waitingSince: last.status === "pending_approval" ? last.occurred_at : null,
    durationMs: durationOf(operation),
    outOfOrder: first.seq !== operation.firstSeq || last.seq !== operation.lastSeq,
  };
}

/** From the first event to the end; where nothing said that it began, what the end says of itself is nearer the truth. */
function durationOf({ first, last, begun, events }: Operation): number | null {
  if (!isTerminal(last.status)) return null;
  if (!begun && last.duration_ms !== null) return last.duration_ms;
  return begun || events > 1 ? Date.parse(last.occurred_at) - Date.parse(first.occurred_at) : null;
}

/** Each operation is in one of them. */
export const operationStates = ["running", "waiting", "never_ended", "ended"] as const;
export type OperationState = (typeof operationStates)[number];

/** In progress without a word since `silentSince`, an operation counts as one that never ended. */
export function operationState({ last }: Operation, silentSince: Date): OperationState {
  switch (last.status) {
    case "in_progress":
      return Date.parse(last.occurred_at) < silentSince.getTime() ? "never_ended" : "running";
    case "pending_approval":
      return "waiting";
    case "success":
    case "failed":
      return "ended";
  }
}
