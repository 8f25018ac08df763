import { and, eq, sql as drizzleSql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { arrayLiteral } from "./events/compile-query.ts";
import { behindName, byName, holdsText, pageOf } from "./name-cursor.ts";
import type { AfterName, ByName } from "./name-cursor.ts";
import { defaultAccess, groupMembers, groups, members, sharedObjectGroups, sharedObjectMembers, sharedObjects, users } from "./schema/index.ts";

/** What one member was given on one object; whoever is not active has nothing by it. */
export interface MemberEntry {
  userId: string;
  name: string;
  email: string;
  status: "active" | "suspended" | "removed";
  access: Access;
  addedAt: Date;
}

export interface GroupEntry {
  groupId: string;
  name: string;
  access: Access;
  /** Active members of the group. */
  members: number;
  addedAt: Date;
}

type Access = "view" | "query" | "manage";
type DefaultAccess = "none" | Access;
type Held = { direct: Access | null; groups: { id: string; name: string; access: Access }[] };

/** Somebody who may use an object, with all that lets them. */
export interface UserOfObject extends Held {
  userId: string;
  name: string;
  email: string;
  role: string;
}

/** An object that somebody may use, with all that lets them. */
export interface ObjectUse extends Held {
  id: string;
  type: string;
  name: string;
  kind: string;
}

/** Who or what has access: one table for members, one for groups. */
export type Subject = { userId: string } | { groupId: string };
const entriesOf = (subject: Subject) => ("userId" in subject ? sharedObjectMembers : sharedObjectGroups);
const entry = (organizationId: string, objectId: string, subject: Subject) =>
  "userId" in subject
    ? and(eq(sharedObjectMembers.organizationId, organizationId), eq(sharedObjectMembers.objectId, objectId), eq(sharedObjectMembers.userId, subject.userId))
    : and(eq(sharedObjectGroups.organizationId, organizationId), eq(sharedObjectGroups.objectId, objectId), eq(sharedObjectGroups.groupId, subject.groupId));

export async function find(tx: Tx, organizationId: string, objectId: string, subject: Subject): Promise<Access | null> {
  const table = entriesOf(subject);
  const [row] = await tx
    .select({ access: table.access })
    .from(table)
    .where(entry(organizationId, objectId, subject));
  return row?.access ?? null;
}

export async function put(tx: Tx, organizationId: string, objectId: string, { subject, access, at }: { subject: Subject; access: Access; at: Date }) {
  const values = { organizationId, objectId, access, createdAt: at };
  if ("userId" in subject)
    await tx
      .insert(sharedObjectMembers)
      .values({ ...values, userId: subject.userId })
      .onConflictDoUpdate({ target: [sharedObjectMembers.organizationId, sharedObjectMembers.objectId, sharedObjectMembers.userId], set: { access } });
  else
    await tx
      .insert(sharedObjectGroups)
      .values({ ...values, groupId: subject.groupId })
      .onConflictDoUpdate({ target: [sharedObjectGroups.organizationId, sharedObjectGroups.objectId, sharedObjectGroups.groupId], set: { access } });
}

export async function remove(tx: Tx, organizationId: string, objectId: string, subject: Subject): Promise<void> {
  await tx.delete(entriesOf(subject)).where(entry(organizationId, objectId, subject));
}

/** How many members and groups have access of their own to an object. */
export async function count(db: Executor, organizationId: string, objectId: string): Promise<{ members: number; groups: number }> {
  return {
    members: await db.$count(sharedObjectMembers, and(eq(sharedObjectMembers.organizationId, organizationId), eq(sharedObjectMembers.objectId, objectId))),
    groups: await db.$count(sharedObjectGroups, and(eq(sharedObjectGroups.organizationId, organizationId), eq(sharedObjectGroups.objectId, objectId))),
  };
}

export const listMembers = (db: Executor, organizationId: string, { objectId, ...page }: ByName & { objectId: string }): Promise<MemberEntry[]> =>
  db
    .select({
      userId: sharedObjectMembers.userId,
      name: users.name,
      email: users.email,
      status: members.status,
      access: sharedObjectMembers.access,
      addedAt: sharedObjectMembers.createdAt,
    })
    .from(sharedObjectMembers)
    .innerJoin(members, and(eq(members.organizationId, sharedObjectMembers.organizationId), eq(members.userId, sharedObjectMembers.userId)))
    .innerJoin(users, eq(users.id, sharedObjectMembers.userId))
    .where(
      and(
        eq(sharedObjectMembers.organizationId, organizationId),
        eq(sharedObjectMembers.objectId, objectId),
        pageOf(page, users.name, sharedObjectMembers.userId, users.email),
      ),
    )
    .orderBy(...byName(users.name, sharedObjectMembers.userId))
    .limit(page.limit);

export const listGroups = (db: Executor, organizationId: string, { objectId, ...page }: ByName & { objectId: string }): Promise<GroupEntry[]> =>
  db
    .select({
      groupId: sharedObjectGroups.groupId,
      name: groups.name,
      access: sharedObjectGroups.access,
      addedAt: sharedObjectGroups.createdAt,
      members: drizzleSql<number>`(
        select count(*)::int
        from ${groupMembers} gm
        join ${members} m on m.organization_id = gm.organization_id and m.user_id = gm.user_id and m.status = 'active'
        where gm.organization_id = ${sharedObjectGroups}.organization_id and gm.group_id = ${sharedObjectGroups}.group_id)`,
    })
    .from(sharedObjectGroups)
    .innerJoin(groups, and(eq(groups.organizationId, sharedObjectGroups.organizationId), eq(groups.id, sharedObjectGroups.groupId)))
    .where(
      and(
        eq(sharedObjectGroups.organizationId, organizationId),
        eq(sharedObjectGroups.objectId, objectId),
        pageOf(page, groups.name, groups.id, groups.externalId),
      ),
    )
    .orderBy(...byName(groups.name, groups.id))
    .limit(page.limit);

/** What a group may use, by name. */
export const objectsOfGroup = (
  db: Executor,
  organizationId: string,
  { groupId, types, ...page }: ByName & { groupId: string; types: readonly string[] },
): Promise<{ id: string; type: string; name: string; access: Access }[]> =>
  db
    .select({ id: sharedObjects.id, type: sharedObjects.type, name: sharedObjects.name, access: sharedObjectGroups.access })
    .from(sharedObjectGroups)
    .innerJoin(sharedObjects, and(eq(sharedObjects.organizationId, sharedObjectGroups.organizationId), eq(sharedObjects.id, sharedObjectGroups.objectId)))
    .where(
      and(
        eq(sharedObjectGroups.organizationId, organizationId),
        eq(sharedObjectGroups.groupId, groupId),
        isOneOf(sharedObjects.type, types),
        pageOf(page, sharedObjects.name, sharedObjects.id),
      ),
    )
    .orderBy(...byName(sharedObjects.name, sharedObjects.id))
    .limit(page.limit);

const isOneOf = (column: Parameters<typeof holdsText>[1], values: readonly string[]): SQL => drizzleSql`${column} = any(${arrayLiteral(values)}::text[])`;

interface WhoRequest {
  objectId: string;
  /** Roles that have it by default; empty where nobody has. */
  defaultRoles: readonly string[];
  containing: string;
  after: AfterName | null;
  limit: number;
}

/** Active members who may use an object, by name. */
export const usersOf = async (
  db: Executor,
  organizationId: string,
  { objectId, defaultRoles, containing, after, limit }: WhoRequest,
): Promise<UserOfObject[]> => {
  const page = and(
    mayUse(objectId, defaultRoles, organizationId),
    holdsText(containing, drizzleSql`u.name`, drizzleSql`u.email`),
    behindName(drizzleSql`u.name`, drizzleSql`u.id`, after),
  );
  const rows = await db.execute<{ [Key in keyof UserOfObject]: UserOfObject[Key] }>(drizzleSql`
    select u.id as "userId", u.name, u.email, m.role, e.access as direct, coalesce(byGroup.groups, '[]') as groups
    from members m
    join users u on u.id = m.user_id
    left join shared_object_members e on e.organization_id = m.organization_id and e.object_id = ${objectId}::uuid and e.user_id = m.user_id
    left join lateral (
      select jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name, 'access', og.access)) as groups
      from shared_object_groups og
      join group_members gm on gm.organization_id = og.organization_id and gm.group_id = og.group_id and gm.user_id = m.user_id
      join groups g on g.organization_id = og.organization_id and g.id = og.group_id
      where og.organization_id = m.organization_id and og.object_id = ${objectId}::uuid
    ) byGroup on true
    where ${page}
    order by lower(u.name), u.id
    limit ${limit}`);
  return [...rows];
};

export async function countUsersOf(
  db: Executor,
  organizationId: string,
  { objectId, defaultRoles }: Pick<WhoRequest, "objectId" | "defaultRoles">,
): Promise<number> {
  const [row] = await db.execute<{ count: number }>(drizzleSql`
    select count(*)::int as count
    from members m
    left join shared_object_members e on e.organization_id = m.organization_id and e.object_id = ${objectId}::uuid and e.user_id = m.user_id
    where ${mayUse(objectId, defaultRoles, organizationId)}`);
  return row?.count ?? 0;
}

const mayUse = (objectId: string, defaultRoles: readonly string[], organizationId: string): SQL => drizzleSql`
  m.organization_id = ${organizationId}::uuid and m.status = 'active' and (
    e.user_id is not null
    or m.role = any(${arrayLiteral(defaultRoles)}::text[])
    or exists (
      select from shared_object_groups og
      join group_members gm on gm.organization_id = og.organization_id and gm.group_id = og.group_id
      where og.organization_id = m.organization_id and og.object_id = ${objectId}::uuid and gm.user_id = m.user_id))`;

interface OfRequest extends ByName {
  userId: string;
  types: readonly string[];
  /** Types of which the member may use every object by default. */
  defaultTypes: readonly string[];
}

/** What a user may use, by name; of somebody who is not active the caller asks nothing. */
export async function objectsOf(
  db: Executor,
  organizationId: string,
  { userId, types, defaultTypes, containing, after, limit }: OfRequest,
): Promise<ObjectUse[]> {
  const page = and(
    drizzleSql`o.organization_id = ${organizationId}::uuid`,
    isOneOf(drizzleSql`o.type`, types),
    holdsText(containing, drizzleSql`o.name`),
    behindName(drizzleSql`o.name`, drizzleSql`o.id`, after),
    drizzleSql`(e.user_id is not null or byGroup.groups is not null or ${isOneOf(drizzleSql`o.type`, defaultTypes)})`,
  );
  const rows = await db.execute<{ [Key in keyof ObjectUse]: ObjectUse[Key] }>(drizzleSql`
    select o.id, o.type, o.name, o.kind, e.access as direct, coalesce(byGroup.groups, '[]') as groups
    from shared_objects o
    left join shared_object_members e on e.organization_id = o.organization_id and e.object_id = o.id and e.user_id = ${userId}::uuid
    left join lateral (
      select jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name, 'access', og.access)) as groups
      from shared_object_groups og
      join group_members gm on gm.organization_id = og.organization_id and gm.group_id = og.group_id and gm.user_id = ${userId}::uuid
      join groups g on g.organization_id = og.organization_id and g.id = og.group_id
      where og.organization_id = o.organization_id and og.object_id = o.id
    ) byGroup on true
    where ${page}
    order by lower(o.name), o.id
    limit ${limit}`);
  return [...rows];
}

export async function defaultOf(db: Executor, organizationId: string): Promise<DefaultAccess> {
  const [row] = await db.select().from(defaultAccess).where(eq(defaultAccess.organizationId, organizationId));
  return row?.access ?? "none";
}

export async function setDefault(tx: Tx, organizationId: string, access: DefaultAccess): Promise<void> {
  await tx.insert(defaultAccess).values({ organizationId, access }).onConflictDoUpdate({ target: defaultAccess.organizationId, set: { access } });
}

/** Active members in these roles, and how many of them have access of their own to nothing of these types. */
export async function countWithoutOwn(
  db: Executor,
  organizationId: string,
  { roles, types }: { roles: readonly string[]; types: readonly string[] },
): Promise<{ members: number; withoutOwn: number }> {
  const ofTypes = drizzleSql`join shared_objects o on o.organization_id = e.organization_id and o.id = e.object_id and ${isOneOf(drizzleSql`o.type`, types)}`;
  const [row] = await db.execute<{ members: number; withoutOwn: number }>(drizzleSql`
    select
      count(*)::int as members,
      count(*) filter (where
        not exists (
          select from shared_object_members e ${ofTypes}
          where e.organization_id = m.organization_id and e.user_id = m.user_id)
        and not exists (
          select from shared_object_groups e ${ofTypes}
          join group_members gm on gm.organization_id = e.organization_id and gm.group_id = e.group_id
          where e.organization_id = m.organization_id and gm.user_id = m.user_id)
      )::int as "withoutOwn"
    from members m
    where m.organization_id = ${organizationId}::uuid and m.status = 'active' and m.role = any(${arrayLiteral(roles)}::text[])`);
  return row ?? { members: 0, withoutOwn: 0 };
}
