import { and, asc, count, eq, gt, isNull, max, ne, or, sql as drizzleSql } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { members, serviceUsers, teams, users, workspaceTokens } from "./schema/index.ts";

export type ServiceUser = typeof serviceUsers.$inferSelect;

export async function insert(tx: Tx, serviceUser: typeof serviceUsers.$inferInsert): Promise<void> {
  await tx.insert(serviceUsers).values(serviceUser);
}

/** One that is not deleted. */
export async function find(db: Executor, organizationId: string, id: string): Promise<ServiceUser | null> {
  const [row] = await db
    .select()
    .from(serviceUsers)
    .where(and(eq(serviceUsers.organizationId, organizationId), eq(serviceUsers.id, id), isNull(serviceUsers.deletedAt)));
  return row ?? null;
}

/** Holds it until the transaction ends. A row that only refers to it, such as a former secret of its token, does not wait. */
export async function lock(tx: Tx, organizationId: string, id: string): Promise<ServiceUser | null> {
  const [row] = await tx
    .select()
    .from(serviceUsers)
    .where(and(eq(serviceUsers.organizationId, organizationId), eq(serviceUsers.id, id), isNull(serviceUsers.deletedAt)))
    .for("no key update");
  return row ?? null;
}

/** Whether another one that is not deleted has the name, in whatever case. */
export async function nameTaken(db: Executor, organizationId: string, { name, except }: { name: string; except?: string }): Promise<boolean> {
  const rows = await db
    .select({ id: serviceUsers.id })
    .from(serviceUsers)
    .where(
      and(
        eq(serviceUsers.organizationId, organizationId),
        drizzleSql`lower(${serviceUsers.name}) = lower(${name})`,
        isNull(serviceUsers.deletedAt),
        except === undefined ? undefined : ne(serviceUsers.id, except),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

type Changeable = Partial<Pick<ServiceUser, "name" | "description" | "ownerTeamId" | "ownerUserId" | "deletedAt">>;

export async function update(tx: Tx, organizationId: string, { id, ...values }: { id: string } & Changeable): Promise<void> {
  await tx
    .update(serviceUsers)
    .set(values)
    .where(and(eq(serviceUsers.organizationId, organizationId), eq(serviceUsers.id, id)));
}

export type ListedServiceUser = ServiceUser & {
  ownerTeam: string | null;
  ownerUser: string | null;
  /** Tokens that still work, former secrets aside. */
  tokens: number;
  lastUsedAt: Date | null;
};

/** Those that are not deleted, by name. */
export async function list(db: Executor, organizationId: string, { at, limit }: { at: Date; limit: number }): Promise<ListedServiceUser[]> {
  const rows = await db
    .select({ row: serviceUsers, ownerTeam: teams.name, ownerUser: users.name })
    .from(serviceUsers)
    .leftJoin(teams, and(eq(teams.organizationId, serviceUsers.organizationId), eq(teams.id, serviceUsers.ownerTeamId)))
    .leftJoin(users, eq(users.id, serviceUsers.ownerUserId))
    .where(and(eq(serviceUsers.organizationId, organizationId), isNull(serviceUsers.deletedAt)))
    .orderBy(asc(drizzleSql`lower(${serviceUsers.name})`))
    .limit(limit);
  const [working, used] = await Promise.all([
    db
      .select({ id: workspaceTokens.serviceUserId, tokens: count() })
      .from(workspaceTokens)
      .where(
        and(
          eq(workspaceTokens.organizationId, organizationId),
          isNull(workspaceTokens.rotatedFrom),
          isNull(workspaceTokens.revokedAt),
          or(isNull(workspaceTokens.expiresAt), gt(workspaceTokens.expiresAt, at)),
        ),
      )
      .groupBy(workspaceTokens.serviceUserId),
    db
      .select({ id: workspaceTokens.serviceUserId, lastUsedAt: max(workspaceTokens.lastUsedAt) })
      .from(workspaceTokens)
      .where(eq(workspaceTokens.organizationId, organizationId))
      .groupBy(workspaceTokens.serviceUserId),
  ]);
  return rows.map(({ row, ownerTeam, ownerUser }) => ({
    ...row,
    ownerTeam,
    ownerUser,
    tokens: working.find(({ id }) => id === row.id)?.tokens ?? 0,
    lastUsedAt: used.find(({ id }) => id === row.id)?.lastUsedAt ?? null,
  }));
}

export async function howMany(db: Executor, organizationId: string): Promise<number> {
  const [row] = await db
    .select({ many: count() })
    .from(serviceUsers)
    .where(and(eq(serviceUsers.organizationId, organizationId), isNull(serviceUsers.deletedAt)));
  return row?.many ?? 0;
}

export interface PossibleOwner {
  id: string;
  name: string;
}

/** Teams and active members, by name: who may answer for a service user. */
export async function possibleOwners(
  db: Executor,
  organizationId: string,
  { limit }: { limit: number },
): Promise<{ teams: PossibleOwner[]; members: (PossibleOwner & { email: string })[] }> {
  const [foundTeams, foundMembers] = await Promise.all([
    db.select({ id: teams.id, name: teams.name }).from(teams).where(eq(teams.organizationId, organizationId)).orderBy(asc(teams.name)).limit(limit),
    db
      .select({ id: users.id, name: users.name, email: users.email })
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .where(and(eq(members.organizationId, organizationId), eq(members.status, "active")))
      .orderBy(asc(users.name))
      .limit(limit),
  ]);
  return { teams: foundTeams, members: foundMembers };
}

/** The name of a team of the organization, or of one of its active members; null where there is none. */
export async function ownerName(db: Executor, organizationId: string, owner: { teamId: string } | { userId: string }): Promise<string | null> {
  const [row] =
    "teamId" in owner
      ? await db
          .select({ name: teams.name })
          .from(teams)
          .where(and(eq(teams.organizationId, organizationId), eq(teams.id, owner.teamId)))
      : await db
          .select({ name: users.name })
          .from(members)
          .innerJoin(users, eq(users.id, members.userId))
          .where(and(eq(members.organizationId, organizationId), eq(members.userId, owner.userId), eq(members.status, "active")));
  return row?.name ?? null;
}
