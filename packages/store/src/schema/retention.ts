import { bigint, integer, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

export const purgeTriggers = ["schedule", "purge_now"] as const;
export type PurgeTrigger = (typeof purgeTriggers)[number];

export const purges = pgTable(
  "purges",
  {
    organizationId: uuid("organization_id").notNull(),
    id: uuid("id").notNull(),
    trigger: text("trigger", { enum: purgeTriggers }).notNull(),
    before: moment("before").notNull(),
    count: bigint("count", { mode: "number" }).notNull().default(0),
    partitionsDropped: integer("partitions_dropped").notNull().default(0),
    createdAt: moment("created_at").notNull(),
    finishedAt: moment("finished_at"),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
);
