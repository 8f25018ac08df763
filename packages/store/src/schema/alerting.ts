import type { Json, Resource } from "@daybook/event";
import { sql as drizzleSql } from "drizzle-orm";
import { bigint, boolean, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

export const alertRules = pgTable(
  "alert_rules",
  {
    organizationId: uuid("organization_id").notNull(),
    id: uuid("id").notNull(),
    kind: text("kind").notNull(),
    name: text("name").notNull(),
    enabled: boolean("enabled").notNull().default(true),
    settings: jsonb("settings").$type<{ [key: string]: Json }>().notNull(),
    recipients: text("recipients").array().notNull(),
    sinceSeq: bigint("since_seq", { mode: "number" }).notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
);

export const incidents = pgTable(
  "incidents",
  {
    organizationId: uuid("organization_id").notNull(),
    id: uuid("id").notNull(),
    ruleId: uuid("rule_id").notNull(),
    groupKey: text("group_key").notNull(),
    groupHash: uuid("group_hash").notNull(),
    state: text("state", { enum: ["open", "acknowledged", "resolved"] }).notNull(),
    title: text("title").notNull(),
    severity: text("severity").notNull(),
    openedAt: moment("opened_at").notNull(),
    lastEventAt: moment("last_event_at").notNull(),
    eventCount: bigint("event_count", { mode: "number" }).notNull(),
    firstSeq: bigint("first_seq", { mode: "number" }).notNull(),
    lastSeq: bigint("last_seq", { mode: "number" }).notNull(),
    eventIds: uuid("event_ids").array().notNull(),
    acknowledgedBy: uuid("acknowledged_by"),
    acknowledgedByName: text("acknowledged_by_name"),
    acknowledgedAt: moment("acknowledged_at"),
    resolvedBy: uuid("resolved_by"),
    resolvedByName: text("resolved_by_name"),
    resolvedAt: moment("resolved_at"),
    note: text("note"),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
);

/** What a mail tells of: the event that its delivery writes, but for the outcome. Without an action it writes none: the act that it tells of is recorded. */
export interface MailAbout {
  action: "alerts_sent" | "report_sent" | null;
  resource: Resource & { id: string };
  related: Resource[];
  metadata: { [key: string]: Json };
}

/** What a mail server finally said of one recipient. */
export interface MailReceipt {
  address: string;
  state: "sent" | "failed";
  detail: string;
  at: string;
}

export const mails = pgTable(
  "mails",
  {
    organizationId: uuid("organization_id").notNull(),
    id: uuid("id").notNull(),
    kind: text("kind", { enum: ["alert", "report", "invitation", "account"] }).notNull(),
    messageId: text("message_id").notNull(),
    subject: text("subject").notNull(),
    html: text("html").notNull(),
    text: text("text").notNull(),
    recipients: text("recipients").array().notNull(),
    state: text("state", { enum: ["queued", "delivered", "sent", "failed"] }).notNull(),
    attempts: integer("attempts").notNull().default(0),
    nextAttemptAt: moment("next_attempt_at").notNull(),
    error: text("error"),
    receipts: jsonb("receipts").$type<MailReceipt[]>().notNull().default([]),
    about: jsonb("about").$type<MailAbout>().notNull(),
    subjectId: text("subject_id").generatedAlwaysAs(drizzleSql`made by the migration`),
    secretLink: text("secret_link"),
    createdAt: moment("created_at").notNull().defaultNow(),
    sentAt: moment("sent_at"),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
);
