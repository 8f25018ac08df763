import { and, asc, eq, gt, isNotNull, isNull, or } from "drizzle-orm";
import type { Executor } from "./connect.ts";
import type { PlanRow } from "./plans.ts";
import { auditorGrants, members, organizations, plans, teamMembers, users } from "./schema/index.ts";

export type AuditorGrantRow = typeof auditorGrants.$inferSelect;

/** Where a user stands in an organization: what every decision about them is made from. */
export interface Standing {
  role: string;
  status: (typeof members.$inferSelect)["status"];
  ipDisplay: string;
  teams: { teamId: string; role: "admin" | "member" }[];
  /** What they were granted as an auditor and is in force at the given time: not over, and its terms accepted. */
  grants: AuditorGrantRow[];
  plan: PlanRow | null;
}

/** Null for somebody who was never a member. */
export async function ofUser(db: Executor, organizationId: string, { userId, at }: { userId: string; at: Date }): Promise<Standing | null> {
  const [row] = await db
    .select({ role: members.role, status: members.status, ipDisplay: organizations.ipDisplay, plan: plans })
    .from(members)
    .innerJoin(organizations, eq(organizations.id, members.organizationId))
    .leftJoin(plans, eq(plans.organizationId, members.organizationId))
    .where(and(eq(members.organizationId, organizationId), eq(members.userId, userId)));
  if (!row) return null;
  const [teams, grants] = await Promise.all([
    db
      .select({ teamId: teamMembers.teamId, role: teamMembers.role })
      .from(teamMembers)
      .where(and(eq(teamMembers.organizationId, organizationId), eq(teamMembers.userId, userId))),
    grantsInForce(db, organizationId, { userId, at }),
  ]);
  return { ...row, teams, grants };
}

const grantsInForce = (db: Executor, organizationId: string, { userId, at }: { userId?: string; at: Date }): Promise<AuditorGrantRow[]> =>
  db
    .select()
    .from(auditorGrants)
    .where(
      and(
        eq(auditorGrants.organizationId, organizationId),
        userId === undefined ? undefined : eq(auditorGrants.userId, userId),
        isNull(auditorGrants.endedAt),
        gt(auditorGrants.expiresAt, at),
        or(eq(auditorGrants.terms, ""), isNotNull(auditorGrants.acceptedAt)),
      ),
    );

export interface MemberStanding extends Standing {
  person: { id: string; name: string; email: string };
}

/** Everybody who may come in, by name: for telling who sees what. */
export async function ofMembers(db: Executor, organizationId: string, { at, limit }: { at: Date; limit: number }): Promise<MemberStanding[]> {
  const rows = await db
    .select({
      person: { id: users.id, name: users.name, email: users.email },
      role: members.role,
      status: members.status,
      ipDisplay: organizations.ipDisplay,
      plan: plans,
    })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .innerJoin(organizations, eq(organizations.id, members.organizationId))
    .leftJoin(plans, eq(plans.organizationId, members.organizationId))
    .where(and(eq(members.organizationId, organizationId), eq(members.status, "active")))
    .orderBy(asc(users.name), asc(users.id))
    .limit(limit);
  const [teams, grants] = await Promise.all([
    db
      .select({ userId: teamMembers.userId, teamId: teamMembers.teamId, role: teamMembers.role })
      .from(teamMembers)
      .where(eq(teamMembers.organizationId, organizationId)),
    grantsInForce(db, organizationId, { at }),
  ]);
  const teamsOf = Map.groupBy(teams, ({ userId }) => userId);
  const grantsOf = Map.groupBy(grants, ({ userId }) => userId);
  return rows.map((row) => ({
    ...row,
    teams: (teamsOf.get(row.person.id) ?? []).map(({ teamId, role }) => ({ teamId, role })),
    grants: grantsOf.get(row.person.id) ?? [],
  }));
}
