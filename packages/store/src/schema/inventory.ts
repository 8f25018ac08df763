import type { Actor } from "@daybook/event";
import { jsonb, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
const access = () => text("access", { enum: ["view", "query", "manage"] }).notNull();

export const groups = pgTable(
  "groups",
  {
    organizationId: uuid("organization_id").notNull(),
    id: uuid("id").notNull(),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    externalId: text("external_id"),
    createdBy: jsonb("created_by").$type<Actor>().notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
);

export const groupMembers = pgTable(
  "group_members",
  {
    organizationId: uuid("organization_id").notNull(),
    groupId: uuid("group_id").notNull(),
    userId: uuid("user_id").notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.groupId, table.userId] })],
);

export const sharedObjects = pgTable(
  "shared_objects",
  {
    organizationId: uuid("organization_id").notNull(),
    id: uuid("id").notNull(),
    type: text("type").notNull(),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    kind: text("kind").notNull().default(""),
    externalId: text("external_id"),
    createdBy: jsonb("created_by").$type<Actor>().notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
);

export const sharedObjectMembers = pgTable(
  "shared_object_members",
  {
    organizationId: uuid("organization_id").notNull(),
    objectId: uuid("object_id").notNull(),
    userId: uuid("user_id").notNull(),
    access: access(),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.objectId, table.userId] })],
);

export const sharedObjectGroups = pgTable(
  "shared_object_groups",
  {
    organizationId: uuid("organization_id").notNull(),
    objectId: uuid("object_id").notNull(),
    groupId: uuid("group_id").notNull(),
    access: access(),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.objectId, table.groupId] })],
);

export const defaultAccess = pgTable("default_access", {
  organizationId: uuid("organization_id").primaryKey(),
  access: text("access", { enum: ["none", "view", "query", "manage"] }).notNull(),
});
