import type { Json, Resource } from "@daybook/event";
import { admins, diego, engineers, grace, lena, naomi, partner, people, teams, tomasz } from "./cast.ts";
import type { Person } from "./cast.ts";
import { atDesk, byOther, byPerson, newOperation, workingDayAgo } from "./draft.ts";
import type { Act, Draft, Scene } from "./draft.ts";
import { collections, payroll, sensitiveDb, thing, warehouse } from "./things.ts";

const hour = 60;
const hourMs = 3_600_000;

/** What is seldom done, each at least once in the month: members, groups, collections, connections, tokens, schedules, scenarios, products. */
export function chores(scene: Scene): Draft[] {
  const { dice } = scene;
  return [
    ...all.flatMap((chore) => Array.from({ length: happensOnce(chore) ? 1 : dice.int(1, 3) }, () => done(scene, chore))),
    ...invitation(scene),
    ...requests(scene),
  ];
}

interface Chore extends Act {
  by?: readonly Person[];
}

/** A thing of one name is not made or deleted twice. */
const happensOnce = ({ action }: Chore): boolean => /_(created|deleted|invited|reinvited|activated|deactivated)$/.test(action);

function done(scene: Scene, { by = admins, ...act }: Chore): Draft {
  const { dice } = scene;
  const person = dice.pick(by);
  const day = workingDayAgo(scene, dice.int(0, 27));
  return byPerson(dice, person, atDesk(dice, person), day.at(dice.int(9 * hour + 15, 17 * hour)), act);
}

const user = ({ actor }: Person): Resource => ({ type: "user", id: actor.id, name: actor.name });
const changed = (before: { [key: string]: Json }, after: { [key: string]: Json }) => ({ changes: { before, after } });

const [sales, finance] = [thing("collection", "Sales"), thing("collection", "Finance")];
const [analysts, stewards] = [thing("group", "Analysts"), thing("group", "Data stewards")];
const replica = thing("connection", "Postgres replica");
const newcomer: Resource = { type: "user", name: "yuki.mori@larkspur.example" };
const mondayMail = thing("report_schedule", "Monday revenue mail");

const members: Chore[] = [
  { action: "org_user_invited", resource: newcomer, metadata: { role: "member" } },
  { action: "org_user_invitation_resent", resource: newcomer, description: 'Sent the invitation of "yuki.mori@larkspur.example" again' },
  {
    action: "org_user_reinvited",
    resource: { type: "user", name: "paul.meyer@larkspur.example" },
    description: 'Invited former member "paul.meyer@larkspur.example" again',
  },
  { action: "org_user_role_changed", resource: user(lena), ...changed({ role: "member" }, { role: "admin" }), reason: "Stands in for Naomi during her leave" },
  { action: "group_created", resource: thing("group", "Q4 planning") },
  { action: "group_member_added", resource: analysts, related_resources: [user(diego)], description: 'Added Diego Torres to group "Analysts"' },
  { action: "group_member_removed", resource: analysts, related_resources: [user(diego)], description: 'Removed Diego Torres from group "Analysts"' },
  { action: "group_deleted", resource: thing("group", "Q1 planning") },
  { action: "team_member_added", resource: { type: "team", ...teams.insights }, related_resources: [user(lena)] },
  {
    action: "team_role_updated",
    resource: { type: "team", ...teams.revenue },
    related_resources: [user(grace)],
    ...changed({ role: "member" }, { role: "team admin" }),
  },
];

