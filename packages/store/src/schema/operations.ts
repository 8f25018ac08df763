import type { Actor, Resource, Status } from "@daybook/event";
import { sql as drizzleSql } from "drizzle-orm";
import { bigint, boolean, doublePrecision, jsonb, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
const count = (name: string) => bigint(name, { mode: "number" });

export const operations = pgTable(
  "operations",
  {
    organizationId: uuid("organization_id").notNull(),
    operationId: text("operation_id").notNull(),
    startSeq: count("start_seq").notNull(),
    startedAt: moment("started_at").notNull(),
    startStatus: text("start_status").$type<Status>().notNull(),
    firstAction: text("first_action").notNull(),
    namespace: text("namespace").notNull(),
    actor: jsonb("actor").$type<Actor>().notNull(),
    resource: jsonb("resource").$type<Resource>(),
    lastEventSeq: count("last_event_seq").notNull(),
    lastAt: moment("last_at").notNull(),
    status: text("status").$type<Status>().notNull(),
    lastAction: text("last_action").notNull(),
    description: text("description").notNull(),
    toldDurationMs: doublePrecision("told_duration_ms"),
    begun: boolean("begun").notNull(),
    events: count("events").notNull(),
    firstSeq: count("first_seq").notNull(),
    lastSeq: count("last_seq").notNull(),
    state: text("state")
      .$type<"running" | "waiting" | "ended">()
      .notNull()
      .generatedAlwaysAs(drizzleSql`made by the migration`),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.operationId] })],
);
