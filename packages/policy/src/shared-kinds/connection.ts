import { defineSharedKind } from "./define-shared-kind.ts";

/** Whoever may use one reaches a database, so nobody comes by it without being named. */
export const connection = defineSharedKind({
  type: "connection",
  area: "connections",
  noun: "connection",
  nouns: "connections",
  reads: "connections:read",
  manages: "connections:manage",
  byDefault: false,
  accessField: "role",
  suggestedKinds: ["snowflake", "bigquery", "redshift", "databricks", "postgres", "mysql", "sql server", "clickhouse", "duckdb", "google sheets"],
  actions: {
    created: "connection_created",
    updated: "connection_updated",
    deleted: "connection_deleted",
    memberAdded: "connection_member_added_with_role",
    memberAccessChanged: "connection_member_access_changed",
    memberRemoved: "connection_member_removed",
    groupAdded: "connection_group_added_with_role",
    groupAccessChanged: "connection_group_access_changed",
    groupRemoved: "connection_group_removed",
  },
});
