import { defineEvents } from "../define-events.ts";

export const retention = defineEvents({
  id: "retention",
  title: "Retention",
  events: {
    retention_policy_updated: { title: "Retention changed", sentence: "Changed how long events are kept", operation: "updated", severity: "critical" },
    retention_purge_requested: { title: "Purge requested", sentence: "Asked for a purge of expired events", operation: "executed", severity: "notable" },
    retention_purged: {
      title: "Expired events purged",
      sentence: "Purged {metadata.count} expired events",
      operation: "deleted",
      logType: "system",
      severity: "notable",
    },
  },
});
