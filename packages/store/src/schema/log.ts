import { sql as drizzleSql } from "drizzle-orm";
import { bigint, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";

/** Only what is read or written through Drizzle; `events` itself is reached by hand-written SQL in `events/`. */
export const organizationHeads = pgTable("organization_heads", {
  organizationId: uuid("organization_id").primaryKey(),
  nextSeq: bigint("next_seq", { mode: "number" }).notNull().default(1),
});

export const consumers = pgTable(
  "consumers",
  {
    organizationId: uuid("organization_id").notNull(),
    name: text("name").notNull(),
    cursorSeq: bigint("cursor_seq", { mode: "number" }).notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.name] })],
);

export const activityHours = pgTable("activity_hours", {
  organizationId: uuid("organization_id").notNull(),
  hour: timestamp("hour", { withTimezone: true, precision: 0 }).notNull(),
  logType: text("log_type").notNull(),
  action: text("action").notNull(),
  operation: text("operation").notNull(),
  actorId: text("actor_id").notNull(),
  actorName: text("actor_name").notNull(),
  resourceType: text("resource_type").notNull(),
  status: text("status").notNull(),
  events: bigint("events", { mode: "number" }).notNull(),
  /** Made by the database of all that the hour is counted by. */
  partsHash: uuid("parts_hash")
    .notNull()
    .generatedAlwaysAs(drizzleSql`made by the migration`),
});

export const activityShapes = pgTable("activity_shapes", {
  organizationId: uuid("organization_id").notNull(),
  grain: text("grain").notNull(),
  start: timestamp("start", { withTimezone: true, precision: 0 }).notNull(),
  logType: text("log_type").notNull(),
  action: text("action").notNull(),
  operation: text("operation").notNull(),
  namespace: text("namespace").notNull(),
  actorType: text("actor_type").notNull(),
  resourceType: text("resource_type").notNull(),
  status: text("status").notNull(),
  events: bigint("events", { mode: "number" }).notNull(),
  /** Made by the database of all that the events are counted by. */
  partsHash: uuid("parts_hash")
    .notNull()
    .generatedAlwaysAs(drizzleSql`made by the migration`),
});

export const actionSightings = pgTable(
  "action_sightings",
  {
    organizationId: uuid("organization_id").notNull(),
    action: text("action").notNull(),
    firstSeen: timestamp("first_seen", { withTimezone: true, precision: 3 }).notNull(),
    lastSeen: timestamp("last_seen", { withTimezone: true, precision: 3 }).notNull(),
    events: bigint("events", { mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.action] })],
);
