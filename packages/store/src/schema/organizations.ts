import { pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

export const organizationSlugs = pgTable("organization_slugs", {
  slug: text("slug").primaryKey(),
  organizationId: uuid("organization_id").notNull(),
  since: timestamp("since", { withTimezone: true, precision: 3 }).notNull().defaultNow(),
});
