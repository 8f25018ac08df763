import type { Scope } from "./define-events.ts";
import type { KnownAction } from "./namespaces/index.ts";

/** One way to group the vocabulary, as one kind of product shows it. An action may stand in several groups. */
export interface Preset {
  id: string;
  title: string;
  groups: readonly PresetGroup[];
}

interface PresetGroup {
  title: string;
  /** The logs that show the group, where a preset tells them apart. */
  availability?: readonly Scope[];
  actions: readonly KnownAction[];
}

const everywhere = ["organization", "team"] as const;
const organizationOnly = ["organization"] as const;

const logTypes = {
  id: "log_types",
  title: "User activity and system",
  groups: [
    {
      title: "User activity",
      actions: [
        "user_login",
        "user_logout",
        "login_failed",
        "create_test",
        "edit_test",
        "delete_test",
        "create_monitor",
        "edit_monitor",
        "delete_monitor",
        "create_configuration",
        "edit_configuration",
        "delete_configuration",
        "create_alert_rule",
        "edit_alert_rule",
        "delete_alert_rule",
        "archive_alert_rule",
        "acknowledge_incident",
        "resolve_incident",
        "assign_incident",
        "add_metadata",
        "edit_metadata",
        "delete_metadata",
        "add_integration",
        "edit_integration",
        "delete_integration",
        "invite_team_member",
        "change_user_role",
      ],
    },
    {
      title: "System",
      actions: [
        "dbt_data_sync_started",
        "dbt_data_sync_completed",
        "dwh_data_sync_started",
        "dwh_data_sync_completed",
        "bi_data_sync_started",
        "bi_data_sync_completed",
        "alerts_sent",
      ],
    },
  ],
} as const satisfies Preset;

/** What people do to a resource; each resource of the analytics preset knows each of them. */
const resourceVerbs = ["created", "updated", "deleted", "viewed", "executed", "cancelled", "shared", "revoked", "promoted"] as const;
const everyVerb = <const R extends string>(resource: R) => resourceVerbs.map((verb) => `${resource}_${verb}` as const);
const tableActions = [
  "table_created",
  "table_updated",
  "table_deleted",
  "table_viewed",
  "table_rows_inserted",
  "table_rows_updated",
  "table_rows_deleted",
  "table_data_imported",
  "table_data_exported",
] as const;

const analytics = {
  id: "analytics",
  title: "Verbs and resources",
  groups: [
    {
      title: "Notebooks",
      actions: [...everyVerb("notebook"), "notebook_cell_added", "notebook_cell_edited", "notebook_cell_deleted", "notebook_published"],
    },
    {
      title: "Dashboards",
      actions: ["dashboard_created", "dashboard_updated", "dashboard_deleted", "dashboard_viewed", "dashboard_shared", "dashboard_published"],
    },
    { title: "Experiments", actions: everyVerb("experiment") },
    {
      title: "Pipelines",
      actions: [...everyVerb("pipeline"), "pipeline_triggered", "pipeline_failed", "pipeline_restarted", "pipeline_disabled"],
    },
    {
      title: "Databases",
      actions: [...everyVerb("database"), ...tableActions],
    },
    { title: "Collections", actions: everyVerb("collection") },
    { title: "Queries", actions: everyVerb("query") },
    { title: "Reports", actions: [...everyVerb("report"), "report_exported"] },
    { title: "Users", actions: [...everyVerb("user"), "user_role_changed", "api_key_created", "api_key_updated", "api_key_revoked"] },
    { title: "Teams", actions: everyVerb("team") },
    { title: "Permissions", actions: [...everyVerb("permission"), "permission_granted"] },
  ],
} as const satisfies Preset;

const recordActions = ["data_store_record_created", "data_store_record_updated", "data_store_record_deleted"] as const;

