import { defineEvents } from "../define-events.ts";
import { choice, required, text, whole } from "../details.ts";
import { noteOnIncident } from "../shared-details.ts";

export const alerts = defineEvents({
  id: "alerts",
  title: "Alerts",
  sample: { type: "alert_rule", name: "Large data exports" },
  events: {
    alert_rule_created: { title: "Alert rule created", sentence: "Created alert rule {resource}", operation: "created" },
    alert_rule_updated: { title: "Alert rule edited", sentence: "Edited alert rule {resource}", operation: "updated" },
    incident_opened: {
      title: "Incident opened",
      sentence: "Opened incident {resource}",
      operation: "created",
      sample: { type: "incident", name: "Large data exports by alice@company.com" },
      details: {
        "metadata.rule": text("Rule that it broke", "Large data exports"),
        "metadata.severity": choice("How bad it is", "high", "medium", "low"),
        "metadata.group": text("What the events have in common", "alice@company.com"),
        "metadata.events": whole("Events so far", 3),
      },
      logType: "system",
      severity: "notable",
    },
    incident_acknowledged: {
      title: "Incident acknowledged",
      sentence: "Acknowledged incident {resource}",
      operation: "updated",
      sample: { type: "incident", name: "Large data exports by alice@company.com" },
      details: noteOnIncident,
    },
    incident_resolved: {
      title: "Incident resolved",
      sentence: "Resolved incident {resource}",
      operation: "updated",
      sample: { type: "incident", name: "Large data exports by alice@company.com" },
      details: noteOnIncident,
    },
    alerts_sent: {
      title: "Alerts sent",
      sentence: "Sent alert {resource}",
      operation: "completed",
      sample: { type: "incident", name: "Large data exports by alice@company.com" },
      details: {
        "metadata.alert_count": whole("Alerts in it", 1),
        "metadata.destination": text("Where it went", "Slack #data-alerts"),
        "metadata.rule": text("Rule that fired", "Large data exports"),
        "metadata.channel": choice("How it went out", "smtp", "mailbox"),
        "metadata.recipients": whole("Recipients who got it", 2),
      },
      logType: "system",
    },
    alert_rule_archived: { title: "Alert rule archived", sentence: "Archived alert rule {resource}", operation: "deleted", severity: "notable" },
    alert_rule_deleted: { title: "Alert rule deleted", sentence: "Deleted alert rule {resource}", operation: "deleted", severity: "notable" },
    create_alert_rule: { title: "Create alert rule", sentence: "Created alert rule {resource}", operation: "created" },
    edit_alert_rule: { title: "Edit alert rule", sentence: "Edited alert rule {resource}", operation: "updated" },
    archive_alert_rule: { title: "Archive alert rule", sentence: "Archived alert rule {resource}", operation: "deleted", severity: "notable" },
    delete_alert_rule: { title: "Delete alert rule", sentence: "Deleted alert rule {resource}", operation: "deleted", severity: "notable" },
    incident_assigned: {
      title: "Incident assigned",
      sentence: "Assigned incident {resource}",
      operation: "updated",
      sample: { type: "incident", name: "Large data exports by alice@company.com" },
      details: { "related.user": required(text("Who looks into it", "Grace Kim")) },
    },
    acknowledge_incident: {
      title: "Acknowledge incident",
      sentence: "Acknowledged incident {resource}",
      operation: "updated",
      sample: { type: "incident", name: "Large data exports by alice@company.com" },
      details: noteOnIncident,
    },
    resolve_incident: {
      title: "Resolve incident",
      sentence: "Resolved incident {resource}",
      operation: "updated",
      sample: { type: "incident", name: "Large data exports by alice@company.com" },
      details: noteOnIncident,
    },
    assign_incident: {
      title: "Assign incident",
      sentence: "Assigned incident {resource}",
      operation: "updated",
      sample: { type: "incident", name: "Large data exports by alice@company.com" },
      details: { "related.user": required(text("Who looks into it", "Grace Kim")) },
    },
  },
});
