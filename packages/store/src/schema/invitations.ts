import { boolean, customType, jsonb, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/** A team that the invited person joins, and as what. */
export interface InvitedTeam {
  teamId: string;
  role: "admin" | "member";
}

export const invitations = pgTable(
  "invitations",
  {
    organizationId: uuid("organization_id").notNull(),
    id: uuid("id").notNull(),
    email: text("email").notNull(),
    role: text("role").notNull(),
    teams: jsonb("teams").$type<InvitedTeam[]>().notNull().default([]),
    tokenHash: bytea("token_hash").notNull().unique(),
    state: text("state", { enum: ["open", "accepted", "revoked", "replaced"] }).notNull(),
    former: boolean("former").notNull(),
    linkShown: boolean("link_shown").notNull(),
    invitedBy: uuid("invited_by"),
    invitedByName: text("invited_by_name").notNull(),
    createdAt: moment("created_at").notNull(),
    sentAt: moment("sent_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
    settledAt: moment("settled_at"),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
);
