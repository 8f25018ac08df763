import { sql as drizzleSql } from "drizzle-orm";
import { boolean, integer, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

export const signInRules = pgTable("sign_in_rules", {
  organizationId: uuid("organization_id").primaryKey(),
  requireTwoFactor: boolean("require_two_factor").notNull().default(false),
  ssoOnly: boolean("sso_only").notNull().default(false),
  sessionHoursMax: integer("session_hours_max"),
  invitationDomains: text("invitation_domains")
    .array()
    .notNull()
    .default(drizzleSql`'{}'`),
  unusedTokenDays: integer("unused_token_days").notNull().default(90),
  updatedAt: moment("updated_at").notNull(),
});

export const signInProviders = pgTable(
  "sign_in_providers",
  {
    organizationId: uuid("organization_id").notNull(),
    id: uuid("id").notNull(),
    name: text("name").notNull(),
    issuer: text("issuer").notNull(),
    clientId: text("client_id").notNull(),
    clientSecret: text("client_secret").notNull(),
    emailDomains: text("email_domains").array().notNull(),
    enabled: boolean("enabled").notNull(),
    autoJoinRole: text("auto_join_role"),
    lastUsedAt: moment("last_used_at"),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
);

export const signInIdentities = pgTable(
  "sign_in_identities",
  {
    organizationId: uuid("organization_id").notNull(),
    providerId: uuid("provider_id").notNull(),
    subject: text("subject").notNull(),
    userId: uuid("user_id").notNull(),
    linkedAt: moment("linked_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.providerId, table.subject] })],
);
