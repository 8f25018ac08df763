import type { Person } from "./cast.ts";
import type { Dice } from "./dice.ts";
import type { Act } from "./draft.ts";
import { collections, customersDb, databases, experiments, notebooks, pipelines, queries, reports, tables } from "./things.ts";

type Changes = NonNullable<Act["changes"]>;

/** One thing that people do, and how often compared with the others. */
type Task = { weight: number; make: (dice: Dice) => Act };

const common: Task[] = [
  { weight: 26, make: queryExecuted },
  { weight: 1, make: (dice) => ({ action: "query_cancelled", resource: dice.pick(queries), duration_ms: dice.int(20_000, 180_000) }) },
  { weight: 12, make: (dice) => ({ action: "report_viewed", resource: dice.pick(reports), duration_ms: dice.int(120, 900) }) },
  { weight: 5, make: (dice) => ({ action: "collection_viewed", resource: dice.pick(collections) }) },
  { weight: 4, make: (dice) => ({ action: "database_viewed", resource: dice.pick(databases), counts: { tables: dice.int(8, 60) } }) },
  { weight: 2, make: (dice) => exported(dice, "export_data_sql_exported", "SQL output", dice.int(200, 18_000)) },
  { weight: 2, make: (dice) => exported(dice, "export_data_report_exported_csv", "CSV", dice.int(50, 4_000)) },
  { weight: 2, make: (dice) => exported(dice, "export_data_report_exported_pdf", "PDF", undefined) },
];

const notebookTasks: Task[] = [
  { weight: 9, make: (dice) => ({ action: "notebook_viewed", resource: dice.pick(notebooks) }) },
  { weight: 8, make: notebookExecuted },
  { weight: 5, make: notebookUpdated },
  { weight: 4, make: (dice) => withPart(dice, "notebook_cell_added", `Added cell "${dice.pick(cells)}" to notebook`) },
  { weight: 1, make: (dice) => ({ action: "notebook_created", resource: dice.pick(notebooks), counts: { cells: dice.int(1, 8) } }) },
  {
    weight: 1,
    make: (dice) => ({
      action: "notebook_shared",
      resource: dice.pick(notebooks),
      related_resources: [{ type: "group", name: "team-members@larkspur.example" }],
    }),
  },
];

const reportTasks: Task[] = [
  { weight: 5, make: reportEdited },
  { weight: 2, make: (dice) => onReport(dice, "report_activity_sql_added", "Added SQL to") },
  { weight: 1, make: (dice) => onReport(dice, "report_activity_sql_deleted", "Deleted SQL from") },
  { weight: 3, make: (dice) => onReport(dice, "report_activity_visualization_added", "Added a visualization to") },
  { weight: 1, make: (dice) => onReport(dice, "report_activity_visualization_deleted", "Deleted a visualization from") },
  { weight: 1, make: (dice) => onReport(dice, "report_activity_report_created", "Created") },
  { weight: 1, make: (dice) => onReport(dice, "report_activity_python_notebook_added", "Added a Python notebook to") },
];

const dataTasks: Task[] = [
  { weight: 3, make: (dice) => rowsChanged(dice, "table_rows_inserted", "Inserted", "into") },
  { weight: 2, make: (dice) => rowsChanged(dice, "table_rows_updated", "Updated", "in") },
  { weight: 1, make: (dice) => rowsChanged(dice, "table_rows_deleted", "Deleted", "from") },
  { weight: 2, make: (dice) => ({ ...rowsChanged(dice, "table_data_imported", "Imported", "into"), metadata: { format: "csv" } }) },
];

/** What each job consists of. */
export const tasks: Record<Person["job"], Task[]> = {
  analyst: [...common, ...reportTasks, ...notebookTasks.slice(0, 2), ...dataTasks.slice(3)],
  scientist: [
    ...common,
    ...notebookTasks,
    {
      weight: 6,
      make: (dice) => ({
        action: "experiment_executed",
        resource: dice.pick(experiments),
        duration_ms: dice.int(40_000, 2_400_000),
        metadata: { auc: dice.int(70, 93) / 100 },
      }),
    },
    {
      weight: 3,
      make: (dice) => ({
        action: "experiment_updated",
        resource: dice.pick(experiments),
        changes: { before: { learning_rate: 0.1 }, after: { learning_rate: dice.int(1, 9) / 100 } },
      }),
    },
    {
      weight: 1,
      make: (dice) => ({
        action: "experiment_promoted",
        resource: dice.pick(experiments),
        changes: { before: { stage: "staging" }, after: { stage: "production" } },
      }),
    },
  ],
  engineer: [
    ...common.slice(0, 5),
    ...notebookTasks.slice(0, 3),
    ...dataTasks,
    { weight: 4, make: (dice) => ({ action: "pipeline_triggered", resource: dice.pick(pipelines) }) },
    { weight: 4, make: pipelineUpdated },
    {
      weight: 3,
      make: (dice) => ({
        action: "database_updated",
        resource: dice.pick(databases),
        changes: { before: { pool_size: 10 }, after: { pool_size: dice.int(11, 40) } },
      }),
    },
  ],
  lead: [...common, ...notebookTasks.slice(0, 1), { weight: 8, make: (dice) => ({ action: "report_viewed", resource: dice.pick(reports) }) }],
};

