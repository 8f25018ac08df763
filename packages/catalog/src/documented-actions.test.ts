import { describe, expect, test } from "vitest";
import { catalogEntries } from "./entries.ts";
import type { CatalogEntry } from "./entries.ts";
import { describeEvent } from "./sentence.ts";

const entries = new Map(catalogEntries().map((entry) => [entry.key, entry]));
const words = (text: string): string[] => text.trim().split(/\s+/);

/** The kind of object that each documented action is about, read from the documents of five products. */
const namespaceOfKeys: [string, string][] = [
  ["users", "user_login user_logout login_failed invite_team_member change_user_role user_invited user_role_changed user_removed user_promoted"],
  ["users", "org_user_role_changed org_user_invited org_user_invitation_resent org_user_reinvited"],
  ["groups", "group_created group_member_added group_member_removed group_deleted"],
  ["teams", "team_created team_updated team_deleted team_role_updated team_member_removed team_shared"],
  ["team_variables", "team_variable_created team_variable_updated team_variable_deleted"],
  ["organization_variables", "organization_variable_created organization_variable_updated organization_variable_deleted"],
  ["organization", "organization_created workspace_default_access_changed audit_log_accessed"],
  ["permissions", "permission_granted permission_revoked permission_created"],
  ["service_users", "service_user_created"],
  ["api_tokens", "token_created token_regenerated token_revoked api_token_workspace_created api_token_workspace_revoked"],
  ["api_tokens", "api_token_member_key_generated api_token_member_key_revoked api_key_updated"],
  ["keys", "key_created key_updated key_deleted"],
  ["collections", "collection_created collection_deleted collection_member_added collection_member_removed collection_member_access_changed"],
  ["collections", "collection_group_added collection_group_removed collection_group_access_changed"],
  ["connections", "connection_created connection_updated connection_deleted connection_removed connection_authorized connection_reauthorized"],
  ["connections", "connection_invite_consumed connection_member_added_with_role connection_member_removed connection_group_added_with_role"],
  ["connections", "connection_group_removed connection_member_access_changed connection_group_access_changed"],
  ["data_products", "data_product_changed data_product_shared"],
  ["spaces", "space_changed"],
  ["pipelines", "pipeline_created pipeline_modified pipeline_executed pipeline_triggered pipeline_restarted pipeline_disabled pipeline_failed"],
  ["scenarios", "scenario_created scenario_updated scenario_deleted scenario_activated scenario_deactivated"],
  ["webhooks", "webhook_created webhook_deleted webhook_updated webhook_enabled webhook_disabled"],
  ["functions", "function_created function_updated function_deleted"],
  ["data_stores", "data_store_created data_store_updated data_store_deleted data_store_record_created data_store_record_updated data_store_record_deleted"],
  ["data_structures", "data_structure_created data_structure_updated data_structure_deleted"],
  ["notebooks", "notebook_created notebook_updated notebook_executed notebook_shared notebook_cell_added notebook_published"],
  ["dashboards", "dashboard_created dashboard_shared"],
  ["tables", "table_rows_inserted table_rows_updated table_rows_deleted table_data_imported"],
  ["queries", "query_executed query_cancelled"],
  ["exports", "export_data_sql_exported export_data_report_exported_csv export_data_report_exported_pdf"],
  ["report_activity", "report_activity_report_created report_activity_report_edited report_activity_report_deleted report_activity_report_moved"],
  ["report_activity", "report_activity_sql_added report_activity_sql_deleted report_activity_visualization_added"],
  ["report_activity", "report_activity_visualization_deleted report_activity_python_notebook_added report_activity_r_notebook_added"],
  ["reports", "report_schedule_created report_schedule_edited report_schedule_deleted report_schedule_user_email_added"],
  ["reports", "report_schedule_user_email_removed report_schedule_channel_added report_schedule_channel_removed"],
  ["alerts", "create_alert_rule edit_alert_rule delete_alert_rule archive_alert_rule acknowledge_incident resolve_incident assign_incident alerts_sent"],
  ["tests", "create_test edit_test delete_test"],
  ["monitors", "create_monitor edit_monitor delete_monitor"],
  ["configuration", "create_configuration edit_configuration delete_configuration"],
  ["metadata", "add_metadata edit_metadata delete_metadata"],
  ["integrations", "add_integration edit_integration delete_integration"],
  ["syncs", "dbt_data_sync_started dbt_data_sync_completed dwh_data_sync_started dwh_data_sync_completed bi_data_sync_started bi_data_sync_completed"],
];

test.each(namespaceOfKeys)("of the namespace %s: %s", (namespace, keys) => {
  for (const key of words(keys)) expect(entries.get(key)?.namespace, key).toBe(namespace);
});

const availabilityIn = (preset: string, { availability }: CatalogEntry) => availability.find((each) => each.preset === preset);

test("an entry says for each preset which groups show it, and in whose logs", () => {
  for (const key of words("organization_created organization_variable_created organization_variable_updated organization_variable_deleted"))
    expect(availabilityIn("automation", entries.get(key) as CatalogEntry)).toMatchObject({ organization: true, team: false });
  expect(entries.get("data_store_record_created")?.availability).toEqual([
    { preset: "automation", groups: ["Data store", "Data store records"], organization: true, team: true },
  ]);
  expect(entries.get("connection_created")?.availability.map(({ preset }) => preset)).toEqual(["automation", "data_sharing", "business_intelligence"]);
});

/** What people did, and the sentence that should stand in the log for it. */
const activities: [string, Parameters<typeof describeEvent>[0]["resource"], string, object?][] = [
  ["query_executed", { type: "query", name: "Top 10 Customers" }, 'Executed query "Top 10 Customers"'],
  ["notebook_created", { type: "notebook", name: "Q2 Analysis" }, 'Created notebook "Q2 Analysis"'],
  ["table_rows_inserted", { type: "table", name: "customers" }, 'Inserted 1,000 rows into table "customers"', { rows_affected: 1_000 }],
  ["user_updated", { type: "user", id: "#12345" }, 'Updated user "#12345"'],
  ["table_data_imported", { type: "table", name: "orders" }, 'Imported data into table "orders"'],
  ["notebook_published", { type: "notebook", name: "Public Dashboard" }, 'Made notebook "Public Dashboard" public'],
  ["pipeline_triggered", { type: "pipeline", name: "Daily ETL" }, 'Triggered pipeline "Daily ETL"'],
  ["pipeline_restarted", { type: "pipeline", name: "Daily ETL" }, 'Manually restarted pipeline "Daily ETL"'],
  ["pipeline_disabled", { type: "pipeline", name: "Legacy Process" }, 'Disabled pipeline "Legacy Process"'],
];

describe("common activities", () => {
  test.each(activities)("%s on %o reads: %s", (action, resource, sentence, more = {}) => {
    expect(describeEvent({ action, resource, related_resources: [], rows_affected: null, metadata: {}, ...more })).toBe(sentence);
  });
});

test("a sentence rendered for its sample has no slot, no hole and no word of the machine, and names its object", () => {
  for (const { key, sample, sentence, sampleEvent } of entries.values()) {
    expect(sample, key).not.toMatch(/[{}|]|undefined|\[object| {2}|""/);
    if (sentence.includes("{resource}")) expect(sample, key).toContain(`"${sampleEvent.resource?.name}"`);
  }
});
