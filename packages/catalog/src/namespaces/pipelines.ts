import { defineEvents } from "../define-events.ts";

export const pipelines = defineEvents({
  id: "pipelines",
  title: "Data pipelines",
  sample: { type: "pipeline", name: "Daily ETL" },
  events: {
    pipeline_created: { title: "Pipeline created", sentence: "Created pipeline {resource}", operation: "created" },
    pipeline_updated: { title: "Pipeline updated", sentence: "Updated pipeline {resource}", operation: "updated" },
    pipeline_deleted: { title: "Pipeline deleted", sentence: "Deleted pipeline {resource}", operation: "deleted", severity: "notable" },
    pipeline_viewed: { title: "Pipeline viewed", sentence: "Viewed pipeline {resource}", operation: "viewed" },
    pipeline_executed: { title: "Pipeline executed", sentence: "Executed pipeline {resource}", operation: "executed" },
    pipeline_cancelled: { title: "Pipeline cancelled", sentence: "Cancelled pipeline {resource}", operation: "cancelled" },
    pipeline_shared: { title: "Pipeline shared", sentence: "Shared pipeline {resource}", operation: "shared" },
    pipeline_revoked: { title: "Access to pipeline revoked", sentence: "Revoked access to pipeline {resource}", operation: "revoked", severity: "notable" },
    pipeline_promoted: { title: "Pipeline promoted", sentence: "Promoted pipeline {resource}", operation: "promoted", severity: "notable" },
    pipeline_modified: { title: "Pipeline modified", sentence: "Modified pipeline {resource}", operation: "updated" },
    pipeline_triggered: { title: "Pipeline triggered", sentence: "Triggered pipeline {resource}", operation: "executed" },
    pipeline_restarted: { title: "Pipeline restarted", sentence: "Manually restarted pipeline {resource}", operation: "executed" },
    pipeline_enabled: { title: "Pipeline enabled", sentence: "Enabled pipeline {resource}", operation: "updated" },
    pipeline_disabled: { title: "Pipeline disabled", sentence: "Disabled pipeline {resource}", operation: "updated" },
    pipeline_started: { title: "Pipeline started", sentence: "Started pipeline {resource}", operation: "started" },
    pipeline_completed: { title: "Pipeline completed", sentence: "Completed pipeline {resource}", operation: "completed" },
    pipeline_failed: { title: "Pipeline failed", sentence: "Failed pipeline {resource}", operation: "failed", severity: "notable" },
  },
});
