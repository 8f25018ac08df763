import { and, asc, count, eq, inArray, isNotNull, sql as drizzleSql } from "drizzle-orm";
import type { Executor } from "./connect.ts";
import { accounts, groupMembers, members, passkeys, secondFactors, signInIdentities, teamMembers, teams, users } from "./schema/index.ts";

export interface ListedMember {
  userId: string;
  name: string;
  email: string;
  role: string;
  status: (typeof members.$inferSelect)["status"];
  statusAt: Date | null;
  joinedAt: Date;
  lastActiveAt: Date | null;
}

/** Where a page ended. */
export interface MemberPlace {
  name: string;
  userId: string;
}

interface MembersAsked {
  /** Part of a name or an address, in any case. */
  search?: string | undefined;
  role?: string | undefined;
  /** Default: everybody who is not a former member. */
  status?: ListedMember["status"] | undefined;
  userId?: string | undefined;
  after: MemberPlace | null;
  limit: number;
}

const sortName = drizzleSql<string>`lower(${users.name})`;

/** By name. */
export const list = (db: Executor, organizationId: string, { search, role, status, userId, after, limit }: MembersAsked): Promise<ListedMember[]> =>
  db
    .select({
      userId: members.userId,
      name: users.name,
      email: users.email,
      role: members.role,
      status: members.status,
      statusAt: members.statusAt,
      joinedAt: members.createdAt,
      lastActiveAt: members.lastActiveAt,
    })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(
      and(
        eq(members.organizationId, organizationId),
        inArray(members.status, status === undefined ? ["active", "suspended"] : [status]),
        role === undefined ? undefined : eq(members.role, role),
        userId === undefined ? undefined : eq(members.userId, userId),
        search ? drizzleSql`(strpos(lower(${users.name}), lower(${search})) > 0 or strpos(${users.email}, lower(${search})) > 0)` : undefined,
        after ? drizzleSql`(${sortName}, ${members.userId}) > (lower(${after.name}), ${after.userId}::uuid)` : undefined,
      ),
    )
    .orderBy(sortName, asc(members.userId))
    .limit(limit);

export interface TeamOfUser {
  userId: string;
  id: string;
  name: string;
  role: "admin" | "member";
}

/** The teams of several users, by name. */
export const teamsOf = (db: Executor, organizationId: string, userIds: readonly string[]): Promise<TeamOfUser[]> =>
  db
    .select({ userId: teamMembers.userId, id: teams.id, name: teams.name, role: teamMembers.role })
    .from(teamMembers)
    .innerJoin(teams, and(eq(teams.organizationId, teamMembers.organizationId), eq(teams.id, teamMembers.teamId)))
    .where(and(eq(teamMembers.organizationId, organizationId), inArray(teamMembers.userId, [...userIds])))
    .orderBy(asc(teams.name));

/** In how many groups each of these users is; who is in none is left out. */
export const groupCounts = (db: Executor, organizationId: string, userIds: readonly string[]): Promise<{ userId: string; count: number }[]> =>
  db
    .select({ userId: groupMembers.userId, count: count() })
    .from(groupMembers)
    .where(and(eq(groupMembers.organizationId, organizationId), inArray(groupMembers.userId, [...userIds])))
    .groupBy(groupMembers.userId);

export interface WayToSignIn {
  userId: string;
  way: "password" | "passkey" | "two_factor" | "single_sign_on";
}

/** Those of these users who came in through a provider of the organization. */
export const linkedTo = (db: Executor, organizationId: string, userIds: readonly string[]): Promise<{ userId: string }[]> =>
  db
    .selectDistinct({ userId: signInIdentities.userId })
    .from(signInIdentities)
    .where(and(eq(signInIdentities.organizationId, organizationId), inArray(signInIdentities.userId, [...userIds])));

/** What these users have of their own to prove who they are, in whatever organization. */
export async function waysToSignIn(db: Executor, userIds: readonly string[]): Promise<WayToSignIn[]> {
  const ids = [...userIds];
  const [passwords, keys, factors] = await Promise.all([
    db
      .selectDistinct({ userId: accounts.userId })
      .from(accounts)
      .where(and(inArray(accounts.userId, ids), isNotNull(accounts.password))),
    db.selectDistinct({ userId: passkeys.userId }).from(passkeys).where(inArray(passkeys.userId, ids)),
    db
      .select({ userId: secondFactors.userId })
      .from(secondFactors)
      .where(and(inArray(secondFactors.userId, ids), isNotNull(secondFactors.confirmedAt))),
  ]);
  return [
    ...passwords.map(({ userId }) => ({ userId, way: "password" as const })),
    ...keys.map(({ userId }) => ({ userId, way: "passkey" as const })),
    ...factors.map(({ userId }) => ({ userId, way: "two_factor" as const })),
  ];
}