const access: Chore[] = [
  { action: "collection_created", resource: thing("collection", "Q4 planning") },
  { action: "collection_deleted", resource: thing("collection", "Old dashboards") },
  {
    action: "collection_member_added",
    resource: sales,
    related_resources: [user(grace)],
    metadata: { access: "query" },
    description: 'Added Grace Kim to collection "Sales"',
  },
  { action: "collection_member_removed", resource: sales, related_resources: [user(tomasz)], description: 'Removed Tomasz Nowak from collection "Sales"' },
  {
    action: "collection_member_access_changed",
    resource: finance,
    related_resources: [user(grace)],
    ...changed({ access: "view" }, { access: "manage" }),
    description: 'Changed the access of Grace Kim to collection "Finance"',
  },
  {
    action: "collection_group_added",
    resource: finance,
    related_resources: [stewards],
    metadata: { access: "manage" },
    description: 'Added group "Data stewards" to collection "Finance"',
  },
  { action: "collection_group_removed", resource: finance, related_resources: [analysts], description: 'Removed group "Analysts" from collection "Finance"' },
  { action: "connection_created", resource: thing("connection", "Google Sheets budget") },
  { action: "connection_deleted", resource: thing("connection", "MySQL legacy") },
  {
    action: "connection_updated",
    resource: replica,
    ...changed({ host: "db-1.larkspur.example", password: "spring" }, { host: "db-2.larkspur.example", password: "summer" }),
  },
  { action: "connection_authorized", resource: thing("connection", "HubSpot"), description: 'Authorized connection "HubSpot" again' },
  {
    action: "connection_member_added_with_role",
    resource: warehouse,
    related_resources: [user(lena)],
    metadata: { role: "query" },
    description: 'Added Lena Fischer to connection "Snowflake production" with role query',
  },
  {
    action: "connection_member_access_changed",
    resource: warehouse,
    related_resources: [user(lena)],
    ...changed({ role: "query" }, { role: "view" }),
    description: 'Changed the access of Lena Fischer to connection "Snowflake production"',
  },
  {
    action: "connection_group_added_with_role",
    resource: replica,
    related_resources: [analysts],
    metadata: { role: "query" },
    description: 'Added group "Analysts" to connection "Postgres replica" with role query',
  },
  {
    action: "connection_group_access_changed",
    resource: replica,
    related_resources: [analysts],
    ...changed({ role: "query" }, { role: "view" }),
    description: 'Changed the access of group "Analysts" to connection "Postgres replica"',
  },
  {
    action: "connection_group_removed",
    resource: replica,
    related_resources: [analysts],
    description: 'Removed group "Analysts" from connection "Postgres replica"',
  },
  {
    action: "permission_granted",
    resource: thing("database", "sales_db"),
    related_resources: [thing("group", "team-data")],
    description: 'Granted "team-data" read access to "sales_db"',
  },
  {
    action: "permission_revoked",
    resource: sensitiveDb,
    related_resources: [thing("group", "contractors")],
    description: 'Revoked access of "contractors" to "sensitive_data"',
  },
];

const tokens: Chore[] = [
  { action: "api_token_workspace_created", resource: thing("api_token", "Looker export"), metadata: { scopes: ["events:read"] } },
  { action: "api_token_workspace_revoked", resource: thing("api_token", "Old collector") },
  { action: "api_token_member_key_generated", by: people, resource: thing("api_token", "notebook key"), description: 'Generated member key "notebook key"' },
  { action: "api_token_member_key_revoked", by: people, resource: thing("api_token", "laptop key"), description: 'Revoked member key "laptop key"' },
  { action: "service_user_created", resource: thing("service_user", "svc-forecast") },
  {
    action: "key_updated",
    by: engineers,
    resource: thing("key", "landing-bucket"),
    ...changed({ secret_key: "a1", rotated: "2025" }, { secret_key: "b2", rotated: "2026" }),
  },
];

const reporting: Chore[] = [
  {
    action: "report_activity_report_moved",
    resource: thing("report", "Board pack"),
    ...changed({ collection: "Sandbox" }, { collection: "Company metrics" }),
    description: 'Moved report "Board pack" to "Company metrics"',
  },
  { action: "report_activity_report_deleted", resource: thing("report", "Untitled 14"), description: 'Deleted report "Untitled 14"' },
  { action: "report_activity_r_notebook_added", resource: thing("report", "Churn review"), description: 'Added an R notebook to report "Churn review"' },
  { action: "report_schedule_created", resource: mondayMail },
  { action: "report_schedule_edited", resource: mondayMail, ...changed({ hour: 8 }, { hour: 7 }) },
  { action: "report_schedule_deleted", resource: thing("report_schedule", "Friday digest") },
  {
    action: "report_schedule_user_email_added",
    resource: mondayMail,
    metadata: { email: "cfo@larkspur.example" },
    description: 'Added cfo@larkspur.example to schedule "Monday revenue mail"',
  },
  {
    action: "report_schedule_user_email_removed",
    resource: mondayMail,
    metadata: { email: "intern@larkspur.example" },
    description: 'Removed intern@larkspur.example from schedule "Monday revenue mail"',
  },
  {
    action: "report_schedule_channel_added",
    resource: mondayMail,
    metadata: { channel: "#revenue" },
    description: 'Added Slack channel #revenue to schedule "Monday revenue mail"',
  },
  {
    action: "report_schedule_channel_removed",
    resource: mondayMail,
    metadata: { channel: "#random" },
    description: 'Removed Slack channel #random from schedule "Monday revenue mail"',
  },
];