const queryErrors = [
  { code: "42601", message: 'syntax error at or near "form"' },
  { code: "57014", message: "canceling statement due to statement timeout" },
  { code: "42501", message: "permission denied for table payroll" },
  { code: "42703", message: 'column "amout" does not exist' },
];

function queryExecuted(dice: Dice): Act {
  const resource = dice.pick(queries);
  const table = dice.pick(tables);
  const database = dice.chance(0.12) ? customersDb : dice.pick(databases);
  const said = { action: "query_executed", resource, related_resources: [database], metadata: { query: statement(dice, table), database: database.name } };
  if (dice.chance(0.06)) return { ...said, status: "failed", error: dice.pick(queryErrors), duration_ms: dice.int(30, 30_000) };
  return { ...said, duration_ms: dice.int(80, 9_000), rows_returned: dice.chance(0.6) ? dice.int(1, 200) : dice.int(200, 50_000) };
}

function statement(dice: Dice, table: string): string {
  const since = dice.pick(["7 days", "30 days", "1 quarter", "1 year"]);
  // A secret in a query text never reaches the log; one in two hundred shows what stays.
  if (dice.chance(0.005)) return `select * from users where email = 'batch@larkspur.example' and password = 'hunter-${dice.hex(4)}'`;
  return dice.pick([
    `select date_trunc('week', created_at), count(*) from ${table} where created_at > now() - interval '${since}' group by 1`,
    `select * from ${table} order by total desc limit 10`,
    `select country, sum(amount) from ${table} where created_at > now() - interval '${since}' group by country`,
    `select t.* from ${table} t left join invoices i using (order_id) where i.id is null`,
  ]);
}

function exported(dice: Dice, action: string, form: string, rows: number | undefined): Act {
  const isQuery = action === "export_data_sql_exported";
  const resource = isQuery ? dice.pick(queries) : dice.pick(reports);
  return {
    action,
    resource,
    description: `Exported ${isQuery ? "the output of query" : "report"} "${resource.name}" as ${form}`,
    ...(rows !== undefined && { rows_returned: rows }),
    duration_ms: dice.int(300, 7_000),
  };
}

function notebookExecuted(dice: Dice): Act {
  const cellCount = dice.int(4, 30);
  const resource = dice.pick(notebooks);
  const said = {
    action: "notebook_executed",
    resource,
    counts: { cells: cellCount },
    description: `Executed notebook "${resource.name}" (${cellCount} cells)`,
  };
  if (!dice.chance(0.05)) return { ...said, duration_ms: dice.int(2_000, 240_000) };
  return {
    ...said,
    status: "failed",
    error: { code: "KernelDied", message: `Cell ${dice.int(2, cellCount)}: the kernel ran out of memory` },
    duration_ms: dice.int(30_000, 600_000),
  };
}

function notebookUpdated(dice: Dice): Act {
  const resource = dice.pick(notebooks);
  const changes = dice.pick<Changes>([
    { before: { title: "Report" }, after: { title: resource.name } },
    { before: { status: "draft" }, after: { status: "published" } },
    { before: { visibility: "private", status: "draft" }, after: { visibility: "shared", status: "published" } },
  ]);
  return { action: "notebook_updated", resource, changes };
}

const cells = ["Data Import", "Clean up", "Join orders", "Plot trend", "Model fit", "Summary"];

function withPart(dice: Dice, action: string, did: string): Act {
  const resource = dice.pick(notebooks);
  return { action, resource, description: `${did} "${resource.name}"` };
}

function onReport(dice: Dice, action: string, did: string): Act {
  const resource = dice.pick(reports);
  return { action, resource, description: `${did} report "${resource.name}"` };
}

function reportEdited(dice: Dice): Act {
  const changes = dice.pick<Changes>([
    { before: { filters: { region: "all" } }, after: { filters: { region: dice.pick(["EMEA", "AMER", "APAC"]) } } },
    { before: { title: "Untitled" }, after: { title: "Weekly figures" } },
    { before: { refresh: "daily" }, after: { refresh: "hourly" } },
  ]);
  return { ...onReport(dice, "report_activity_report_edited", "Edited"), changes };
}

function rowsChanged(dice: Dice, action: string, did: string, where: string): Act {
  const table = dice.pick(tables);
  const rows = dice.chance(0.3) ? 1_000 : dice.int(1, 900);
  return {
    action,
    resource: { type: "table", id: `tab_${table}`, name: table },
    related_resources: [dice.pick(databases)],
    rows_affected: rows,
    duration_ms: dice.int(20, 4_000),
    description: `${did} ${rows.toLocaleString("en-US")} rows ${where} table "${table}"`,
  };
}

function pipelineUpdated(dice: Dice): Act {
  const changes = dice.pick<Changes>([
    { before: { retries: 1 }, after: { retries: 3 } },
    { before: { schedule: "0 5 * * *" }, after: { schedule: "30 4 * * *" } },
    { before: { timeout_minutes: 30, owner: "jonas.weber@larkspur.example" }, after: { timeout_minutes: 45, owner: "mateo.rivas@larkspur.example" } },
  ]);
  return { action: "pipeline_updated", resource: dice.pick(pipelines), changes };
}
