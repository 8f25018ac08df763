import { defineEvents } from "../define-events.ts";
import { text, whole } from "../details.ts";
import { environment } from "../shared-details.ts";

export const syncs = defineEvents({
  id: "syncs",
  title: "Synchronisation",
  sample: { type: "source", name: "Snowflake production" },
  events: {
    source_created: {
      title: "Integration added",
      sentence: "Added integration {resource}",
      operation: "created",
      details: { "metadata.kind": text("Kind of the source", "dbt") },
    },
    source_deleted: { title: "Integration removed", sentence: "Removed integration {resource}", operation: "deleted" },
    sync_requested: {
      title: "Synchronisation requested",
      sentence: "Asked for a synchronisation of {resource}",
      operation: "executed",
      details: { "metadata.kind": text("Kind of the source", "dbt"), "metadata.run_id": text("The run", "run_1042") },
    },
    dbt_data_sync_started: {
      title: "dbt synchronisation started",
      sentence: "Started dbt synchronisation of {resource}",
      operation: "started",
      details: environment,
      logType: "system",
    },
    dbt_data_sync_completed: {
      title: "dbt synchronisation ended",
      sentence: "Ended dbt synchronisation of {resource}",
      operation: "completed",
      details: { ...environment, "counts.models": whole("Models", 312), "counts.failed": whole("Nodes that failed", 0) },
      logType: "system",
    },
    dbt_node_failed: {
      title: "dbt node failed",
      sentence: "dbt node {resource} failed",
      operation: "failed",
      sample: { type: "dbt_model", name: "orders" },
      details: {
        "metadata.project": text("dbt project", "jaffle_shop"),
        "metadata.invocation_id": text("Invocation of dbt", "inv_20a1"),
        "related.source": text("The integration", "dbt production"),
      },
      logType: "system",
    },
    dwh_data_sync_started: {
      title: "Warehouse synchronisation started",
      sentence: "Started warehouse synchronisation of {resource}",
      operation: "started",
      details: environment,
      logType: "system",
    },
    dwh_data_sync_completed: {
      title: "Warehouse synchronisation ended",
      sentence: "Ended warehouse synchronisation of {resource}",
      operation: "completed",
      details: environment,
      logType: "system",
    },
    bi_data_sync_started: {
      title: "BI synchronisation started",
      sentence: "Started BI synchronisation of {resource}",
      operation: "started",
      details: environment,
      logType: "system",
    },
    bi_data_sync_completed: {
      title: "BI synchronisation ended",
      sentence: "Ended BI synchronisation of {resource}",
      operation: "completed",
      details: environment,
      logType: "system",
    },
  },
});
