import { and, asc, eq, sql as drizzleSql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { byName, pageOf } from "./name-cursor.ts";
import type { ByName } from "./name-cursor.ts";
import { groupMembers, groups, members, sharedObjectGroups, sharedObjects, users } from "./schema/index.ts";

export type Group = typeof groups.$inferSelect;

/** How many use it, and how many objects of each type it can use. */
export interface ListedGroup extends Group {
  members: number;
  objects: Record<string, number>;
}

/** A member of a group; whoever is not active has nothing by it. */
export interface GroupMember {
  userId: string;
  name: string;
  email: string;
  status: "active" | "suspended" | "removed";
  addedAt: Date;
}

const one = (organizationId: string, id: string) => and(eq(groups.organizationId, organizationId), eq(groups.id, id));

/** Null when the name or the external id is taken. */
export async function insert(tx: Tx, group: Group): Promise<Group | null> {
  const [row] = await tx.insert(groups).values(group).onConflictDoNothing().returning();
  return row ?? null;
}

export async function update(
  tx: Tx,
  organizationId: string,
  { id, ...values }: Pick<Group, "id"> & Partial<Pick<Group, "name" | "description">>,
): Promise<void> {
  await tx.update(groups).set(values).where(one(organizationId, id));
}

/** Whether a name is that of another group which people tell apart by it. */
export async function nameTaken(tx: Tx, organizationId: string, { name, except }: { name: string; except: string | null }): Promise<boolean> {
  const rows = await tx
    .select({ id: groups.id })
    .from(groups)
    .where(
      and(
        eq(groups.organizationId, organizationId),
        drizzleSql`lower(${groups.name}) = lower(${name}::text)`,
        drizzleSql`${groups.externalId} is null`,
        except === null ? undefined : drizzleSql`${groups.id} <> ${except}::uuid`,
      ),
    )
    .limit(1);
  return rows.length > 0;
}

export async function remove(tx: Tx, organizationId: string, id: string): Promise<void> {
  await tx.delete(groups).where(one(organizationId, id));
}

export type GroupRef = { id: string } | { externalId: string };
const named = (organizationId: string, ref: GroupRef) =>
  "id" in ref ? one(organizationId, ref.id) : and(eq(groups.organizationId, organizationId), eq(groups.externalId, ref.externalId));

export async function find(db: Executor, organizationId: string, ref: GroupRef): Promise<Group | null> {
  const [row] = await db.select().from(groups).where(named(organizationId, ref));
  return row ?? null;
}

/** `share` lets others give it access at the same time, and keeps it from being deleted meanwhile. */
export async function lock(tx: Tx, organizationId: string, ref: GroupRef, strength: "update" | "share" = "update"): Promise<Group | null> {
  const [row] = await tx.select().from(groups).where(named(organizationId, ref)).for(strength);
  return row ?? null;
}

export const list = (db: Executor, organizationId: string, page: ByName): Promise<ListedGroup[]> =>
  listed(db, and(eq(groups.organizationId, organizationId), pageOf(page, groups.name, groups.id, groups.externalId)), page.limit);

export async function get(db: Executor, organizationId: string, ref: GroupRef): Promise<ListedGroup | null> {
  const [row] = await listed(db, named(organizationId, ref), 1);
  return row ?? null;
}

const listed = (db: Executor, where: SQL | undefined, limit: number): Promise<ListedGroup[]> =>
  db
    .select({
      organizationId: groups.organizationId,
      id: groups.id,
      name: groups.name,
      description: groups.description,
      externalId: groups.externalId,
      createdBy: groups.createdBy,
      createdAt: groups.createdAt,
      members: drizzleSql<number>`(
        select count(*)::int
        from ${groupMembers} gm
        join ${members} m on m.organization_id = gm.organization_id and m.user_id = gm.user_id and m.status = 'active'
        where gm.organization_id = ${groups}.organization_id and gm.group_id = ${groups}.id)`,
      objects: drizzleSql<Record<string, number>>`(
        select coalesce(jsonb_object_agg(counted.type, counted.count), '{}')
        from (
          select o.type, count(*)::int as count
          from ${sharedObjectGroups} og
          join ${sharedObjects} o on o.organization_id = og.organization_id and o.id = og.object_id
          where og.organization_id = ${groups}.organization_id and og.group_id = ${groups}.id
          group by o.type
        ) counted)`,
    })
    .from(groups)
    .where(where)
    .orderBy(...byName(groups.name, groups.id))
    .limit(limit);

export async function count(db: Executor, organizationId: string): Promise<number> {
  return db.$count(groups, eq(groups.organizationId, organizationId));
}

/** False when the member is in the group already. */
export async function addMember(tx: Tx, membership: typeof groupMembers.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(groupMembers).values(membership).onConflictDoNothing().returning({ userId: groupMembers.userId });
  return rows.length > 0;
}

/** False when the member was not in the group. */
export async function removeMember(tx: Tx, organizationId: string, { groupId, userId }: { groupId: string; userId: string }): Promise<boolean> {
  const rows = await tx
    .delete(groupMembers)
    .where(and(eq(groupMembers.organizationId, organizationId), eq(groupMembers.groupId, groupId), eq(groupMembers.userId, userId)))
    .returning({ userId: groupMembers.userId });
  return rows.length > 0;
}

export const countMembers = (db: Executor, organizationId: string, groupId: string): Promise<number> =>
  db.$count(groupMembers, and(eq(groupMembers.organizationId, organizationId), eq(groupMembers.groupId, groupId)));

export const listMembers = (db: Executor, organizationId: string, { groupId, ...page }: ByName & { groupId: string }): Promise<GroupMember[]> =>
  db
    .select({ userId: groupMembers.userId, name: users.name, email: users.email, status: members.status, addedAt: groupMembers.createdAt })
    .from(groupMembers)
    .innerJoin(members, and(eq(members.organizationId, groupMembers.organizationId), eq(members.userId, groupMembers.userId)))
    .innerJoin(users, eq(users.id, groupMembers.userId))
    .where(and(eq(groupMembers.organizationId, organizationId), eq(groupMembers.groupId, groupId), pageOf(page, users.name, groupMembers.userId, users.email)))
    .orderBy(...byName(users.name, groupMembers.userId))
    .limit(page.limit);

/** The groups that a user is in, by name. */
export const ofUser = (db: Executor, organizationId: string, userId: string): Promise<{ id: string; name: string }[]> =>
  db
    .select({ id: groups.id, name: groups.name })
    .from(groupMembers)
    .innerJoin(groups, and(eq(groups.organizationId, groupMembers.organizationId), eq(groups.id, groupMembers.groupId)))
    .where(and(eq(groupMembers.organizationId, organizationId), eq(groupMembers.userId, userId)))
    .orderBy(asc(groups.name));
