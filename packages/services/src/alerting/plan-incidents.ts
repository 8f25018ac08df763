import { fire } from "@daybook/alerts";
import type { IncidentState } from "@daybook/alerts";
import type { AuditEvent } from "@daybook/event";
import { incidents } from "@daybook/store";
import type { Incident, Tx } from "@daybook/store";
import type { LiveRule } from "./live-rules.ts";

/** An incident as a step of the consumer leaves it. */
export interface IncidentDraft {
  id: string;
  rule: LiveRule;
  groupKey: string;
  /** Whether this step opens it; the others stood before and get further events. */
  opens: boolean;
  state: IncidentState;
  openedAt: Date;
  lastEventAt: Date;
  eventCount: number;
  firstSeq: number;
  lastSeq: number;
  /** Newest first. */
  eventIds: string[];
  /** The events that this step adds, newest first. */
  added: AuditEvent[];
}

export interface IncidentPlan {
  /** Opened or added to, in the order in which that happened. */
  drafts: IncidentDraft[];
  /** The last event that the plan speaks for. */
  lastSeq: number;
}

export interface PlanRequest {
  events: readonly AuditEvent[];
  rules: readonly LiveRule[];
  now: Date;
  newId: () => string;
}

/** Ids that an incident keeps; its count goes on. */
const incidentEventIdsMax = 100;
/** A step ends after this many openings: each renders a mail, and a transaction must not take long. */
export const openingsPerStepMax = 25;
/** The same for the groups whose newest incident a step looks up and locks. */
const groupsPerStepMax = 200;
/** An import brings history: what happened longer than this before it arrived alerts nobody, whatever the rule's own bound says. */
const importedAgeMaxMs = 24 * 3_600_000;

/** Written by alerting itself: a rule that watches for `*` must not answer its own mails for ever. */
const ownActions: ReadonlySet<string> = new Set(["alerts_sent", "incident_opened", "incident_acknowledged", "incident_resolved"]);

/** What the events make of the incidents. Reads and locks those it needs, writes nothing. */
export async function planIncidents(tx: Tx, organizationId: string, { events, rules, now, newId }: PlanRequest): Promise<IncidentPlan> {
  const newest = new Map<string, IncidentDraft | null>();
  const drafts = new Map<string, IncidentDraft>();
  let openings = 0;
  let lastSeq = 0;
  for (const event of events) {
    for (const rule of concerned(rules, event)) {
      const groupKey = rule.kind.groupBy(rule.settings, event);
      const place = `${rule.row.id} ${groupKey}`;
      const previous = newest.has(place)
        ? newest.get(place)
        : standing(await incidents.lockNewest(tx, organizationId, { ruleId: rule.row.id, groupKey }), rule);
      newest.set(place, previous ?? null);
      const draft = drafted(previous ?? null, event, { id: newId, rule, groupKey, now });
      if (draft === null) continue;
      if (draft.opens && draft.eventCount === 1) openings += 1;
      newest.set(place, draft);
      drafts.set(draft.id, draft);
    }
    lastSeq = event.seq;
    if (openings >= openingsPerStepMax || newest.size >= groupsPerStepMax) break;
  }
  return { drafts: [...drafts.values()], lastSeq };
}

const concerned = (rules: readonly LiveRule[], event: AuditEvent): LiveRule[] =>
  isNews(event) ? rules.filter(({ row, kind, settings }) => event.seq > row.sinceSeq && kind.matches(settings, event)) : [];

function isNews(event: AuditEvent): boolean {
  if (event.source === "daybook") return !ownActions.has(event.action);
  if (!event.source.startsWith("import:")) return true;
  // An importer says so when a record has no time: then its place in the log is the moment of the import, and nothing tells its age.
  if (event.metadata["time_missing"] === true) return false;
  return Date.parse(event.received_at) - Date.parse(event.occurred_at) <= importedAgeMaxMs;
}

interface Opening {
  id: () => string;
  rule: LiveRule;
  groupKey: string;
  now: Date;
}

/** The incident with this event in it, or null when the event changes none. */
function drafted(previous: IncidentDraft | null, event: AuditEvent, opening: Opening): IncidentDraft | null {
  const firing = fire(previous, event, opening.now, opening.rule.settings);
  switch (firing.do) {
    case "ignore":
      return null;
    case "open":
      return opened(event, opening);
    case "add":
      if (previous === null) throw new Error("an event joins an incident that stands");
      return joined(previous, event);
  }
}

const opened = (event: AuditEvent, { id, rule, groupKey, now }: Opening): IncidentDraft => ({
  id: id(),
  rule,
  groupKey,
  opens: true,
  state: "open",
  openedAt: now,
  lastEventAt: new Date(event.occurred_at),
  eventCount: 1,
  firstSeq: event.seq,
  lastSeq: event.seq,
  eventIds: [event.id],
  added: [event],
});

const joined = (previous: IncidentDraft, event: AuditEvent): IncidentDraft => ({
  ...previous,
  lastEventAt: new Date(Math.max(previous.lastEventAt.getTime(), Date.parse(event.occurred_at))),
  eventCount: previous.eventCount + 1,
  lastSeq: event.seq,
  eventIds: [event.id, ...previous.eventIds].slice(0, incidentEventIdsMax),
  added: [event, ...previous.added],
});

const standing = (row: Incident | null, rule: LiveRule): IncidentDraft | null => row && { ...row, rule, opens: false, added: [] };
