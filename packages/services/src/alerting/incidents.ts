import { act, incidentStates } from "@daybook/alerts";
import type { IncidentAct, IncidentState } from "@daybook/alerts";
import { Refusal } from "@daybook/event";
import type { EventRow } from "@daybook/event";
import { maskName } from "@daybook/policy";
import type { Shown } from "@daybook/policy";
import { incidents, mails } from "@daybook/store";
import type { Incident, MailProgress, Tx } from "@daybook/store";
import { z } from "zod";
import { viewLog } from "../activity/view-log.ts";
import type { Context } from "../context.ts";
import { defineChange, defineRead } from "../verb.ts";
import type { Recorded } from "../verb.ts";

const incidentsShownMax = 50;
const eventsShownMax = 20;

export interface ShownIncident {
  id: string;
  ruleId: string;
  ruleName: string;
  kind: string;
  severity: string;
  state: IncidentState;
  title: string;
  openedAt: string;
  lastEventAt: string;
  eventCount: number;
  acknowledgedBy: { name: string } | null;
  resolvedBy: { name: string } | null;
  note: string | null;
  /** One for each recipient. */
  deliveries: { to: string; state: string; at: string }[];
  /** Newest first; those that were purged since are missing. */
  events: Shown<EventRow>[];
}

export const listIncidents = defineRead({
  name: "incidents.list",
  needs: "alerts:read",
  feature: "alerts",
  input: z.object({ state: z.enum(incidentStates).optional() }).default({}),
  async run(platform, context, { state }): Promise<ShownIncident[]> {
    const { store } = platform;
    const { organizationId } = context.viewer;
    const rows = await incidents.list(store.of(organizationId), organizationId, { state, limit: incidentsShownMax });
    const ids = rows.flatMap(({ eventIds }) => eventIds.slice(0, eventsShownMax));
    const log = await viewLog(platform, context);
    const [events, sent] = await Promise.all([
      log.rows(ids),
      mails.about(
        store.of(organizationId),
        organizationId,
        rows.map(({ id }) => id),
      ),
    ]);
    const eventsById = new Map(events.map((event) => [event.id, event]));
    return rows.map((row) => ({
      id: row.id,
      ruleId: row.ruleId,
      ruleName: row.rule.name,
      kind: row.rule.kind,
      severity: row.severity,
      state: row.state,
      // It quotes what its events say.
      title: maskName(log.mask, row.title),
      openedAt: row.openedAt.toISOString(),
      lastEventAt: row.lastEventAt.toISOString(),
      eventCount: row.eventCount,
      acknowledgedBy: row.acknowledgedByName === null ? null : { name: row.acknowledgedByName },
      resolvedBy: row.resolvedByName === null ? null : { name: row.resolvedByName },
      note: row.note,
      deliveries: sent.filter(({ subjectId }) => subjectId === row.id).flatMap(deliveriesOf),
      events: row.eventIds.slice(0, eventsShownMax).flatMap((id) => eventsById.get(id) ?? []),
    }));
  },
});

const deliveriesOf = ({ recipients, receipts, state, createdAt, sentAt }: MailProgress): ShownIncident["deliveries"] =>
  recipients.map((to) => {
    const receipt = receipts.find(({ address }) => address === to);
    return { to, state: receipt?.state ?? state, at: receipt?.at ?? (sentAt ?? createdAt).toISOString() };
  });

const noteLengthMax = 2_000;
const actInput = z.object({ incidentId: z.uuid(), note: z.string().trim().max(noteLengthMax).optional() });

export const acknowledgeIncident = defineChange({
  name: "incidents.acknowledge",
  needs: "incidents:act",
  feature: "alerts",
  records: "incident_acknowledged",
  input: actInput,
  run: (tx, context, input, platform) => actOn(tx, context, { ...input, wish: "acknowledge", at: platform.now() }),
});

export const resolveIncident = defineChange({
  name: "incidents.resolve",
  needs: "incidents:act",
  feature: "alerts",
  records: "incident_resolved",
  input: actInput,
  run: (tx, context, input, platform) => actOn(tx, context, { ...input, wish: "resolve", at: platform.now() }),
});

interface Acting {
  incidentId: string;
  note?: string | undefined;
  wish: IncidentAct;
  at: Date;
}

/** Two people may press the same button: the second finds it done, and nothing is recorded twice. */
async function actOn(
  tx: Tx,
  { viewer }: Context,
  { incidentId, note, wish, at }: Acting,
): Promise<{ result: { state: IncidentState }; event: Recorded | null }> {
  const incident = await incidents.lock(tx, viewer.organizationId, incidentId);
  if (!incident) throw new Refusal("not_found", "There is no such incident.");
  const { state, changed } = act(incident.state, wish);
  if (!changed) return { result: { state }, event: null };
  const by = { id: viewer.kind === "member" ? viewer.userId : null, name: viewer.actor.name ?? viewer.actor.type };
  await incidents.update(tx, viewer.organizationId, { id: incidentId, state, ...(note && { note }), ...signatureOf(wish, by, at) });
  return {
    result: { state },
    event: {
      resource: { type: "incident", id: incidentId, name: incident.title },
      related_resources: [{ type: "alert_rule", id: incident.ruleId }],
      changes: { before: { state: incident.state }, after: { state } },
      ...(note && { reason: note }),
    },
  };
}

function signatureOf(wish: IncidentAct, { id, name }: { id: string | null; name: string }, at: Date): Partial<Incident> {
  switch (wish) {
    case "acknowledge":
      return { acknowledgedBy: id, acknowledgedByName: name, acknowledgedAt: at };
    case "resolve":
      return { resolvedBy: id, resolvedByName: name, resolvedAt: at };
  }
}
