import type { Resource } from "@daybook/event";
import { admins, aiko, auditor, diego, ingrid, jonas, naomi, scheduler, system, tomasz } from "./cast.ts";
import type { Person } from "./cast.ts";
import { atDesk, byOther, byPerson, dayAgo, newOperation, newSession, workingDayAgo } from "./draft.ts";
import type { Act, Draft, Scene } from "./draft.ts";
import { contractors, customersDb, dailyEtl, legacyPipeline, payroll, sensitiveCollection, thing, warehouse } from "./things.ts";

const hour = 60;
const secondMs = 1_000;
const minuteMs = 60 * secondMs;

/** What one would look for in a log: a leak by night, rights given away and taken back, a night of failures, an auditor's visit. */
export const stories = (scene: Scene): Draft[] => [
  ...nightOfExports(scene),
  ...publicPayroll(scene),
  ...failingNight(scene),
  ...auditorsVisit(scene),
  ...housekeeping(scene),
  ...unfinished(scene),
];

const user = ({ actor }: Person): Resource => ({ type: "user", id: actor.id, name: actor.name });
const oddAddress = "192.0.2.166";

/** A contractor's account takes the customers out by night, from an address that it never used; in the morning it is shut. */
function nightOfExports(scene: Scene): Draft[] {
  const { dice } = scene;
  const morning = workingDayAgo(scene, 9);
  const night = dayAgo(scene, morning.ago);
  const session = newSession(dice, oddAddress);
  const intruder: Person = { ...tomasz, agent: "python-requests/2.32" };
  const account = { type: "user", id: tomasz.actor.id, name: tomasz.actor.email };
  const tries = [0, 0.4, 0.9].map((minute) =>
    byPerson(dice, intruder, session, night.at(hour + 8 + minute), {
      action: "user_login_failed",
      status: "failed",
      resource: account,
      error: { code: "invalid_credentials", message: "The password was wrong." },
    }),
  );
  const exports = Array.from({ length: 26 }, (_, index) => {
    const rows = dice.int(180_000, 950_000);
    return byPerson(dice, intruder, session, night.at(hour + 14 + index * 4.3), {
      action: "export_data_sql_exported",
      resource: thing("query", index % 5 === 0 ? "Duplicate accounts" : "All customers"),
      related_resources: [customersDb],
      rows_returned: rows,
      duration_ms: dice.int(20_000, 140_000),
      metadata: { query: `select * from customers where id > ${index * 500_000} order by id limit ${rows}`, database: "customers_db" },
      description: `Exported ${rows.toLocaleString("en-US")} rows of "customers_db" as CSV`,
    });
  });
  const rule = thing("alert_rule", "Large data exports");
  const incident = thing("incident", "Large data exports by Tomasz Nowak");
  const admin = newSession(dice, ingrid.home);
  const answer = (minute: number, act: Act) => byPerson(dice, ingrid, admin, morning.at(7 * hour + minute), act);
  return [
    ...tries,
    byPerson(dice, intruder, session, night.at(hour + 11), { action: "user_logged_in", resource: account, metadata: { method: "password", new_device: true } }),
    ...exports,
    byOther(dice, system, night.at(hour + 16), { log_type: "system", action: "incident_opened", resource: incident, related_resources: [rule] }),
    byOther(dice, system, night.at(hour + 16.1), {
      log_type: "system",
      action: "alerts_sent",
      resource: rule,
      counts: { recipients: 3 },
      metadata: { destination: "e-mail" },
    }),
    answer(22, { action: "incident_acknowledged", resource: incident }),
    answer(25, { action: "user_sessions_revoked", resource: user(tomasz), reason: "Exports at night from an unknown address" }),
    answer(26, {
      action: "api_token_member_key_revoked",
      resource: thing("api_token", "tomasz laptop"),
      related_resources: [user(tomasz)],
      description: 'Revoked member key "tomasz laptop"',
    }),
    answer(28, {
      action: "connection_member_removed",
      resource: warehouse,
      related_resources: [user(tomasz)],
      description: 'Removed Tomasz Nowak from connection "Snowflake production"',
    }),
    answer(31, {
      action: "org_user_role_changed",
      resource: user(tomasz),
      changes: { before: { role: "member" }, after: { role: "guest" } },
      reason: "Until the night's exports are explained",
    }),
    answer(9 * hour, { action: "incident_resolved", resource: incident, reason: "Stolen laptop; password and keys changed, customers told" }),
  ];
}

