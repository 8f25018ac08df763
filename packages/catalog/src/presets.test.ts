import { describe, expect, test } from "vitest";
import { catalogEntries } from "./entries.ts";
import { presets } from "./presets.ts";
import type { Preset } from "./presets.ts";

/** Typed by hand from what products of each kind document, not from the catalog. */
const words = (text: string): string[] => text.trim().split(/\s+/);

const documented: Record<string, Record<string, string[]>> = {
  log_types: {
    "User activity": words(`user_login user_logout login_failed create_test edit_test delete_test create_monitor edit_monitor delete_monitor
      create_configuration edit_configuration delete_configuration create_alert_rule edit_alert_rule delete_alert_rule archive_alert_rule
      acknowledge_incident resolve_incident assign_incident add_metadata edit_metadata delete_metadata add_integration edit_integration
      delete_integration invite_team_member change_user_role`),
    System: words(`dbt_data_sync_started dbt_data_sync_completed dwh_data_sync_started dwh_data_sync_completed bi_data_sync_started
      bi_data_sync_completed alerts_sent`),
  },
  automation: {
    Scenarios: words("scenario_created scenario_updated scenario_deleted scenario_activated scenario_deactivated"),
    Connections: words("connection_created connection_deleted connection_updated connection_authorized connection_reauthorized"),
    Webhooks: words("webhook_created webhook_deleted webhook_updated webhook_enabled webhook_disabled"),
    Keys: words("key_created key_updated key_deleted"),
    Team: words("team_created team_updated team_deleted team_role_updated team_member_removed"),
    "Team variables": words("team_variable_created team_variable_updated team_variable_deleted"),
    "Organization variables": words("organization_variable_created organization_variable_updated organization_variable_deleted"),
    "Data store": words(`data_store_created data_store_updated data_store_deleted data_store_record_created data_store_record_updated
      data_store_record_deleted`),
    "Data store records": words("data_store_record_created data_store_record_updated data_store_record_deleted"),
    "Data structure": words("data_structure_created data_structure_updated data_structure_deleted"),
    Functions: words("function_updated function_created function_deleted"),
    Organization: words("organization_created"),
  },
  data_sharing: {
    Connections: words("connection_created connection_updated connection_removed connection_invite_consumed"),
    "Data Pipelines": words("pipeline_created pipeline_modified pipeline_executed"),
    "Data Products": words("data_product_changed data_product_shared"),
    Spaces: words("space_changed"),
    Users: words("user_invited user_role_changed user_removed"),
    "Service Users": words("service_user_created"),
    "API Tokens": words("token_created token_regenerated token_revoked"),
  },
  business_intelligence: {
    "User membership": words("org_user_role_changed org_user_invited org_user_invitation_resent org_user_reinvited"),
    "User groups": words("group_created group_member_added group_member_removed group_deleted"),
    "Workspace collections": words(`workspace_default_access_changed collection_created collection_deleted collection_member_added
      collection_member_removed collection_member_access_changed collection_group_added collection_group_removed collection_group_access_changed`),
    "Workspace connections": words(`connection_created connection_deleted connection_member_added_with_role connection_member_removed
      connection_group_added_with_role connection_group_removed connection_member_access_changed connection_group_access_changed`),
    "Export data": words("export_data_sql_exported export_data_report_exported_csv export_data_report_exported_pdf"),
    "Report activity": words(`report_activity_report_created report_activity_report_edited report_activity_report_deleted
      report_activity_report_moved report_activity_sql_added report_activity_sql_deleted report_activity_visualization_added
      report_activity_visualization_deleted report_activity_python_notebook_added report_activity_r_notebook_added`),
    "Report schedule": words(`report_schedule_created report_schedule_edited report_schedule_deleted report_schedule_user_email_added
      report_schedule_user_email_removed report_schedule_channel_added report_schedule_channel_removed`),
    "API token": words("api_token_workspace_created api_token_member_key_generated api_token_member_key_revoked api_token_workspace_revoked"),
    "Audit log access": words("audit_log_accessed"),
  },
};

const entries = new Map(catalogEntries().map((entry) => [entry.key, entry]));
const groupsOf = (id: string): Preset["groups"] => presets.find((preset) => preset.id === id)?.groups ?? [];

describe.each(Object.entries(documented))("the preset %s", (id, groups) => {
  test("has the documented groups, in their order", () => {
    expect(groupsOf(id).map(({ title }) => title)).toEqual(Object.keys(groups));
  });

  test.each(Object.entries(groups))("knows every documented action of %s", (title, keys) => {
    const actions: readonly string[] = groupsOf(id).find((group) => group.title === title)?.actions ?? [];
    expect(keys.filter((key) => !actions.includes(key) || !entries.has(key))).toEqual([]);
  });
});

test("the documented groups with exact names hold fifty keys and no other", () => {
  const keys = groupsOf("business_intelligence").flatMap(({ actions }) => actions);
  expect(keys).toHaveLength(50);
  expect(keys).toEqual(Object.values(documented["business_intelligence"] ?? {}).flat());
});

test("every verb is known of every resource, with the verb as its operation", () => {
  const resources = words("notebook experiment pipeline database collection query report user team permission");
  for (const resource of resources)
    for (const verb of words("created updated deleted viewed executed cancelled shared revoked promoted"))
      expect(entries.get(`${resource}_${verb}`), `${resource}_${verb}`).toMatchObject({ operation: verb });
});

test("the system group is of the system log, the rest of the activity log", () => {
  for (const { title, actions } of groupsOf("log_types"))
    for (const action of actions) expect(entries.get(action)?.logType, action).toBe(title === "System" ? "system" : "activity");
});

test("availability of the automation groups is the scope of their actions: an action of the organization alone is never a team's", () => {
  for (const { availability, actions } of groupsOf("automation"))
    for (const action of actions) expect(entries.get(action)?.scope, action).toBe(availability?.includes("team") ? "team" : "organization");
  const alone = groupsOf("automation").filter(({ availability }) => !availability?.includes("team"));
  expect(alone.map(({ title }) => title)).toEqual(["Organization variables", "Organization"]);
});

test("every action of a preset is in the catalog, and once a group", () => {
  for (const { groups } of presets)
    for (const { actions } of groups as Preset["groups"]) {
      expect(actions.filter((action) => !entries.has(action))).toEqual([]);
      expect(new Set(actions).size).toBe(actions.length);
    }
});
