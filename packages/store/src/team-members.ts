import { and, asc, count, eq, inArray, isNull, sql as drizzleSql } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { members, teamMembers, users } from "./schema/index.ts";

/** Somebody in a team, and how they stand in the organization. */
export interface TeamMember {
  userId: string;
  name: string;
  email: string;
  role: "admin" | "member";
  status: (typeof members.$inferSelect)["status"];
  createdAt: Date;
}

/** A place in a list ordered by (name, user id). */
export interface TeamMemberPlace {
  name: string;
  userId: string;
}

export interface TeamMembersAsked {
  teamId: string;
  /** Part of a name or address, in any case. */
  search?: string | undefined;
  after?: TeamMemberPlace | null;
  limit: number;
}

/** By name. */
export const list = (db: Executor, organizationId: string, { teamId, search, after, limit }: TeamMembersAsked): Promise<TeamMember[]> =>
  joined(db)
    .where(
      and(
        eq(teamMembers.organizationId, organizationId),
        eq(teamMembers.teamId, teamId),
        found(search),
        after ? drizzleSql`(lower(${users.name}), ${users.id}) > (lower(${after.name}), ${after.userId}::uuid)` : undefined,
      ),
    )
    .orderBy(drizzleSql`lower(${users.name})`, asc(users.id))
    .limit(limit);

export async function find(db: Executor, organizationId: string, { teamId, userId }: { teamId: string; userId: string }): Promise<TeamMember | null> {
  const [row] = await joined(db).where(and(eq(teamMembers.organizationId, organizationId), eq(teamMembers.teamId, teamId), eq(teamMembers.userId, userId)));
  return row ?? null;
}

const joined = (db: Executor) =>
  db
    .select({
      userId: users.id,
      name: users.name,
      email: users.email,
      role: teamMembers.role,
      status: members.status,
      createdAt: teamMembers.createdAt,
    })
    .from(teamMembers)
    .innerJoin(members, and(eq(members.organizationId, teamMembers.organizationId), eq(members.userId, teamMembers.userId)))
    .innerJoin(users, eq(users.id, teamMembers.userId));

const found = (search: string | undefined) =>
  search ? drizzleSql`(strpos(lower(${users.name}), lower(${search})) > 0 or strpos(lower(${users.email}), lower(${search})) > 0)` : undefined;

/** Active members of the organization in one of the roles who are not in the team, by name. */
export const outside = (
  db: Executor,
  organizationId: string,
  { teamId, roles, search, limit }: { teamId: string; roles: readonly string[]; search?: string | undefined; limit: number },
): Promise<{ userId: string; name: string; email: string }[]> =>
  db
    .select({ userId: users.id, name: users.name, email: users.email })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .leftJoin(teamMembers, and(eq(teamMembers.organizationId, members.organizationId), eq(teamMembers.userId, members.userId), eq(teamMembers.teamId, teamId)))
    .where(
      and(
        eq(members.organizationId, organizationId),
        eq(members.status, "active"),
        inArray(members.role, [...roles]),
        isNull(teamMembers.userId),
        found(search),
      ),
    )
    .orderBy(drizzleSql`lower(${users.name})`, asc(users.id))
    .limit(limit);

/** Somebody who may be put into a team, or null for whoever is no active member. Held, so that nobody takes their standing away meanwhile. */
export async function activeMember(tx: Tx, organizationId: string, userId: string): Promise<{ name: string; email: string; role: string } | null> {
  const [row] = await tx
    .select({ name: users.name, email: users.email, role: members.role })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.organizationId, organizationId), eq(members.userId, userId), eq(members.status, "active")))
    .for("share", { of: members });
  return row ?? null;
}

export async function countOf(db: Executor, organizationId: string, teamId: string): Promise<number> {
  const [row] = await db
    .select({ members: count() })
    .from(teamMembers)
    .where(and(eq(teamMembers.organizationId, organizationId), eq(teamMembers.teamId, teamId)));
  return row?.members ?? 0;
}

export async function insert(tx: Tx, member: typeof teamMembers.$inferInsert): Promise<void> {
  await tx.insert(teamMembers).values(member);
}

export async function setRole(
  tx: Tx,
  organizationId: string,
  { teamId, userId, role }: { teamId: string; userId: string; role: "admin" | "member" },
): Promise<void> {
  await tx
    .update(teamMembers)
    .set({ role })
    .where(and(eq(teamMembers.organizationId, organizationId), eq(teamMembers.teamId, teamId), eq(teamMembers.userId, userId)));
}

export async function remove(tx: Tx, organizationId: string, { teamId, userId }: { teamId: string; userId: string }): Promise<void> {
  await tx.delete(teamMembers).where(and(eq(teamMembers.organizationId, organizationId), eq(teamMembers.teamId, teamId), eq(teamMembers.userId, userId)));
}