const building: Chore[] = [
  { action: "pipeline_created", by: engineers, resource: thing("pipeline", "Marketing spend") },
  { action: "experiment_created", by: people, resource: thing("experiment", "Uplift model") },
  { action: "notebook_deleted", by: people, resource: thing("notebook", "Scratch 3") },
  {
    action: "notebook_published",
    by: [naomi],
    resource: thing("notebook", "Public Dashboard"),
    ...changed({ visibility: "private" }, { visibility: "public" }),
    description: 'Made notebook "Public Dashboard" public',
  },
  { action: "scenario_created", by: engineers, resource: thing("scenario", "Escalate tickets") },
  { action: "scenario_updated", by: engineers, resource: thing("scenario", "Sync won deals"), ...changed({ interval_minutes: 15 }, { interval_minutes: 5 }) },
  { action: "scenario_deactivated", by: engineers, resource: thing("scenario", "Slack digest") },
  { action: "scenario_activated", by: engineers, resource: thing("scenario", "Slack digest") },
  { action: "webhook_created", by: engineers, resource: thing("webhook", "Order placed") },
  { action: "team_variable_updated", by: engineers, resource: thing("team_variable", "REGION"), ...changed({ value: "eu-west-1" }, { value: "eu-central-1" }) },
  { action: "organization_variable_updated", resource: thing("organization_variable", "FISCAL_YEAR"), ...changed({ value: 2026 }, { value: 2027 }) },
  { action: "data_structure_updated", by: engineers, resource: thing("data_structure", "Customer") },
  { action: "function_updated", by: engineers, resource: thing("function", "normalise_phone") },
  {
    action: "data_product_shared",
    by: [naomi],
    resource: thing("data_product", "Customer 360"),
    related_resources: [{ type: "organization", name: "Brightwater Retail" }],
  },
  { action: "space_created", resource: thing("space", "Brightwater partnership") },
  {
    action: "metadata_edited",
    by: people,
    resource: thing("table", "orders"),
    ...changed({ owner: null, tags: [] }, { owner: "Data Platform", tags: ["critical"] }),
    description: 'Edited owner and tags of table "orders"',
  },
  { action: "test_added", by: engineers, resource: thing("test", "orders.total is not null") },
  { action: "alert_rule_created", resource: thing("alert_rule", "Large data exports") },
  { action: "alert_rule_updated", resource: thing("alert_rule", "High number of failures"), ...changed({ threshold: 10 }, { threshold: 25 }) },
];

const all: readonly Chore[] = [...members, ...access, ...tokens, ...reporting, ...building];

/** A partner outside the company accepts an invitation: nobody's account, so the actor is anonymous. */
function invitation(scene: Scene): Draft[] {
  const { dice } = scene;
  const day = workingDayAgo(scene, dice.int(8, 20));
  const operation_id = newOperation(dice);
  const resource = thing("connection", "Brightwater orders");
  return [
    byPerson(dice, naomi, atDesk(dice, naomi), day.at(11 * hour), {
      action: "connection_invite_created",
      resource,
      operation_id,
      metadata: { invited: "data@brightwater.example" },
    }),
    byOther(dice, partner, day.at(15 * hour + 20), {
      action: "connection_invite_consumed",
      resource,
      operation_id,
      description: 'Accepted the invitation to connection "Brightwater orders"',
    }),
  ];
}

/** Somebody asks for access, and an admin answers a while later; one request always waits for its answer. */
function requests(scene: Scene): Draft[] {
  const { dice } = scene;
  return [1, 2, 6, 11, 17, 23].flatMap((ago, index) => {
    const person = dice.pick(people);
    const resource = dice.pick([sensitiveDb, payroll, ...collections]);
    const operation_id = newOperation(dice);
    const at = workingDayAgo(scene, ago).at(dice.int(9 * hour, 12 * hour));
    const asked = byPerson(dice, person, atDesk(dice, person), at, {
      action: "permission_requested",
      status: "pending_approval",
      resource,
      operation_id,
      reason: dice.pick(["Quarter-end reconciliation", "Customer asked for a breakdown", "New dashboard for the board"]),
      description: `Asked for access to "${resource.name}"`,
    });
    if (index === 0) return [asked];
    const admin = dice.pick(admins);
    const granted = dice.chance(0.7);
    return [
      asked,
      byPerson(dice, admin, atDesk(dice, admin), at + dice.int(1, 5) * hourMs, {
        action: granted ? "permission_granted" : "permission_denied",
        resource,
        related_resources: [user(person)],
        operation_id,
        description: `${granted ? "Granted" : "Denied"} ${person.actor.name} access to "${resource.name}"`,
      }),
    ];
  });
}
