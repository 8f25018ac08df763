import { and, eq, gt, isNull } from "drizzle-orm";
import type { Executor } from "./connect.ts";
import { auditorGrants, members, organizations, plans, teamMembers } from "./schema/index.ts";

export type AuditorGrantRow = typeof auditorGrants.$inferSelect;
export type PlanRow = typeof plans.$inferSelect;

/** Where a user stands in an organization: what every decision about them is made from. */
export interface Standing {
  role: string;
  status: (typeof members.$inferSelect)["status"];
  ipDisplay: string;
  teams: { teamId: string; role: "admin" | "member" }[];
  /** What they were granted as an auditor and is in force at the given time. */
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

const grantsInForce = (db: Executor, organizationId: string, { userId, at }: { userId: string; at: Date }): Promise<AuditorGrantRow[]> =>
  db
    .select()
    .from(auditorGrants)
    .where(
      and(eq(auditorGrants.organizationId, organizationId), eq(auditorGrants.userId, userId), isNull(auditorGrants.endedAt), gt(auditorGrants.expiresAt, at)),
    );

export async function planOf(db: Executor, organizationId: string): Promise<PlanRow | null> {
  const [row] = await db.select().from(plans).where(eq(plans.organizationId, organizationId));
  return row ?? null;
}