const automation = {
  id: "automation",
  title: "Categories with availability",
  groups: [
    {
      title: "Scenarios",
      availability: everywhere,
      actions: ["scenario_created", "scenario_updated", "scenario_deleted", "scenario_activated", "scenario_deactivated"],
    },
    {
      title: "Connections",
      availability: everywhere,
      actions: ["connection_created", "connection_deleted", "connection_updated", "connection_authorized", "connection_reauthorized"],
    },
    {
      title: "Webhooks",
      availability: everywhere,
      actions: ["webhook_created", "webhook_deleted", "webhook_updated", "webhook_enabled", "webhook_disabled"],
    },
    { title: "Keys", availability: everywhere, actions: ["key_created", "key_updated", "key_deleted"] },
    { title: "Team", availability: everywhere, actions: ["team_created", "team_updated", "team_deleted", "team_role_updated", "team_member_removed"] },
    { title: "Team variables", availability: everywhere, actions: ["team_variable_created", "team_variable_updated", "team_variable_deleted"] },
    {
      title: "Organization variables",
      availability: organizationOnly,
      actions: ["organization_variable_created", "organization_variable_updated", "organization_variable_deleted"],
    },
    { title: "Data store", availability: everywhere, actions: ["data_store_created", "data_store_updated", "data_store_deleted", ...recordActions] },
    { title: "Data store records", availability: everywhere, actions: recordActions },
    { title: "Data structure", availability: everywhere, actions: ["data_structure_created", "data_structure_updated", "data_structure_deleted"] },
    { title: "Functions", availability: everywhere, actions: ["function_updated", "function_created", "function_deleted"] },
    { title: "Organization", availability: organizationOnly, actions: ["organization_created"] },
  ],
} as const satisfies Preset;

const dataSharing = {
  id: "data_sharing",
  title: "Namespaces",
  groups: [
    {
      title: "Connections",
      actions: ["connection_created", "connection_updated", "connection_removed", "connection_invite_created", "connection_invite_consumed"],
    },
    { title: "Data Pipelines", actions: ["pipeline_created", "pipeline_modified", "pipeline_executed"] },
    { title: "Data Products", actions: ["data_product_created", "data_product_changed", "data_product_deleted", "data_product_shared"] },
    { title: "Spaces", actions: ["space_created", "space_changed", "space_deleted"] },
    { title: "Users", actions: ["user_invited", "user_role_changed", "user_removed"] },
    { title: "Service Users", actions: ["service_user_created", "service_user_updated", "service_user_removed"] },
    { title: "API Tokens", actions: ["token_created", "token_regenerated", "token_revoked"] },
  ],
} as const satisfies Preset;

const businessIntelligence = {
  id: "business_intelligence",
  title: "Groups with exact names",
  groups: [
    { title: "User membership", actions: ["org_user_role_changed", "org_user_invited", "org_user_invitation_resent", "org_user_reinvited"] },
    { title: "User groups", actions: ["group_created", "group_member_added", "group_member_removed", "group_deleted"] },
    {
      title: "Workspace collections",
      actions: [
        "workspace_default_access_changed",
        "collection_created",
        "collection_deleted",
        "collection_member_added",
        "collection_member_removed",
        "collection_member_access_changed",
        "collection_group_added",
        "collection_group_removed",
        "collection_group_access_changed",
      ],
    },
    {
      title: "Workspace connections",
      actions: [
        "connection_created",
        "connection_deleted",
        "connection_member_added_with_role",
        "connection_member_removed",
        "connection_group_added_with_role",
        "connection_group_removed",
        "connection_member_access_changed",
        "connection_group_access_changed",
      ],
    },
    { title: "Export data", actions: ["export_data_sql_exported", "export_data_report_exported_csv", "export_data_report_exported_pdf"] },
    {
      title: "Report activity",
      actions: [
        "report_activity_report_created",
        "report_activity_report_edited",
        "report_activity_report_deleted",
        "report_activity_report_moved",
        "report_activity_sql_added",
        "report_activity_sql_deleted",
        "report_activity_visualization_added",
        "report_activity_visualization_deleted",
        "report_activity_python_notebook_added",
        "report_activity_r_notebook_added",
      ],
    },
    {
      title: "Report schedule",
      actions: [
        "report_schedule_created",
        "report_schedule_edited",
        "report_schedule_deleted",
        "report_schedule_user_email_added",
        "report_schedule_user_email_removed",
        "report_schedule_channel_added",
        "report_schedule_channel_removed",
      ],
    },
    {
      title: "API token",
      actions: ["api_token_workspace_created", "api_token_member_key_generated", "api_token_member_key_revoked", "api_token_workspace_revoked"],
    },
    { title: "Audit log access", actions: ["audit_log_accessed"] },
  ],
} as const satisfies Preset;

export const presets = [logTypes, analytics, automation, dataSharing, businessIntelligence] as const satisfies readonly Preset[];
