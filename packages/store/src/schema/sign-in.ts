import { bigint, boolean, customType, integer, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { sql as drizzleSql } from "drizzle-orm";

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

export const secondFactors = pgTable("second_factors", {
  userId: uuid("user_id").primaryKey(),
  secret: text("secret").notNull(),
  confirmedAt: moment("confirmed_at"),
  lastStep: bigint("last_step", { mode: "number" }).notNull().default(0),
  createdAt: moment("created_at").notNull(),
});

export const recoveryCodes = pgTable("recovery_codes", { userId: uuid("user_id").notNull(), codeHash: bytea("code_hash").notNull() }, (table) => [
  primaryKey({ columns: [table.userId, table.codeHash] }),
]);

export const passkeys = pgTable("passkeys", {
  id: uuid("id").primaryKey(),
  userId: uuid("user_id").notNull(),
  name: text("name").notNull(),
  credentialId: text("credential_id").notNull().unique(),
  publicKey: bytea("public_key").notNull(),
  counter: bigint("counter", { mode: "number" }).notNull(),
  transports: text("transports")
    .array()
    .notNull()
    .default(drizzleSql`'{}'`),
  backedUp: boolean("backed_up").notNull(),
  createdAt: moment("created_at").notNull(),
  lastUsedAt: moment("last_used_at"),
});

export const signInSteps = pgTable("sign_in_steps", {
  tokenHash: bytea("token_hash").primaryKey(),
  kind: text("kind", { enum: ["second_factor", "passkey_sign_in", "passkey_new"] }).notNull(),
  userId: uuid("user_id"),
  challenge: text("challenge"),
  expiresAt: moment("expires_at").notNull(),
});

export const signInAttempts = pgTable("sign_in_attempts", {
  subjectHash: bytea("subject_hash").primaryKey(),
  attempts: integer("attempts").notNull(),
  windowBeganAt: moment("window_began_at").notNull(),
  lockedUntil: moment("locked_until"),
  failures: integer("failures").notNull().default(0),
  lastFailedAt: moment("last_failed_at"),
  touchedAt: moment("touched_at").notNull(),
});

export const passwordResets = pgTable("password_resets", {
  tokenHash: bytea("token_hash").primaryKey(),
  userId: uuid("user_id").notNull(),
  createdAt: moment("created_at").notNull(),
  expiresAt: moment("expires_at").notNull(),
});