/** On an afternoon payroll becomes public and contractors may manage sensitive data; within the hour it is undone. */
function publicPayroll(scene: Scene): Draft[] {
  const { dice } = scene;
  const day = workingDayAgo(scene, 4);
  const hasty = newSession(dice, diego.office);
  const fixing = newSession(dice, aiko.office);
  const wrong = (minute: number, act: Act) => byPerson(dice, diego, hasty, day.at(15 * hour + minute), act);
  const right = (minute: number, act: Act) => byPerson(dice, aiko, fixing, day.at(15 * hour + minute), act);
  const incident = thing("incident", "Permission changes by Diego Torres");
  const visibility = (before: string, after: string) => ({ changes: { before: { visibility: before }, after: { visibility: after } } });
  const role = (before: string, after: string) => ({ changes: { before: { access: before }, after: { access: after } } });
  return [
    wrong(2, {
      action: "report_visibility_changed",
      resource: payroll,
      ...visibility("private", "public"),
      description: 'Made report "Payroll overview" public',
    }),
    wrong(4, {
      action: "collection_group_access_changed",
      resource: sensitiveCollection,
      related_resources: [contractors],
      ...role("view", "manage"),
      description: 'Changed the access of group "contractors" to collection "Sensitive data"',
    }),
    wrong(6, {
      action: "workspace_default_access_changed",
      resource: { type: "workspace", id: "larkspur", name: "Larkspur" },
      ...role("none", "view"),
      description: "Changed the default access of the workspace",
    }),
    byOther(dice, system, day.at(15 * hour + 6.2), { log_type: "system", action: "incident_opened", resource: incident }),
    byOther(dice, system, day.at(15 * hour + 6.3), {
      log_type: "system",
      action: "alerts_sent",
      resource: thing("alert_rule", "Permission changes"),
      counts: { recipients: 3 },
      metadata: { destination: "Slack #data-alerts" },
    }),
    right(24, { action: "incident_acknowledged", resource: incident }),
    right(27, {
      action: "report_visibility_changed",
      resource: payroll,
      ...visibility("public", "private"),
      description: 'Made report "Payroll overview" private',
    }),
    right(29, {
      action: "collection_group_access_changed",
      resource: sensitiveCollection,
      related_resources: [contractors],
      ...role("manage", "view"),
      description: 'Changed the access of group "contractors" to collection "Sensitive data"',
    }),
    right(30, {
      action: "workspace_default_access_changed",
      resource: { type: "workspace", id: "larkspur", name: "Larkspur" },
      ...role("view", "none"),
      description: "Changed the default access of the workspace",
    }),
    right(48, { action: "incident_resolved", resource: incident, reason: "A script meant for the sandbox; nobody outside opened the report" }),
  ];
}

