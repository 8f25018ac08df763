import type { Resource } from "@daybook/event";
import { biUser, crmKey, dbtUser, scheduler, siemKey, system } from "./cast.ts";
import type { Day } from "./calendar.ts";
import type { Dice } from "./dice.ts";
import { byOther, newOperation } from "./draft.ts";
import type { Draft, Scene } from "./draft.ts";
import { dailyEtl, pipelines, reports, scenarios, schedules, thing, warehouse } from "./things.ts";

const hour = 60;
const secondMs = 1_000;

/** What runs by itself, nights and weekends too: synchronisations, pipelines, reports, keys that pull and push. */
export const machines = ({ dice, days }: Scene): Draft[] =>
  days.flatMap((day) => [...synchronisations(dice, day), ...pipelineRuns(dice, day), ...keys(dice, day), ...mails(dice, day)]);

interface Sync {
  by: typeof dbtUser;
  action: string;
  title: string;
  resource: Resource;
  counts: (dice: Dice) => Record<string, number>;
  hours: number[];
}

const syncs: Sync[] = [
  {
    by: dbtUser,
    action: "dbt_data_sync",
    title: "dbt synchronisation",
    resource: thing("source", "dbt Cloud"),
    counts: (dice) => ({ models: dice.int(308, 316), tests: dice.int(840, 860) }),
    hours: [1, 7, 13, 19],
  },
  {
    by: scheduler,
    action: "dwh_data_sync",
    title: "warehouse synchronisation",
    resource: warehouse,
    counts: (dice) => ({ tables: dice.int(410, 422), columns: dice.int(6_100, 6_300) }),
    hours: [2, 8, 14, 20],
  },
  {
    by: biUser,
    action: "bi_data_sync",
    title: "BI synchronisation",
    resource: thing("source", "BI workspace"),
    counts: (dice) => ({ dashboards: dice.int(58, 63), charts: dice.int(510, 540) }),
    hours: [6, 18],
  },
];

function synchronisations(dice: Dice, day: Day): Draft[] {
  return syncs.flatMap((sync) => sync.hours.flatMap((start) => synchronisation(dice, day.at(start * hour + dice.int(0, 4)), sync, dice.chance(0.03))));
}

const nodes = ["fct_orders", "dim_customers", "stg_payments", "int_sessions_daily", "fct_subscriptions"];

function synchronisation(dice: Dice, at: number, { by, action, title, resource, counts }: Sync, failing: boolean): Draft[] {
  const operation_id = newOperation(dice);
  const duration_ms = dice.int(45_000, 420_000);
  const common = { log_type: "system" as const, resource, operation_id };
  const node = dice.pick(nodes);
  const message = action === "dbt_data_sync" ? `1 node failed: ${node}` : "401 Unauthorized: the access token has expired";
  const failedNode = byOther(dice, by, at + duration_ms - secondMs, {
    ...common,
    action: "dbt_node_failed",
    status: "failed",
    resource: { type: "dbt_model", id: `model.larkspur.${node}`, name: node },
    error: { code: "error", message: `Database Error in model ${node}: column "region_id" is of type integer but expression is of type text` },
  });
  return [
    byOther(dice, by, at, { ...common, action: `${action}_started`, status: "in_progress", description: `Started ${title} of "${resource.name}"` }),
    ...(failing && action === "dbt_data_sync" ? [failedNode] : []),
    byOther(dice, by, at + duration_ms, {
      ...common,
      action: `${action}_completed`,
      duration_ms,
      counts: counts(dice),
      description: `Ended ${title} of "${resource.name}"`,
      ...(failing ? { status: "failed" as const, error: { message } } : { status: "success" as const }),
    }),
  ];
}

