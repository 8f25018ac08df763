import { defineEvents } from "../define-events.ts";

export const syncs = defineEvents({
  id: "syncs",
  title: "Synchronisation",
  events: {
    source_created: { title: "Integration added", sentence: "Added integration {resource}", operation: "created" },
    source_deleted: { title: "Integration removed", sentence: "Removed integration {resource}", operation: "deleted" },
    sync_requested: { title: "Synchronisation requested", sentence: "Asked for a synchronisation of {resource}", operation: "executed" },
    dbt_data_sync_started: {
      title: "dbt synchronisation started",
      sentence: "Started dbt synchronisation of {resource}",
      operation: "started",
      logType: "system",
    },
    dbt_data_sync_completed: {
      title: "dbt synchronisation ended",
      sentence: "Ended dbt synchronisation of {resource}",
      operation: "completed",
      logType: "system",
    },
    dbt_node_failed: { title: "dbt node failed", sentence: "dbt node {resource} failed", operation: "failed", logType: "system" },
  },
});
