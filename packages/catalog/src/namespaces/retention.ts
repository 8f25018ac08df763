import { defineEvents } from "../define-events.ts";

export const retention = defineEvents({
  id: "retention",
  title: "Retention",
  sample: { type: "organization", name: "Larkspur Analytics" },
  events: {
    retention_policy_updated: {
      title: "Retention changed",
      sentence: "Changed how long events are kept",
      operation: "updated",
      scope: "organization",
      severity: "critical",
    },
    retention_purge_requested: {
      title: "Purge requested",
      sentence: "Asked for a purge of expired events",
      operation: "executed",
      scope: "organization",
      severity: "notable",
    },
    retention_purged: {
      title: "Expired events purged",
      sentence: "Purged {metadata.count} expired events",
      operation: "deleted",
      scope: "organization",
      logType: "system",
      severity: "notable",
    },
  },
});
