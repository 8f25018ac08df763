import type { Actor } from "@daybook/event";
import { date, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** What a case is about. */
export interface CaseSubject {
  kind: "resource" | "actor" | "operation" | "event" | "nothing";
  value: string;
  /** What people call it, where the value is an id. */
  label?: string;
}

/** A step's search as it stands in the case. */
export interface CaseStep {
  step: string;
  q: string;
}

/** What a signature vouches for. */
export interface ReviewFigure {
  item: string;
  q: string;
  count: number;
  /** Of the week before. */
  before: number;
}

export const cases = pgTable(
  "cases",
  {
    organizationId: uuid("organization_id").notNull(),
    id: uuid("id").notNull(),
    number: integer("number").notNull(),
    title: text("title").notNull(),
    recipe: text("recipe").notNull(),
    subject: jsonb("subject").$type<CaseSubject>().notNull(),
    steps: jsonb("steps").$type<CaseStep[]>().notNull(),
    eventsFrom: moment("events_from"),
    eventsTo: moment("events_to"),
    state: text("state", { enum: ["open", "closed"] }).notNull(),
    conclusion: text("conclusion"),
    revision: integer("revision").notNull().default(1),
    ownerId: uuid("owner_id"),
    createdBy: jsonb("created_by").$type<Actor>().notNull(),
    createdAt: moment("created_at").notNull(),
    updatedBy: jsonb("updated_by").$type<Actor>().notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
);

export const casePins = pgTable(
  "case_pins",
  {
    organizationId: uuid("organization_id").notNull(),
    caseId: uuid("case_id").notNull(),
    eventId: uuid("event_id").notNull(),
    note: text("note").notNull().default(""),
    pinnedBy: jsonb("pinned_by").$type<Actor>().notNull(),
    pinnedAt: moment("pinned_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.caseId, table.eventId] })],
);

export const caseNotes = pgTable(
  "case_notes",
  {
    organizationId: uuid("organization_id").notNull(),
    caseId: uuid("case_id").notNull(),
    id: uuid("id").notNull(),
    text: text("text").notNull(),
    at: moment("at").notNull(),
    createdBy: jsonb("created_by").$type<Actor>().notNull(),
    createdAt: moment("created_at").notNull(),
    updatedBy: jsonb("updated_by").$type<Actor>().notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.caseId, table.id] })],
);

export const weeklyReviews = pgTable(
  "weekly_reviews",
  {
    organizationId: uuid("organization_id").notNull(),
    week: date("week", { mode: "string" }).notNull(),
    state: text("state", { enum: ["open", "signed"] }).notNull(),
    statement: text("statement").notNull(),
    figures: jsonb("figures").$type<ReviewFigure[]>().notNull(),
    signedBy: jsonb("signed_by").$type<Actor>().notNull(),
    signedAt: moment("signed_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.week] })],
);

export const weeklyReviewChecks = pgTable(
  "weekly_review_checks",
  {
    organizationId: uuid("organization_id").notNull(),
    week: date("week", { mode: "string" }).notNull(),
    item: text("item").notNull(),
    note: text("note").notNull().default(""),
    checkedBy: jsonb("checked_by").$type<Actor>().notNull(),
    checkedAt: moment("checked_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.week, table.item] })],
);
