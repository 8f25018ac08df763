import type { Actor, AuditEvent, EventRow, FieldChange, Resource, Status } from "@daybook/event";

interface Template {
  action: string;
  operation: string;
  namespace: string;
  resource: Resource;
  description: string;
  fields?: FieldChange[];
  system?: true;
}

const people: Actor[] = [
  { type: "user", id: "u_alice", name: "Alice Chen", email: "alice@company.com" },
  { type: "user", id: "u_bob", name: "Bob Okafor", email: "bob@company.com" },
  { type: "service_user", id: "svc-dbt", name: "svc-dbt" },
  { type: "api_key", id: "key_ci", name: "ci-deploy" },
  { type: "agent", id: "agent_1", name: "Data assistant" },
  { type: "anonymous" },
];

const templates: Template[] = [
  {
    action: "database_updated",
    operation: "updated",
    namespace: "databases",
    resource: { type: "database", id: "db_1", name: "sales_db" },
    description: "Updated database sales_db",
    fields: [
      { path: "title", before: "Report", after: "Q2 Sales Report" },
      { path: "visibility", before: "private", after: "shared" },
      { path: "tags.2", after: "finance" },
      { path: "legacy_id", before: 42 },
      { path: "api_key", before: "[REDACTED]", after: "[REDACTED]" },
    ],
  },
  {
    action: "notebook_created",
    operation: "created",
    namespace: "notebooks",
    resource: { type: "notebook", id: "nb_9", name: "Sales Analysis Q2" },
    description: 'Created notebook "Sales Analysis Q2"',
  },
  {
    action: "report_exported",
    operation: "executed",
    namespace: "reports",
    resource: { type: "report", id: "r_2", name: "Q2 Sales" },
    description: 'Exported report "Q2 Sales" (CSV, 48,211 rows)',
  },
  {
    action: "api_token_workspace_revoked",
    operation: "revoked",
    namespace: "api_tokens",
    resource: { type: "api_token", id: "t_3", name: "ci" },
    description: 'Revoked API token "ci"',
  },
  {
    action: "user_role_changed",
    operation: "updated",
    namespace: "users",
    resource: { type: "user", id: "u_bob", name: "bob@company.com" },
    description: "Changed the role of bob@company.com to Admin",
    fields: [{ path: "role", before: "member", after: "admin" }],
  },
  {
    action: "dashboard_shared",
    operation: "shared",
    namespace: "dashboards",
    resource: { type: "dashboard", id: "d_1", name: "<script>alert(1)</script><b>Public</b>" },
    description: "Shared dashboard <script>alert(1)</script><b>Public</b>",
  },
  {
    action: "dbt_data_sync_completed",
    operation: "executed",
    namespace: "syncs",
    resource: { type: "source", id: "s_1", name: "dbt" },
    description: "Finished synchronising dbt: 312 models",
    system: true,
  },
];

const statuses: Status[] = ["success", "success", "success", "success", "failed", "success", "in_progress", "success", "pending_approval"];
const stepMs = 47 * 60_000;

/** A deterministic week and a half of a made-up company. */
export function fakeEvents(count: number, newest: number): AuditEvent[] {
  return Array.from({ length: count }, (_, index) => fakeEvent(index, count - index, newest - index * stepMs - ((index * 7919) % stepMs)));
}

export function fakeEvent(index: number, seq: number, occurred: number): AuditEvent {
  const template = templates[((index * 2_654_435_761) >>> 9) % templates.length] ?? templates[0];
  if (!template) throw new Error("There is at least one template.");
  const actor = people[(index * 3 + (index >> 3)) % people.length] ?? { type: "anonymous" };
  const status = statuses[(index * 7) % statuses.length] ?? "success";
  const occurred_at = new Date(occurred).toISOString();
  return {
    id: `01930000-0000-7000-8000-${String(seq).padStart(12, "0")}`,
    seq,
    occurred_at,
    received_at: new Date(occurred + 146).toISOString(),
    log_type: template.system ? "system" : "activity",
    action: template.action,
    namespace: template.namespace,
    operation: template.operation,
    actor: template.system ? { type: "system", name: "Daybook" } : actor,
    on_behalf_of: actor.type === "agent" ? [{ type: "user", name: "Bob Okafor", email: "bob@company.com" }] : [],
    resource: template.resource,
    related_resources: [],
    team: { id: "finance", name: "Finance" },
    status,
    error: status === "failed" ? { code: "connection_timeout", message: "Step 2: database connection timeout" } : null,
    operation_id: template.system ? "op_1" : null,
    origin: "interface",
    reason: null,
    description: template.description,
    duration_ms: 245,
    rows_returned: template.action === "report_exported" ? 48_211 : null,
    rows_affected: null,
    counts: {},
    context: { ip: `192.168.1.${index % 200}`, user_agent: "Mozilla/5.0 (Macintosh) Chrome/153", session_id: "s_81f2", request_id: `r_${seq}` },
    changes: template.fields ? { fields: template.fields } : null,
    metadata: index % 3 === 0 ? { env: "prod", cells: 5 } : {},
    redactions: template.fields && template.fields.length > 4 ? [{ path: "changes.fields.4.before", rule: "key.token" }] : [],
    source: "api",
    clock_skew_ms: status === "failed" ? -92_000 : null,
    import_id: null,
    token_id: null,
    idempotency_key: null,
  };
}

export const rowOf = (event: AuditEvent): EventRow => ({
  ...event,
  ip: event.context.ip ?? null,
  changed_fields: event.changes?.fields.map(({ path }) => path) ?? [],
});
