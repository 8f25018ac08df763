import { defineEvents } from "../define-events.ts";
import { required, text, whole } from "../details.ts";
import { invitedTo, switchedOff, switchedOn } from "../shared-details.ts";

export const pipelines = defineEvents({
  id: "pipelines",
  title: "Data pipelines",
  sample: { type: "pipeline", name: "Daily ETL" },
  events: {
    pipeline_created: { title: "Pipeline created", sentence: "Created pipeline {resource}", operation: "created" },
    pipeline_updated: { title: "Pipeline updated", sentence: "Updated pipeline {resource}", operation: "updated" },
    pipeline_deleted: { title: "Pipeline deleted", sentence: "Deleted pipeline {resource}", operation: "deleted", severity: "notable" },
    pipeline_viewed: { title: "Pipeline viewed", sentence: "Viewed pipeline {resource}", operation: "viewed" },
    pipeline_executed: {
      title: "Pipeline executed",
      sentence: "Executed pipeline {resource}",
      operation: "executed",
      details: { "counts.steps": whole("Steps that ran", 5) },
    },
    pipeline_cancelled: { title: "Pipeline cancelled", sentence: "Cancelled pipeline {resource}", operation: "cancelled" },
    pipeline_shared: { title: "Pipeline shared", sentence: "Shared pipeline {resource}", operation: "shared", details: invitedTo },
    pipeline_revoked: { title: "Access to pipeline revoked", sentence: "Revoked access to pipeline {resource}", operation: "revoked", severity: "notable" },
    pipeline_promoted: { title: "Pipeline promoted", sentence: "Promoted pipeline {resource}", operation: "promoted", severity: "notable" },
    pipeline_modified: { title: "Pipeline modified", sentence: "Modified pipeline {resource}", operation: "updated" },
    pipeline_triggered: {
      title: "Pipeline triggered",
      sentence: "Triggered pipeline {resource}",
      operation: "executed",
      details: { "counts.steps": whole("Steps that ran", 5) },
    },
    pipeline_restarted: {
      title: "Pipeline restarted",
      sentence: "Manually restarted pipeline {resource}",
      operation: "executed",
      details: { "counts.steps": whole("Steps that ran", 5) },
    },
    pipeline_enabled: { title: "Pipeline enabled", sentence: "Enabled pipeline {resource}", operation: "updated", details: switchedOn },
    pipeline_disabled: { title: "Pipeline disabled", sentence: "Disabled pipeline {resource}", operation: "updated", details: switchedOff },
    pipeline_started: { title: "Pipeline started", sentence: "Started pipeline {resource}", operation: "started" },
    pipeline_completed: {
      title: "Pipeline completed",
      sentence: "Completed pipeline {resource}",
      operation: "completed",
      details: { "counts.steps": whole("Steps that ran", 5) },
    },
    pipeline_failed: {
      title: "Pipeline failed",
      sentence: "Failed pipeline {resource}",
      operation: "failed",
      details: { "metadata.step": text("Step that failed", "Step 2"), "error.message": required(text("Why it failed", "Database connection timeout")) },
      severity: "notable",
    },
  },
});
