import type { Resource } from "@daybook/event";

export type Thing = Resource & { id: string; name: string };

/** A thing's id follows from its name, so that all who touch it mean the same one. */
export const thing = (type: string, name: string): Thing => ({ type, id: `${type.slice(0, 3)}_${name.toLowerCase().replace(/[^a-z0-9]+/g, "_")}`, name });

const all = (type: string, names: string[]): Thing[] => names.map((name) => thing(type, name));

export const databases = all("database", ["sales_db", "events_db", "finance_db", "support_db"]);
export const customersDb = thing("database", "customers_db");
export const sensitiveDb = thing("database", "sensitive_data");
export const notebooks = all("notebook", [
  "Q2 Analysis",
  "Q3 Sales Report",
  "Churn drivers",
  "Sales Analysis Q2",
  "Onboarding funnel",
  "Attribution model",
  "Seasonality check",
  "Refund anomalies",
  "Cohort retention",
  "Forecast 2027",
  "Trial conversion",
  "Data quality sweep",
  "Support load",
  "Public Dashboard",
]);
export const experiments = all("experiment", ["Churn model v7", "Pricing page test", "Lead scoring", "Forecast ensemble", "Recommender A/B", "Uplift model"]);
export const pipelines = all("pipeline", [
  "Daily ETL",
  "Events load",
  "Finance close",
  "CRM enrichment",
  "Clickstream compaction",
  "Warehouse vacuum",
  "Marketing spend",
]);
export const dailyEtl = thing("pipeline", "Daily ETL");
export const legacyPipeline = thing("pipeline", "Legacy Process");
export const queries = all("query", [
  "Top 10 Customers",
  "Monthly recurring revenue",
  "Active users by week",
  "Orders without invoice",
  "Late shipments",
  "Refunds by country",
  "Open pipeline",
  "New logos",
  "Net retention",
  "Support tickets by topic",
  "Failed payments",
  "Usage by plan",
  "Sign-ups by channel",
  "Inventory turns",
  "Average order value",
  "Duplicate accounts",
  "Session length",
  "Feature adoption",
  "Margin by product",
  "Renewals next quarter",
]);
export const reports = all("report", [
  "Q2 Sales Report",
  "Weekly revenue",
  "Board pack",
  "Marketing performance",
  "Support overview",
  "Finance close",
  "Product usage",
  "Pipeline health",
  "Churn review",
  "Regional sales",
  "Headcount plan",
]);
export const payroll = thing("report", "Payroll overview");
export const collections = all("collection", ["Company metrics", "Sales", "Finance", "Product", "Marketing", "Sandbox"]);
export const sensitiveCollection = thing("collection", "Sensitive data");
export const warehouse = thing("connection", "Snowflake production");
export const contractors = thing("group", "contractors");
export const scenarios = all("scenario", ["Sync won deals", "Enrich new leads", "Slack digest", "Escalate tickets"]);
export const schedules = all("report_schedule", ["Monday revenue mail", "Board pack monthly", "Daily support mail"]);
export const tables = ["orders", "customers", "invoices", "subscriptions", "sessions", "page_views", "tickets", "campaigns", "payments", "products"];