/** The nightly load fails until somebody gets up, and an old pipeline that stood in its way is switched off. */
function failingNight(scene: Scene): Draft[] {
  const { dice } = scene;
  const day = workingDayAgo(scene, 13);
  const failures = [0, 22, 47].flatMap((minute) => {
    const operation_id = newOperation(dice);
    const at = day.at(5 * hour + 30 + minute);
    const common = { log_type: "system" as const, resource: dailyEtl, operation_id };
    return [
      byOther(dice, scheduler, at, { ...common, action: "pipeline_started", status: "in_progress" }),
      byOther(dice, scheduler, at + 9 * minuteMs, {
        ...common,
        action: "pipeline_failed",
        status: "failed",
        duration_ms: 9 * minuteMs,
        error: { code: "step_failed", message: "Step 2 - database connection timeout" },
      }),
    ];
  });
  const session = newSession(dice, jonas.home);
  const operation_id = newOperation(dice);
  const restarted = day.at(6 * hour + 52);
  return [
    ...failures,
    byPerson(dice, jonas, session, day.at(6 * hour + 40), {
      action: "pipeline_disabled",
      resource: legacyPipeline,
      reason: "Holds all connections of the warehouse",
    }),
    byPerson(dice, jonas, session, restarted, {
      action: "pipeline_restarted",
      resource: dailyEtl,
      operation_id,
      description: 'Manually restarted pipeline "Daily ETL"',
    }),
    byOther(dice, scheduler, restarted + 3 * secondMs, {
      log_type: "system",
      action: "pipeline_started",
      status: "in_progress",
      resource: dailyEtl,
      operation_id,
    }),
    byOther(dice, scheduler, restarted + 31 * minuteMs, {
      log_type: "system",
      action: "pipeline_completed",
      resource: dailyEtl,
      operation_id,
      duration_ms: 31 * minuteMs,
      rows_affected: 1_904_220,
    }),
  ];
}

/** An auditor is let in for a week, reads, exports and leaves. */
function auditorsVisit(scene: Scene): Draft[] {
  const { dice } = scene;
  const first = workingDayAgo(scene, 20);
  const last = workingDayAgo(scene, 16);
  const session = atDesk(dice, ingrid);
  const resource: Resource = { type: "user", id: "usr_90", name: "Kim Hartley" };
  const reads = Array.from({ length: 40 }, () =>
    byOther(dice, auditor, workingDayAgo(scene, dice.int(last.ago, first.ago)).at(dice.int(9 * hour + 40, 16 * hour)), {
      action: "audit_log_viewed",
      resource: { type: "audit_log", name: "Activity log" },
      rows_returned: dice.int(10, 200),
    }),
  );
  return [
    byPerson(dice, ingrid, session, first.at(9 * hour + 5), {
      action: "auditor_access_granted",
      resource,
      metadata: { scope: "permissions and exports of 2026", days: 7 },
    }),
    ...reads,
    byOther(dice, auditor, last.at(16 * hour + 10), {
      action: "audit_log_exported",
      resource: { type: "audit_log", name: "Activity log" },
      rows_returned: 4_812,
    }),
    byPerson(dice, ingrid, session, last.at(17 * hour), { action: "auditor_access_revoked", resource }),
  ];
}

/** Every evening the oldest incident of the day is looked at. */
function housekeeping(scene: Scene): Draft[] {
  const { dice, days } = scene;
  return days
    .filter(({ working }) => working)
    .flatMap((day) => {
      const person = dice.pick([...admins, naomi]);
      const incident = thing("incident", `High number of failures ${day.date}`);
      if (!dice.chance(0.4)) return [];
      const session = atDesk(dice, person);
      const at = day.at(dice.int(10 * hour, 16 * hour));
      return [
        byOther(dice, system, at - 14 * minuteMs, { log_type: "system", action: "incident_opened", resource: incident }),
        byPerson(dice, person, session, at, { action: "incident_acknowledged", resource: incident }),
        byPerson(dice, person, session, at + dice.int(20, 90) * minuteMs, { action: "incident_resolved", resource: incident }),
      ];
    });
}

/** One pipeline is at work right now, and of another nothing was heard since it began: the machine it ran on was taken away. */
function unfinished(scene: Scene): Draft[] {
  const { dice, now } = scene;
  const starts = [
    { at: dayAgo(scene, 5).at(14 * hour + 10), name: "CRM enrichment" },
    { at: now - 38 * minuteMs, name: "Clickstream compaction" },
  ];
  return starts.map(({ at, name }) =>
    byOther(dice, scheduler, at, {
      log_type: "system",
      action: "pipeline_started",
      status: "in_progress",
      resource: thing("pipeline", name),
      operation_id: newOperation(dice),
    }),
  );
}
