import type { Actor, Json } from "@daybook/event";
import { bigint, jsonb, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
const count = (name: string) => bigint(name, { mode: "number" });

export const importStates = ["running", "completed", "failed", "undoing", "undone"] as const;
export type ImportState = (typeof importStates)[number];

/** The first lines that did not come in, or came in beside others of their id. */
export interface ImportLine {
  line: number;
  message: string;
}

export const importMappings = pgTable(
  "import_mappings",
  {
    organizationId: uuid("organization_id").notNull(),
    id: uuid("id").notNull(),
    slug: text("slug").notNull(),
    name: text("name").notNull(),
    mapping: jsonb("mapping").$type<{ [key: string]: Json }>().notNull(),
    createdBy: jsonb("created_by").$type<Actor>().notNull(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
);

export const imports = pgTable(
  "imports",
  {
    organizationId: uuid("organization_id").notNull(),
    id: uuid("id").notNull(),
    vendor: text("vendor").notNull(),
    title: text("title").notNull(),
    fileName: text("file_name").notNull(),
    state: text("state", { enum: importStates }).notNull(),
    error: text("error"),
    records: count("records").notNull().default(0),
    created: count("created").notNull().default(0),
    duplicates: count("duplicates").notNull().default(0),
    conflictsTotal: count("conflicts_total").notNull().default(0),
    problemsTotal: count("problems_total").notNull().default(0),
    olderThanRetention: count("older_than_retention").notNull().default(0),
    conflicts: jsonb("conflicts").$type<{ line: number; vendorId: string }[]>().notNull().default([]),
    problems: jsonb("problems").$type<ImportLine[]>().notNull().default([]),
    bytesRead: count("bytes_read").notNull().default(0),
    bytesTotal: count("bytes_total"),
    firstSeq: count("first_seq").notNull(),
    lastSeq: count("last_seq").notNull(),
    startedBy: jsonb("started_by").$type<Actor>().notNull(),
    startedAt: moment("started_at").notNull(),
    heartbeatAt: moment("heartbeat_at").notNull(),
    finishedAt: moment("finished_at"),
    undoneBy: jsonb("undone_by").$type<Actor>(),
    undoFromSeq: count("undo_from_seq"),
    undoneEvents: count("undone_events").notNull().default(0),
    undoneAt: moment("undone_at"),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
);
