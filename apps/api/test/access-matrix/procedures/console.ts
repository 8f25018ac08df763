import { audiences } from "../row.ts";
import type { ProcedureRow } from "../row.ts";

const { admins, members, owner } = audiences;
const on = (input: NonNullable<ProcedureRow["input"]>, more: Partial<ProcedureRow> = {}): ProcedureRow => ({ may: admins, object: true, input, ...more });
const redactionRule = { name: "New rule", kind: "key", expression: "salary" };

/** Rules, reports, integrations, imports, retention, settings. */
export const console: Record<string, ProcedureRow> = {
  "incidents.list": { may: admins, input: () => ({ state: "open" }) },
  "incidents.acknowledge": on(({ incident }) => ({ incidentId: incident })),
  "incidents.resolve": on(({ incident }) => ({ incidentId: incident, note: "Was planned" })),
  "rules.list": { may: admins },
  "rules.update": on(({ rule }) => ({ ruleId: rule, name: "Renamed" })),
  "imports.importers": { may: admins },
  "imports.list": { may: admins },
  "imports.get": on(({ importRun }) => ({ importId: importRun })),
  "imports.preview": { may: admins, input: () => ({ head: "{}\n", whole: true }) },
  "imports.undo": on(({ importRun }) => ({ importId: importRun }), { passes: [409] }),
  "mappings.list": { may: admins },
  "mappings.create": { may: admins, input: () => ({ name: "New mapping", mapping: { fields: { action: "what", occurred_at: "at" } } }) },
  "mappings.update": on(({ mapping }) => ({ mappingId: mapping, name: "Renamed mapping", mapping: { fields: { action: "what", occurred_at: "at" } } })),
  "mappings.delete": on(({ mapping }) => ({ mappingId: mapping })),
  "mailbox.list": { may: admins },
  "mailbox.get": on(({ mail }) => ({ id: mail })),
  "redaction.list": { may: admins },
  "redaction.test": { may: admins, input: () => ({ rule: redactionRule }) },
  "redaction.create": { may: admins, input: () => redactionRule },
  "redaction.update": on(({ redactionRule: ruleId }) => ({ ruleId, enabled: false })),
  "redaction.move": on(({ redactionRule: ruleId }) => ({ ruleId, to: 0 })),
  "redaction.delete": on(({ redactionRule: ruleId }) => ({ ruleId })),
  "reports.list": { may: admins },
  "reports.create": { may: admins, input: () => ({ name: "New report", recipients: ["cfo@example.com"], zone: "UTC", weekday: 1, hour: 8 }) },
  "reports.update": on(({ schedule }) => ({ scheduleId: schedule, hour: 9 })),
  "reports.remove": on(({ schedule }) => ({ scheduleId: schedule })),
  "reports.preview": on(({ schedule }) => ({ scheduleId: schedule })),
  "reports.sendNow": on(({ schedule }) => ({ scheduleId: schedule })),
  "reports.runs": on(({ schedule }) => ({ scheduleId: schedule })),
  "retention.get": { may: admins },
  "retention.preview": { may: admins, input: () => ({ days: 30 }) },
  "retention.set": { may: owner, input: () => ({ days: 400 }) },
  "retention.purgeNow": { may: owner, passes: [409] },
  "sources.kinds": { may: admins },
  "sources.list": { may: admins },
  "sources.runs": on(({ source }) => ({ sourceId: source })),
  "sources.create": { may: admins, input: () => ({ kind: "dbt", name: "New source", settings: { folder: "/nowhere" } }) },
  "sources.remove": on(({ source }) => ({ sourceId: source })),
  "sources.runNow": on(({ source }) => ({ sourceId: source })),
  "organization.get": { may: members },
  "organization.update": { may: admins, input: () => ({ name: "Acme Analytics" }) },
  "organization.create": { may: owner, input: () => ({ name: "A second one", timeZone: "UTC" }) },
  "plan.get": { may: members },
  "demo.status": { may: members },
  "demo.load": { may: admins, passes: [409] },
  // The samples that it loads are not in this test's folder; the transactions that it needs are undone one by one.
  "demo.remove": { may: admins, passes: [404, 409] },
};
