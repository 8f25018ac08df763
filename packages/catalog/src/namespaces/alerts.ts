import { defineEvents } from "../define-events.ts";

export const alerts = defineEvents({
  id: "alerts",
  title: "Alerts",
  events: {
    alert_rule_created: { title: "Alert rule created", sentence: "Created alert rule {resource}", operation: "created" },
    alert_rule_updated: { title: "Alert rule edited", sentence: "Edited alert rule {resource}", operation: "updated" },
    incident_opened: { title: "Incident opened", sentence: "Opened incident {resource}", operation: "created", logType: "system", severity: "notable" },
    incident_acknowledged: { title: "Incident acknowledged", sentence: "Acknowledged incident {resource}", operation: "updated" },
    incident_resolved: { title: "Incident resolved", sentence: "Resolved incident {resource}", operation: "updated" },
    alerts_sent: { title: "Alerts sent", sentence: "Sent alert {resource}", operation: "completed", logType: "system" },
  },
});
