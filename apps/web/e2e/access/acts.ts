/** What the walk did, as the owner has to find it in the log: under its exact key, in its words, with what it changed. */
export interface Act {
  action: string;
  /** Words of its row. */
  row: string | RegExp;
  /** Words of its details. */
  details?: readonly string[];
  /** Fields with what they were and became, as the drawer shows them. */
  changed?: readonly { field: string; before?: string; after?: string }[];
}

export const acts: readonly Act[] = [
  { action: "org_user_invited", row: "bob@company.com", details: ["alice@company.com", "member"] },
  { action: "org_user_invitation_accepted", row: "Acme", details: ["Bob Martin", "member"] },
  { action: "org_user_role_changed", row: "bob@company.com", changed: [{ field: "role", before: "member", after: "admin" }] },
  { action: "team_created", row: "Insights", details: ["Alice Chen", "Insights"] },
  { action: "team_member_added", row: /Bob Martin.*Insights/, details: ["Team"] },
  { action: "team_role_updated", row: /Bob Martin.*Insights/, changed: [{ field: "role", before: "member", after: "admin" }] },
  { action: "group_created", row: "Analysts" },
  { action: "group_member_added", row: /Bob Martin.*Analysts/ },
  { action: "collection_created", row: "Sales" },
  { action: "collection_group_added", row: /Analysts.*Sales/, details: ["query"] },
  { action: "collection_group_access_changed", row: /Analysts.*Sales/, changed: [{ field: "access", before: "query", after: "manage" }] },
  { action: "api_token_workspace_created", row: "siem pull", details: ["events:read"] },
  { action: "token_regenerated", row: "siem pull", changed: [{ field: "expires_at" }] },
  { action: "api_token_workspace_revoked", row: "siem pull" },
  { action: "api_token_member_key_generated", row: "bob-laptop", details: ["bob@company.com", "events:write"] },
  { action: "service_user_created", row: "svc-forecast", details: ["Insights"] },
  { action: "auditor_access_granted", row: "carla@firm.example", details: ["notebook", "Yearly review", "context.ip"] },
  { action: "auditor_terms_accepted", row: "carla@firm.example", details: ["Carla Diaz"] },
  { action: "audit_log_viewed", row: "Events", details: ["carla@firm.example", "Rows returned"] },
  { action: "auditor_access_revoked", row: "carla@firm.example" },
  { action: "access_simulated", row: "bob@company.com" },
  { action: "org_user_suspended", row: "bob@company.com", changed: [{ field: "status", before: "active", after: "suspended" }] },
  { action: "organization_plan_changed", row: "Acme", changed: [{ field: "without" }] },
  { action: "user_logged_out", row: "Signed out", details: ["alice@company.com"] },
  { action: "user_login_failed", row: "Failed to sign in", details: ["alice@company.com"] },
  { action: "user_logged_in", row: "Signed in", details: ["password"] },
];
