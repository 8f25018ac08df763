import type { inferInput, inferOutput, Trpc } from "../trpc.ts";

type Catalog = inferOutput<Trpc["catalog"]["list"]>;
type Line = Catalog["entries"][number];
type ActionView = inferOutput<Trpc["catalog"]["get"]>;
type CustomActions = inferOutput<Trpc["catalog"]["custom"]>;

const at = (day: number, clock: string) => `2026-11-${String(day).padStart(2, "0")}T${clock}.000Z`;
const seen = (events: number, firstDay: number, lastDay: number): Line["sighting"] => ({
  events,
  firstSeen: at(firstDay, "08:14:02"),
  lastSeen: at(lastDay, "11:58:40"),
});

const line = (namespace: string, key: string, title: string, sample: string, more: Partial<Line> = {}): Line => ({
  key,
  namespace,
  title,
  sentence: sample.replace(/"[^"]*"/, "{resource}"),
  sample,
  operation: "created",
  logType: "activity",
  scope: "team",
  severity: "routine",
  since: "0.1",
  sighting: null,
  ...more,
});

const verbs = ["created", "updated", "deleted", "viewed", "executed", "cancelled", "shared", "revoked", "promoted"] as const;
const things: [string, string, string, string][] = [
  ["notebooks", "Notebooks", "notebook", "Sales Analysis Q2"],
  ["pipelines", "Data pipelines", "pipeline", "Daily ETL"],
  ["databases", "Databases", "database", "sales_db"],
  ["queries", "Queries", "query", "Top 10 Customers"],
  ["collections", "Collections", "collection", "Sales"],
];

const entries: Line[] = [
  line("users", "user_logged_in", "Signed in", "Signed in", { operation: "authenticated", sighting: seen(18_402, 1, 20) }),
  line("users", "org_user_role_changed", "Member's role changed", 'Changed the role of "bob@company.com"', {
    operation: "updated",
    severity: "notable",
    sighting: seen(7, 3, 19),
  }),
  line("users", "org_user_invited", "Member invited", 'Invited "bob@company.com"', { sighting: seen(12, 2, 17) }),
  line(
    "connections",
    "connection_member_added_with_role",
    "Member added to connection",
    'Added "Grace Kim" to connection "Snowflake production" with role query',
    {
      severity: "notable",
      sighting: seen(3, 5, 14),
    },
  ),
  line("connections", "connection_invite_consumed", "Invitation to connection accepted", 'Accepted the invitation to connection "Snowflake production"', {
    operation: "updated",
    severity: "notable",
  }),
  line("organization_variables", "organization_variable_created", "Organization variable created", 'Created organization variable "FISCAL_YEAR"', {
    scope: "organization",
  }),
  line("retention", "retention_policy_updated", "Retention changed", "Changed how long events are kept", {
    operation: "updated",
    scope: "organization",
    severity: "critical",
    sighting: seen(1, 3, 3),
  }),
  ...things.flatMap(([namespace, , thing, name], which) =>
    verbs.map((verb, turn) =>
      line(
        namespace,
        `${thing}_${verb}`,
        `${thing.charAt(0).toUpperCase()}${thing.slice(1)} ${verb}`,
        `${verb.charAt(0).toUpperCase()}${verb.slice(1)} ${thing} "${name}"`,
        {
          operation: verb,
          severity: verb === "revoked" || verb === "promoted" ? "notable" : "routine",
          sighting: (which + turn) % 3 === 0 ? null : seen(4_120 - which * 700 - turn * 31, 1 + which, 20 - turn),
        },
      ),
    ),
  ),
  line("syncs", "dbt_data_sync_started", "dbt synchronisation started", 'Started dbt synchronisation of "Snowflake production"', {
    operation: "started",
    logType: "system",
    sighting: seen(412, 1, 20),
  }),
  line("syncs", "dbt_data_sync_completed", "dbt synchronisation ended", 'Ended dbt synchronisation of "Snowflake production"', {
    operation: "completed",
    logType: "system",
    sighting: seen(410, 1, 20),
  }),
];

