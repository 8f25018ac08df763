import type { Actor } from "@daybook/event";
import type { Query } from "@daybook/query";
import { sql as drizzleSql } from "drizzle-orm";
import { bigint, boolean, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

export const teams = pgTable(
  "teams",
  {
    organizationId: uuid("organization_id").notNull(),
    id: uuid("id").notNull(),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
);

export const teamMembers = pgTable(
  "team_members",
  {
    organizationId: uuid("organization_id").notNull(),
    teamId: uuid("team_id").notNull(),
    userId: uuid("user_id").notNull(),
    role: text("role", { enum: ["admin", "member"] }).notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.teamId, table.userId] })],
);

export const auditorGrants = pgTable(
  "auditor_grants",
  {
    organizationId: uuid("organization_id").notNull(),
    id: uuid("id").notNull(),
    userId: uuid("user_id"),
    /** Whose it will be, instead of a user: an address that is invited. */
    pendingEmail: text("pending_email"),
    query: jsonb("query").$type<Query>().notNull(),
    queryText: text("query_text").notNull(),
    eventsFrom: moment("events_from"),
    eventsTo: moment("events_to"),
    mayExport: boolean("may_export").notNull(),
    hides: text("hides")
      .array()
      .notNull()
      .default(drizzleSql`'{}'`),
    reason: text("reason").notNull().default(""),
    createdBy: jsonb("created_by").$type<Actor>().notNull(),
    createdAt: moment("created_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
    endedAt: moment("ended_at"),
    endedBy: jsonb("ended_by").$type<Actor>(),
    reads: bigint("reads", { mode: "number" }).notNull().default(0),
    lastReadAt: moment("last_read_at"),
    terms: text("terms").notNull().default(""),
    acceptedAt: moment("accepted_at"),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
);

export const plans = pgTable("plans", {
  organizationId: uuid("organization_id").primaryKey(),
  name: text("name").notNull(),
  withoutFeatures: text("without_features")
    .array()
    .notNull()
    .default(drizzleSql`'{}'`),
  retentionDaysMax: integer("retention_days_max"),
  updatedAt: moment("updated_at").notNull(),
});