function pipelineRuns(dice: Dice, day: Day): Draft[] {
  const runs = [
    { minute: 5 * hour, name: "Daily ETL" },
    ...Array.from({ length: 12 }, (_, index) => ({ minute: index * 2 * hour + 20, name: "Events load" })),
    ...(day.working
      ? [
          { minute: 6 * hour + 30, name: "Finance close" },
          { minute: 7 * hour, name: "Marketing spend" },
        ]
      : []),
    { minute: 3 * hour + 15, name: "Warehouse vacuum" },
  ];
  return runs.flatMap(({ minute, name }) => {
    const pipeline = pipelines.find((each) => each.name === name) ?? dailyEtl;
    return pipelineRun(dice, day.at(minute + dice.int(0, 3)), { pipeline, operation_id: newOperation(dice), failing: dice.chance(0.025) });
  });
}

const pipelineErrors = [
  "Step 2 - database connection timeout",
  "Step 4 - file s3://larkspur-landing/orders.csv not found",
  'Step 3 - value too long for column "reference"',
  "Step 1 - source rate limit reached (429)",
];

/** Begin and end of one run under one operation. */
export function pipelineRun(
  dice: Dice,
  at: number,
  { pipeline, operation_id, failing }: { pipeline: Resource; operation_id: string; failing: boolean },
): Draft[] {
  const duration_ms = dice.int(20_000, 1_500_000);
  const common = { log_type: "system" as const, resource: pipeline, operation_id };
  const end = failing
    ? { action: "pipeline_failed", status: "failed" as const, error: { code: "step_failed", message: dice.pick(pipelineErrors) } }
    : { action: "pipeline_completed", status: "success" as const, rows_affected: dice.int(800, 2_400_000) };
  return [
    byOther(dice, scheduler, at, { ...common, action: "pipeline_started", status: "in_progress" }),
    byOther(dice, scheduler, at + duration_ms, { ...common, ...end, duration_ms }),
  ];
}

/** Keys that read the log and write records. */
function keys(dice: Dice, day: Day): Draft[] {
  const pulls = Array.from({ length: 6 }, (_, index) =>
    byOther(dice, siemKey, day.at(index * 4 * hour + 3), {
      action: "audit_log_accessed",
      counts: { events: dice.int(20, 140) },
      rows_returned: dice.int(20, 140),
    }),
  );
  const pushes = Array.from({ length: day.working ? 8 : 2 }, () => {
    const record = `cus_${dice.int(1_000, 9_999)}`;
    return byOther(dice, crmKey, day.at(dice.int(7 * hour, 21 * hour)), {
      action: dice.pick(["data_store_record_created", "data_store_record_updated", "data_store_record_updated"]),
      resource: { type: "data_store_record", id: record, name: record },
      related_resources: [thing("data_store", "Customers")],
      changes: { before: { tier: "trial" }, after: { tier: dice.pick(["team", "business"]) } },
    });
  });
  return [...pulls, ...pushes, ...(day.working ? [scenarioRun(dice, day)] : [])];
}

const scenarioRun = (dice: Dice, day: Day): Draft =>
  byOther(dice, scheduler, day.at(dice.int(9 * hour, 17 * hour)), {
    action: "scenario_executed",
    resource: dice.pick(scenarios),
    duration_ms: dice.int(400, 9_000),
    counts: { operations: dice.int(3, 60) },
  });

/** Reports and alerts that went out. */
function mails(dice: Dice, day: Day): Draft[] {
  const sent: Draft[] = [
    byOther(dice, system, day.at(7 * hour + 30), {
      log_type: "system",
      action: "report_sent",
      resource: dice.pick(schedules),
      related_resources: [dice.pick(reports)],
      counts: { recipients: dice.int(2, 9) },
      duration_ms: dice.int(900, 6_000),
    }),
  ];
  if (dice.chance(0.35)) {
    const rule = thing("alert_rule", dice.pick(["High number of failures", "Permission changes", "Sensitive access"]));
    sent.push(
      byOther(dice, system, day.at(dice.int(8 * hour, 19 * hour)), {
        log_type: "system",
        action: "alerts_sent",
        resource: rule,
        counts: { recipients: 2 },
        metadata: { destination: dice.pick(["e-mail", "Slack #data-alerts"]) },
      }),
    );
  }
  return sent;
}
