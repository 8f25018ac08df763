import { defineEvents } from "../define-events.ts";

export const syncs = defineEvents({
  id: "syncs",
  title: "Synchronisation",
  sample: { type: "source", name: "Snowflake production" },
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
    dwh_data_sync_started: {
      title: "Warehouse synchronisation started",
      sentence: "Started warehouse synchronisation of {resource}",
      operation: "started",
      logType: "system",
    },
    dwh_data_sync_completed: {
      title: "Warehouse synchronisation ended",
      sentence: "Ended warehouse synchronisation of {resource}",
      operation: "completed",
      logType: "system",
    },
    bi_data_sync_started: {
      title: "BI synchronisation started",
      sentence: "Started BI synchronisation of {resource}",
      operation: "started",
      logType: "system",
    },
    bi_data_sync_completed: {
      title: "BI synchronisation ended",
      sentence: "Ended BI synchronisation of {resource}",
      operation: "completed",
      logType: "system",
    },
  },
});
