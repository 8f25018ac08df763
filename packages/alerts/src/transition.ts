import type { AuditEvent } from "@daybook/event";
import type { FiringSettings } from "./define-alert-kind.ts";

export const incidentStates = ["open", "acknowledged", "resolved"] as const;
export type IncidentState = (typeof incidentStates)[number];

/** The newest incident of the event's rule and group, as far as the decision needs it. */
export interface IncidentSoFar {
  state: IncidentState;
  openedAt: Date;
  /** `seq` of the newest event that it holds. */
  lastSeq: number;
}

export type Firing = { do: "open" } | { do: "add" } | { do: "ignore"; because: "counted before" | "history" };

/**
 * What a matching event does. The quiet window runs from the opening, not from the last event: a steady trickle
 * opens (and mails) once per window instead of hiding in one incident for good.
 */
export function fire(
  previous: IncidentSoFar | null,
  event: Pick<AuditEvent, "seq" | "occurred_at" | "received_at">,
  now: Date,
  settings: FiringSettings,
): Firing {
  // A consumer that crashed between effect and cursor sees the event again.
  if (previous && event.seq <= previous.lastSeq) return { do: "ignore", because: "counted before" };
  if (isHistory(event, settings)) return { do: "ignore", because: "history" };
  return previous && absorbs(previous, now, settings) ? { do: "add" } : { do: "open" };
}

/** Age is taken at arrival, so a backlog that the worker catches up with is no history. */
const isHistory = (event: Pick<AuditEvent, "occurred_at" | "received_at">, { eventAgeDaysMax }: FiringSettings): boolean =>
  Date.parse(event.received_at) - Date.parse(event.occurred_at) > eventAgeDaysMax * dayMs;

function absorbs({ state, openedAt }: IncidentSoFar, now: Date, { quietMinutes }: FiringSettings): boolean {
  switch (state) {
    case "open":
    case "acknowledged": // Somebody is looking at it: what follows at once belongs to the same look.
      return now.getTime() - openedAt.getTime() < quietMinutes * minuteMs;
    case "resolved":
      return false;
  }
}

const minuteMs = 60_000;
const dayMs = 86_400_000;

const incidentActs = ["acknowledge", "resolve"] as const;
export type IncidentAct = (typeof incidentActs)[number];

/** What a person's act makes of an incident. `changed: false` is no error: two people may press the same button. Nothing leads back to open. */
export function act(state: IncidentState, wish: IncidentAct): { state: IncidentState; changed: boolean } {
  switch (wish) {
    case "acknowledge":
      return state === "open" ? { state: "acknowledged", changed: true } : { state, changed: false };
    case "resolve":
      return { state: "resolved", changed: state !== "resolved" };
  }
}
