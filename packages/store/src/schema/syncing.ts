import type { Actor } from "@daybook/event";
import { integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

export const sources = pgTable(
  "sources",
  {
    organizationId: uuid("organization_id").notNull(),
    id: uuid("id").notNull(),
    kind: text("kind").notNull(),
    name: text("name").notNull(),
    settings: jsonb("settings").$type<Record<string, unknown>>().notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
);

export const syncStates = ["queued", "running", "succeeded", "failed"] as const;
export type SyncState = (typeof syncStates)[number];

export const syncRuns = pgTable(
  "sync_runs",
  {
    organizationId: uuid("organization_id").notNull(),
    id: uuid("id").notNull(),
    sourceId: uuid("source_id").notNull(),
    operationId: uuid("operation_id").notNull(),
    state: text("state", { enum: syncStates }).notNull(),
    triggeredBy: jsonb("triggered_by").$type<Actor>().notNull(),
    requestedAt: moment("requested_at").notNull(),
    startedAt: moment("started_at"),
    finishedAt: moment("finished_at"),
    leaseUntil: moment("lease_until"),
    attempts: integer("attempts").notNull().default(0),
    counts: jsonb("counts").$type<Record<string, number>>().notNull().default({}),
    error: text("error"),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
);
