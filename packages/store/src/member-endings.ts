import { and, asc, eq } from "drizzle-orm";
import type { Actor } from "@daybook/event";
import { endAll as endGrants } from "./auditor-grants.ts";
import type { Tx } from "./connect.ts";
import { groupMembers, groups, sharedObjectMembers, sharedObjects, teamMembers, teams } from "./schema/index.ts";
import type { AuditorGrantRow } from "./standing.ts";

/** What a member had in their own name, each by its name: taken away as one, and told so that it can be recorded. */
export interface EndedMemberships {
  teams: { id: string; name: string; role: "admin" | "member" }[];
  groups: { id: string; name: string }[];
  objects: { id: string; type: string; name: string; access: string }[];
  grants: AuditorGrantRow[];
}

/** Ends everything that is somebody's alone. Teams, groups and objects stay; so do ended grants, which say who could see what. */
export async function endAll(tx: Tx, organizationId: string, { userId, at, by }: { userId: string; at: Date; by: Actor }): Promise<EndedMemberships> {
  const inTeams = await tx
    .select({ id: teams.id, name: teams.name, role: teamMembers.role })
    .from(teamMembers)
    .innerJoin(teams, and(eq(teams.organizationId, teamMembers.organizationId), eq(teams.id, teamMembers.teamId)))
    .where(and(eq(teamMembers.organizationId, organizationId), eq(teamMembers.userId, userId)))
    .orderBy(asc(teams.name));
  const inGroups = await tx
    .select({ id: groups.id, name: groups.name })
    .from(groupMembers)
    .innerJoin(groups, and(eq(groups.organizationId, groupMembers.organizationId), eq(groups.id, groupMembers.groupId)))
    .where(and(eq(groupMembers.organizationId, organizationId), eq(groupMembers.userId, userId)))
    .orderBy(asc(groups.name));
  const onObjects = await tx
    .select({ id: sharedObjects.id, type: sharedObjects.type, name: sharedObjects.name, access: sharedObjectMembers.access })
    .from(sharedObjectMembers)
    .innerJoin(sharedObjects, and(eq(sharedObjects.organizationId, sharedObjectMembers.organizationId), eq(sharedObjects.id, sharedObjectMembers.objectId)))
    .where(and(eq(sharedObjectMembers.organizationId, organizationId), eq(sharedObjectMembers.userId, userId)))
    .orderBy(asc(sharedObjects.name));
  for (const table of [teamMembers, groupMembers, sharedObjectMembers])
    await tx.delete(table).where(and(eq(table.organizationId, organizationId), eq(table.userId, userId)));
  const grants = await endGrants(tx, organizationId, { userId, at, by });
  return { teams: inTeams, groups: inGroups, objects: onObjects, grants };
}
