import { bigint, boolean, integer, pgTable, primaryKey, smallint, text, timestamp, uuid } from "drizzle-orm/pg-core";

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

export const reportSchedules = pgTable(
  "report_schedules",
  {
    organizationId: uuid("organization_id").notNull(),
    id: uuid("id").notNull(),
    name: text("name").notNull(),
    template: text("template").notNull(),
    recipients: text("recipients").array().notNull(),
    zone: text("zone").notNull(),
    weekday: smallint("weekday").notNull(),
    hour: smallint("hour").notNull(),
    paused: boolean("paused").notNull().default(false),
    nextRunAt: moment("next_run_at").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
);

export const reportTriggers = ["schedule", "send_now"] as const;
export type ReportTrigger = (typeof reportTriggers)[number];

export const reportRuns = pgTable(
  "report_runs",
  {
    organizationId: uuid("organization_id").notNull(),
    id: uuid("id").notNull(),
    scheduleId: uuid("schedule_id").notNull(),
    periodFrom: moment("period_from").notNull(),
    periodTo: moment("period_to").notNull(),
    trigger: text("trigger", { enum: reportTriggers }).notNull(),
    recipients: text("recipients").array().notNull(),
    eventsTotal: bigint("events_total", { mode: "number" }).notNull(),
    periodsSkipped: integer("periods_skipped").notNull().default(0),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
);
