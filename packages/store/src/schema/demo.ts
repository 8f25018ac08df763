import { pgTable, timestamp, uuid } from "drizzle-orm/pg-core";

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

export const demos = pgTable("demos", {
  organizationId: uuid("organization_id").primaryKey(),
  demoId: uuid("demo_id").notNull().unique(),
  createdAt: moment("created_at").notNull(),
  loadedAt: moment("loaded_at"),
  removingAt: moment("removing_at"),
});
