import { and, eq, sql as drizzleSql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import * as heads from "./heads.ts";
import { byName, pageOf } from "./name-cursor.ts";
import type { ByName } from "./name-cursor.ts";
import { sharedObjectGroups, sharedObjectMembers, sharedObjects } from "./schema/index.ts";

/** A collection or a connection: something that members and groups are given access to. */
export type SharedObject = typeof sharedObjects.$inferSelect;

/** With how many members and groups have access of their own. */
export interface ListedObject extends SharedObject {
  members: number;
  groups: number;
}

export type ObjectRef = { type: string } & ({ id: string } | { externalId: string });

const named = (organizationId: string, ref: ObjectRef) =>
  and(
    eq(sharedObjects.organizationId, organizationId),
    eq(sharedObjects.type, ref.type),
    "id" in ref ? eq(sharedObjects.id, ref.id) : eq(sharedObjects.externalId, ref.externalId),
  );

/**
 * Whatever gives or frees a name in one organization waits for each other, so that names and bounds hold. The lock is the one that the event of the change takes anyhow, taken
 * earlier: no two transactions can hold half of what the other needs.
 */
export async function lockInventory(tx: Tx, organizationId: string): Promise<void> {
  await heads.lock(tx, organizationId);
}

/** Null when the name or the external id is taken. */
export async function insert(tx: Tx, object: SharedObject): Promise<SharedObject | null> {
  const [row] = await tx.insert(sharedObjects).values(object).onConflictDoNothing().returning();
  return row ?? null;
}

export async function update(
  tx: Tx,
  organizationId: string,
  { id, ...values }: Pick<SharedObject, "id"> & Partial<Pick<SharedObject, "name" | "description" | "kind">>,
): Promise<void> {
  await tx
    .update(sharedObjects)
    .set(values)
    .where(and(eq(sharedObjects.organizationId, organizationId), eq(sharedObjects.id, id)));
}

/** Whether a name is that of another object of the type which people tell apart by it. */
export async function nameTaken(
  tx: Tx,
  organizationId: string,
  { type, name, except }: { type: string; name: string; except: string | null },
): Promise<boolean> {
  const rows = await tx
    .select({ id: sharedObjects.id })
    .from(sharedObjects)
    .where(
      and(
        eq(sharedObjects.organizationId, organizationId),
        eq(sharedObjects.type, type),
        drizzleSql`lower(${sharedObjects.name}) = lower(${name}::text)`,
        drizzleSql`${sharedObjects.externalId} is null`,
        except === null ? undefined : drizzleSql`${sharedObjects.id} <> ${except}::uuid`,
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/** Its access entries go with it. */
export async function remove(tx: Tx, organizationId: string, id: string): Promise<void> {
  await tx.delete(sharedObjects).where(and(eq(sharedObjects.organizationId, organizationId), eq(sharedObjects.id, id)));
}

export async function find(db: Executor, organizationId: string, ref: ObjectRef): Promise<SharedObject | null> {
  const [row] = await db.select().from(sharedObjects).where(named(organizationId, ref));
  return row ?? null;
}

export async function lock(tx: Tx, organizationId: string, ref: ObjectRef): Promise<SharedObject | null> {
  const [row] = await tx.select().from(sharedObjects).where(named(organizationId, ref)).for("update");
  return row ?? null;
}

export const list = (db: Executor, organizationId: string, { type, ...page }: ByName & { type: string }): Promise<ListedObject[]> =>
  listed(
    db,
    and(
      eq(sharedObjects.organizationId, organizationId),
      eq(sharedObjects.type, type),
      pageOf(page, sharedObjects.name, sharedObjects.id, sharedObjects.kind, sharedObjects.externalId),
    ),
    page.limit,
  );

export async function get(db: Executor, organizationId: string, ref: ObjectRef): Promise<ListedObject | null> {
  const [row] = await listed(db, named(organizationId, ref), 1);
  return row ?? null;
}

const listed = (db: Executor, where: SQL | undefined, limit: number): Promise<ListedObject[]> =>
  db
    .select({
      organizationId: sharedObjects.organizationId,
      id: sharedObjects.id,
      type: sharedObjects.type,
      name: sharedObjects.name,
      description: sharedObjects.description,
      kind: sharedObjects.kind,
      externalId: sharedObjects.externalId,
      createdBy: sharedObjects.createdBy,
      createdAt: sharedObjects.createdAt,
      members: drizzleSql<number>`(
        select count(*)::int
        from ${sharedObjectMembers} e
        where e.organization_id = ${sharedObjects}.organization_id and e.object_id = ${sharedObjects}.id)`,
      groups: drizzleSql<number>`(
        select count(*)::int
        from ${sharedObjectGroups} e
        where e.organization_id = ${sharedObjects}.organization_id and e.object_id = ${sharedObjects}.id)`,
    })
    .from(sharedObjects)
    .where(where)
    .orderBy(...byName(sharedObjects.name, sharedObjects.id))
    .limit(limit);

export const count = (db: Executor, organizationId: string, type: string): Promise<number> =>
  db.$count(sharedObjects, and(eq(sharedObjects.organizationId, organizationId), eq(sharedObjects.type, type)));
