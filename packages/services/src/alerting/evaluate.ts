import type { AuditEvent } from "@daybook/event";
import { watchedByRules } from "@daybook/policy";
import { alertMail, renderMail } from "@daybook/reports";
import type { RenderedMail } from "@daybook/reports";
import { feedEventsMax, incidents, organizations, wake } from "@daybook/store";
import type { Organization, Tx } from "@daybook/store";
import type { Consumer } from "../activity/consume.ts";
import { asDaybook, newId } from "../context.ts";
import { deliverMailQueue } from "../delivery/deliver-mail.ts";
import { queueMail } from "../delivery/queue-mail.ts";
import { withoutShutOut } from "../delivery/recipients.ts";
import type { Platform } from "../platform.ts";
import { record } from "../record.ts";
import { liveRules } from "./live-rules.ts";
import { planIncidents } from "./plan-incidents.ts";
import type { IncidentDraft } from "./plan-incidents.ts";

/**
 * Events → incidents, and a mail for each that opens. Incident, mail, event and cursor share one transaction, so an event counts once however
 * often the step runs. Decides and renders first: the append at the end takes the lock that all writers of the organization wait for.
 */
export const evaluateAlerts: Consumer = {
  name: "alerts",
  async effect(tx, organizationId, afterSeq, platform) {
    const { events, lastSeq } = await platform.store.feed(organizationId, { afterSeq, query: watchedByRules, limit: feedEventsMax });
    const rules = events.length > 0 ? await liveRules(tx, organizationId, platform) : [];
    if (rules.length === 0) return lastSeq;
    const plan = await planIncidents(tx, organizationId, { events, rules, now: platform.now(), newId: () => newId(platform) });
    if (plan.drafts.length > 0) await carryOut(tx, organizationId, plan.drafts, platform);
    return plan.lastSeq;
  },
};

async function carryOut(tx: Tx, organizationId: string, drafts: readonly IncidentDraft[], platform: Platform): Promise<void> {
  const organization = await organizations.find(tx, organizationId);
  if (!organization) throw new Error("an organization with a log exists");
  const openings = drafts.filter(({ opens }) => opens);
  const mails: RenderedMail[] = [];
  for (const draft of openings) mails.push(await mailOf(draft, organization, platform));
  for (const draft of drafts) await save(tx, organizationId, draft);
  for (const [index, draft] of openings.entries()) await queueAlert(tx, organizationId, draft, { mail: mails[index], platform });
  for (const draft of openings) await recordOpening(tx, organizationId, draft, platform);
  if (openings.length > 0) await wake(tx, deliverMailQueue);
}

const mailOf = ({ id, openedAt, eventCount, rule, added, ...draft }: IncidentDraft, organization: Organization, { origin }: Platform): Promise<RenderedMail> =>
  renderMail(alertMail, {
    organization,
    origin,
    rule: { name: rule.row.name, kindTitle: rule.kind.title, severity: rule.kind.severity, why: rule.kind.description },
    incident: { id, title: titleOf({ ...draft, rule, added, eventCount }), openedAt: openedAt.toISOString(), eventCount },
    events: [newestOf(added), ...added.slice(1)],
  });

async function save(tx: Tx, organizationId: string, draft: IncidentDraft): Promise<void> {
  const { id, lastEventAt, eventCount, lastSeq, eventIds } = draft;
  const grown = { id, title: titleOf(draft), lastEventAt, eventCount, lastSeq, eventIds };
  if (!draft.opens) return incidents.update(tx, organizationId, grown);
  const { rule, groupKey, state, openedAt, firstSeq } = draft;
  return incidents.insert(tx, { ...grown, organizationId, ruleId: rule.row.id, groupKey, state, severity: rule.kind.severity, openedAt, firstSeq });
}

/** A rule without recipients opens incidents for those who look at the console. */
async function queueAlert(
  tx: Tx,
  organizationId: string,
  draft: IncidentDraft,
  { mail, platform }: { mail: RenderedMail | undefined; platform: Platform },
): Promise<void> {
  const { row } = draft.rule;
  const to = await withoutShutOut(tx, organizationId, row.recipients);
  if (!mail || to.length === 0) return;
  await queueMail(tx, organizationId, platform, {
    kind: "alert",
    mail,
    to,
    about: { action: "alerts_sent", resource: resourceOf(draft), related: [ruleOf(draft)], metadata: { rule: row.name } },
  });
}

async function recordOpening(tx: Tx, organizationId: string, draft: IncidentDraft, platform: Platform): Promise<void> {
  const cause = draft.added.at(-1);
  await record(platform, tx, asDaybook(organizationId, "Daybook alerts"), {
    action: "incident_opened",
    resource: resourceOf(draft),
    related_resources: [ruleOf(draft), ...(cause ? [{ type: "event", id: cause.id }] : [])],
    metadata: { rule: draft.rule.row.name, severity: draft.rule.kind.severity, group: draft.groupKey, events: draft.eventCount },
    idempotency_key: `incident_opened:${draft.id}`,
  });
}

const resourceOf = (draft: IncidentDraft) => ({ type: "incident", id: draft.id, name: titleOf(draft) });
const ruleOf = ({ rule: { row } }: IncidentDraft) => ({ type: "alert_rule", id: row.id, name: row.name });

const titleOf = ({ rule, added, eventCount }: Pick<IncidentDraft, "rule" | "added" | "eventCount">): string =>
  rule.kind.titleOf(rule.settings, newestOf(added), eventCount);

function newestOf([newest]: readonly AuditEvent[]): AuditEvent {
  if (!newest) throw new Error("a draft of a step has an event of that step");
  return newest;
}
