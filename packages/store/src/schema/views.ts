import type { Actor } from "@daybook/event";
import { boolean, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
const logType = () => text("log_type", { enum: ["activity", "system"] }).notNull();

export const savedViews = pgTable(
  "saved_views",
  {
    organizationId: uuid("organization_id").notNull(),
    id: uuid("id").notNull(),
    ownerId: uuid("owner_id").notNull(),
    withOrganization: boolean("with_organization").notNull().default(false),
    teamId: uuid("team_id"),
    logType: logType(),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    state: jsonb("state").$type<Record<string, string>>().notNull(),
    version: integer("version").notNull().default(1),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
    updatedBy: jsonb("updated_by").$type<Actor>().notNull(),
    deletedAt: moment("deleted_at"),
    deletedBy: jsonb("deleted_by").$type<Actor>(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
);

export const viewStars = pgTable(
  "view_stars",
  {
    organizationId: uuid("organization_id").notNull(),
    userId: uuid("user_id").notNull(),
    view: text("view").notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.userId, table.view] })],
);

export const viewDefaults = pgTable("view_defaults", {
  organizationId: uuid("organization_id").notNull(),
  logType: logType(),
  userId: uuid("user_id"),
  view: text("view").notNull(),
  createdAt: moment("created_at").notNull(),
});

export const shortLinks = pgTable(
  "short_links",
  {
    organizationId: uuid("organization_id").notNull(),
    id: text("id").notNull(),
    path: text("path").notNull(),
    createdBy: uuid("created_by").notNull(),
    createdAt: moment("created_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
);
