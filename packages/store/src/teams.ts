import { and, asc, eq } from "drizzle-orm";
import type { Executor } from "./connect.ts";
import { teamMembers, teams } from "./schema/index.ts";

export type Team = typeof teams.$inferSelect;

/** The teams of a user, with the role in each, by name. */
export const ofUser = (db: Executor, organizationId: string, userId: string): Promise<{ id: string; name: string; role: "admin" | "member" }[]> =>
  db
    .select({ id: teams.id, name: teams.name, role: teamMembers.role })
    .from(teamMembers)
    .innerJoin(teams, and(eq(teams.organizationId, teamMembers.organizationId), eq(teams.id, teamMembers.teamId)))
    .where(and(eq(teamMembers.organizationId, organizationId), eq(teamMembers.userId, userId)))
    .orderBy(asc(teams.name));
