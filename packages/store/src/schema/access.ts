import { sql as drizzleSql } from "drizzle-orm";
import { boolean, customType, integer, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

export const users = pgTable("users", {
  id: uuid("id").primaryKey(),
  name: text("name").notNull(),
  email: text("email").notNull().unique(),
  emailVerified: boolean("email_verified").notNull().default(false),
  image: text("image"),
  createdAt: moment("created_at").notNull().defaultNow(),
  updatedAt: moment("updated_at").notNull().defaultNow(),
});

/** How a person proved who they are. */
export const signInMethods = ["password", "password_totp", "recovery_code", "passkey", "single_sign_on"] as const;
export type SignInMethod = (typeof signInMethods)[number];

export const sessions = pgTable("sessions", {
  id: uuid("id").primaryKey(),
  userId: uuid("user_id").notNull(),
  token: text("token").notNull().unique(),
  expiresAt: moment("expires_at").notNull(),
  ipAddress: text("ip_address"),
  userAgent: text("user_agent"),
  method: text("method", { enum: signInMethods }).notNull().default("password"),
  failedBefore: integer("failed_before").notNull().default(0),
  lastFailedAt: moment("last_failed_at"),
  providerOrganizationId: uuid("provider_organization_id"),
  providerId: uuid("provider_id"),
  createdAt: moment("created_at").notNull().defaultNow(),
  updatedAt: moment("updated_at").notNull().defaultNow(),
});

export const accounts = pgTable("accounts", {
  id: uuid("id").primaryKey(),
  userId: uuid("user_id").notNull(),
  accountId: text("account_id").notNull(),
  providerId: text("provider_id").notNull(),
  accessToken: text("access_token"),
  refreshToken: text("refresh_token"),
  idToken: text("id_token"),
  accessTokenExpiresAt: moment("access_token_expires_at"),
  refreshTokenExpiresAt: moment("refresh_token_expires_at"),
  scope: text("scope"),
  password: text("password"),
  createdAt: moment("created_at").notNull().defaultNow(),
  updatedAt: moment("updated_at").notNull().defaultNow(),
});

export const verifications = pgTable("verifications", {
  id: uuid("id").primaryKey(),
  identifier: text("identifier").notNull(),
  value: text("value").notNull(),
  expiresAt: moment("expires_at").notNull(),
  createdAt: moment("created_at").notNull().defaultNow(),
  updatedAt: moment("updated_at").notNull().defaultNow(),
});

export const organizations = pgTable("organizations", {
  id: uuid("id").primaryKey(),
  name: text("name").notNull(),
  slug: text("slug").notNull(),
  timeZone: text("time_zone").notNull(),
  demo: boolean("demo").notNull().default(false),
  retentionDays: integer("retention_days"),
  ipDisplay: text("ip_display").notNull().default("full"),
  createdAt: moment("created_at").notNull().defaultNow(),
});

export const members = pgTable(
  "members",
  {
    organizationId: uuid("organization_id").notNull(),
    userId: uuid("user_id").notNull(),
    role: text("role").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    status: text("status", { enum: ["active", "suspended", "removed"] })
      .notNull()
      .default("active"),
    statusAt: moment("status_at"),
    lastActiveAt: moment("last_active_at"),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.userId] })],
);

export const workspaceTokens = pgTable(
  "workspace_tokens",
  {
    organizationId: uuid("organization_id").notNull(),
    id: uuid("id").notNull(),
    name: text("name").notNull(),
    prefix: text("prefix").notNull(),
    tokenHash: bytea("token_hash").notNull().unique(),
    scopes: text("scopes").array().notNull(),
    createdBy: uuid("created_by"),
    createdByName: text("created_by_name").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    expiresAt: moment("expires_at"),
    revokedAt: moment("revoked_at"),
    lastUsedAt: moment("last_used_at"),
    allowedCidrs: text("allowed_cidrs")
      .array()
      .notNull()
      .default(drizzleSql`'{}'`),
    source: text("source"),
    kind: text("kind", { enum: ["workspace", "member_key"] })
      .notNull()
      .default("workspace"),
    userId: uuid("user_id"),
    serviceUserId: uuid("service_user_id"),
    rotatedFrom: uuid("rotated_from"),
    rotatedAt: moment("rotated_at"),
    lastUsedIp: text("last_used_ip"),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
);

export const serviceUsers = pgTable(
  "service_users",
  {
    organizationId: uuid("organization_id").notNull(),
    id: uuid("id").notNull(),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    ownerTeamId: uuid("owner_team_id"),
    ownerUserId: uuid("owner_user_id"),
    createdBy: uuid("created_by"),
    createdByName: text("created_by_name").notNull(),
    createdAt: moment("created_at").notNull(),
    deletedAt: moment("deleted_at"),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
);
