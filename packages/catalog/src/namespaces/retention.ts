import { defineEvents } from "../define-events.ts";
import { changed, choice, moment, nullable, required, whole } from "../details.ts";

export const retention = defineEvents({
  id: "retention",
  title: "Retention",
  sample: { type: "organization", name: "Larkspur Analytics" },
  events: {
    retention_policy_updated: {
      title: "Retention changed",
      sentence: "Changed how long events are kept",
      operation: "updated",
      details: { "changes.days": required(nullable(changed("Days that events are kept; null keeps them for ever", 365, 90))) },
      scope: "organization",
      severity: "critical",
    },
    retention_purge_requested: {
      title: "Purge requested",
      sentence: "Asked for a purge of expired events",
      operation: "executed",
      details: { "metadata.days": whole("Days that events are kept", 90), "metadata.before": moment("Everything older goes", "2026-08-23T00:00:00Z") },
      scope: "organization",
      severity: "notable",
    },
    retention_purged: {
      title: "Expired events purged",
      sentence: "Purged {metadata.count} expired events",
      operation: "deleted",
      details: {
        "metadata.count": required(whole("Events that went", 12_480)),
        "metadata.before": moment("Everything older went", "2026-08-23T00:00:00Z"),
        "metadata.partitions_dropped": whole("Whole months among them", 1),
        "metadata.trigger": choice("Why it ran", "schedule", "purge_now"),
      },
      scope: "organization",
      logType: "system",
      severity: "notable",
    },
  },
});