const customActions: CustomActions["actions"] = [
  {
    key: "iam:CreateAccessKey",
    sample: "Iam create access key",
    namespace: "iam",
    operation: "created",
    sighting: { events: 31, firstSeen: at(8, "10:00:00"), lastSeen: at(20, "09:12:00") },
  },
  {
    key: "kiln_fired",
    sample: "Fired kiln",
    namespace: "kiln",
    operation: "other",
    sighting: { events: 1_204, firstSeen: at(1, "07:30:00"), lastSeen: at(20, "11:59:30") },
  },
  {
    key: "protected_branch.destroy",
    sample: "Protected branch destroy",
    namespace: "protected",
    operation: "deleted",
    sighting: { events: 2, firstSeen: at(12, "15:00:00"), lastSeen: at(13, "15:00:00") },
  },
];

const catalog: Catalog = {
  entries,
  namespaces: [
    { id: "users", title: "Users" },
    { id: "connections", title: "Connections" },
    { id: "organization_variables", title: "Organization variables" },
    ...things.map(([id, title]) => ({ id, title })),
    { id: "syncs", title: "Synchronisation" },
    { id: "retention", title: "Retention" },
  ],
  presets: [
    {
      id: "automation",
      title: "Categories with availability",
      groups: [
        { title: "Connections", availability: ["organization", "team"], actions: ["connection_invite_consumed"] },
        { title: "Organization variables", availability: ["organization"], actions: ["organization_variable_created"] },
      ],
    },
    {
      id: "business_intelligence",
      title: "Groups with exact names",
      groups: [
        { title: "User membership", actions: ["org_user_role_changed", "org_user_invited"] },
        { title: "Workspace connections", actions: ["connection_member_added_with_role"] },
      ],
    },
  ],
  customCount: customActions.length,
  customCountedMax: 1_000,
};

const days = Array.from({ length: 30 }, (_, index) => ({
  start: new Date(Date.parse("2026-11-19T23:00:00.000Z") - index * 86_400_000).toISOString(),
  events: index % 7 === 0 || index % 7 === 6 ? 0 : 12 + ((index * 37) % 41),
})).filter(({ events }) => events > 0);

function actionView(action: string): ActionView {
  const known = entries.find(({ key }) => key === action);
  const custom = customActions.find(({ key }) => key === action);
  if (!known && !custom) throw new Error("There is no such action.");
  const sighting = known?.sighting ?? custom?.sighting ?? null;
  const sampleEvent = {
    action,
    actor: { type: "user" as const, name: "Alice Chen", email: "alice@company.com" },
    resource: { type: "connection", name: "Snowflake production" },
    related_resources: [{ type: "user", name: "Grace Kim" }],
    metadata: { role: "query" },
  };
  return {
    key: action,
    custom: !known,
    availability: known ? [{ preset: "business_intelligence", groups: ["Workspace connections"], organization: true, team: known.scope === "team" }] : [],
    details: known
      ? [
          { path: "related.user", type: "string", title: "The user it is about", example: "Grace Kim" },
          { path: "metadata.role", type: "string", title: "Role on the connection", example: "query", values: ["query", "manage", "view"], required: true },
          { path: "changes.role", type: "string", title: "Role before and after", before: "view", example: "query" },
        ]
      : [],
    schema: known ? { $schema: "https://json-schema.org/draft/2020-12/schema", title: known.title, type: "object" } : null,
    sampleEvent,
    sighting,
    days: sighting ? (sighting.events > 700 ? days : days.slice(3, 4).map(({ start }) => ({ start, events: sighting.events }))) : [],
    latestEventId: sighting ? "01930000-0000-7000-8000-000000000420" : null,
  };
}

export const fakeCatalogAnswers = (input: unknown): Record<string, () => unknown> => ({
  "catalog.list": () => catalog,
  "catalog.custom": (): CustomActions => {
    const { containing = "" } = (input ?? {}) as NonNullable<inferInput<Trpc["catalog"]["custom"]>>;
    return { actions: customActions.filter(({ key }) => key.toLowerCase().includes(containing.toLowerCase())), nextCursor: null };
  },
  "catalog.get": () => actionView((input as inferInput<Trpc["catalog"]["get"]>).action),
});

/** What who sees only their own events is told of one action. */
export const untoldAction: ActionView = { ...actionView("user_logged_in"), sighting: null, days: null };
/** As who sees only their own events is told it. */
export const untoldCatalog: Catalog = { ...catalog, entries: entries.map((entry) => ({ ...entry, sighting: null })), customCount: null };
