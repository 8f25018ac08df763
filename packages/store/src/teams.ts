import { and, asc, count, eq, sql as drizzleSql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
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

/** A team as a list shows it. */
export interface ListedTeam extends Team {
  memberCount: number;
  /** The asking user's own role in it. */
  role: "admin" | "member" | null;
}

export interface TeamsAsked {
  /** Part of a name, in any case. */
  search?: string | undefined;
  /** Whose role stands beside each team, and whether only theirs are listed. */
  userId: string | null;
  onlyTheirs: boolean;
  limit: number;
}

/** By name. */
export const list = (db: Executor, organizationId: string, { search, userId, onlyTheirs, limit }: TeamsAsked): Promise<ListedTeam[]> =>
  listed(
    db,
    and(
      eq(teams.organizationId, organizationId),
      search ? drizzleSql`strpos(lower(${teams.name}), lower(${search})) > 0` : undefined,
      onlyTheirs
        ? drizzleSql`exists (select from team_members own where own.organization_id = ${organizationId}::uuid and own.team_id = ${teams.id} and own.user_id = ${userId}::uuid)`
        : undefined,
    ),
    { organizationId, userId, limit },
  );

export async function findListed(db: Executor, organizationId: string, { id, userId }: { id: string; userId: string | null }): Promise<ListedTeam | null> {
  const [row] = await listed(db, and(eq(teams.organizationId, organizationId), eq(teams.id, id)), { organizationId, userId, limit: 1 });
  return row ?? null;
}

const listed = (db: Executor, where: SQL | undefined, { organizationId, userId, limit }: { organizationId: string; userId: string | null; limit: number }) =>
  db
    .select({
      organizationId: teams.organizationId,
      id: teams.id,
      name: teams.name,
      description: teams.description,
      createdAt: teams.createdAt,
      memberCount: drizzleSql<number>`(
        select count(*)::int from team_members counted where counted.organization_id = ${organizationId}::uuid and counted.team_id = ${teams.id})`,
      role: drizzleSql<"admin" | "member" | null>`(
        select role from team_members own
        where own.organization_id = ${organizationId}::uuid and own.team_id = ${teams.id} and own.user_id = ${userId}::uuid)`,
    })
    .from(teams)
    .where(where)
    .orderBy(drizzleSql`lower(${teams.name})`, asc(teams.id))
    .limit(limit);

export async function find(db: Executor, organizationId: string, id: string): Promise<Team | null> {
  const [row] = await db
    .select()
    .from(teams)
    .where(and(eq(teams.organizationId, organizationId), eq(teams.id, id)));
  return row ?? null;
}

/**
 * Holds the team until the end of the transaction: who changes it waits for who deletes it. What only refers to it does not wait, because it may hold the
 * organization's head, which the change still needs for its event.
 */
export async function lock(tx: Tx, organizationId: string, id: string): Promise<Team | null> {
  const [row] = await tx
    .select()
    .from(teams)
    .where(and(eq(teams.organizationId, organizationId), eq(teams.id, id)))
    .for("no key update");
  return row ?? null;
}

export async function named(db: Executor, organizationId: string, name: string): Promise<Team | null> {
  const [row] = await db
    .select()
    .from(teams)
    .where(and(eq(teams.organizationId, organizationId), drizzleSql`lower(${teams.name}) = lower(${name})`));
  return row ?? null;
}

export async function countAll(db: Executor, organizationId: string): Promise<number> {
  const [row] = await db.select({ teams: count() }).from(teams).where(eq(teams.organizationId, organizationId));
  return row?.teams ?? 0;
}

export async function insert(tx: Tx, team: typeof teams.$inferInsert): Promise<void> {
  await tx.insert(teams).values(team);
}

export async function update(tx: Tx, organizationId: string, { id, name, description }: { id: string; name: string; description: string }): Promise<void> {
  await tx
    .update(teams)
    .set({ name, description })
    .where(and(eq(teams.organizationId, organizationId), eq(teams.id, id)));
}

/** Who is in it leaves it with it; its events stay. */
export async function remove(tx: Tx, organizationId: string, id: string): Promise<void> {
  await tx.delete(teams).where(and(eq(teams.organizationId, organizationId), eq(teams.id, id)));
}
