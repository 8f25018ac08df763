import { and, asc, count, desc, eq, inArray, isNotNull, isNull, lt, ne, or, sql as drizzleSql } from "drizzle-orm";
import type { SQL } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import * as heads from "./heads.ts";
import { savedViews, users } from "./schema/index.ts";

export type SavedView = typeof savedViews.$inferSelect;

/** With the names that a list shows beside it. */
export interface ListedView extends SavedView {
  ownerName: string;
  teamName: string | null;
}

/** Which views somebody is shown: their own, and the shared ones as far as this says. */
export interface ViewsSeen {
  userId: string;
  /** Those that the organization shares. */
  organization: boolean;
  /** Those of these teams. */
  teams: "all" | readonly string[];
}

/**
 * Changes of one organization's views wait for each other, so that names stay single and the bounds hold. The lock is the one that the change's event
 * takes anyhow, taken earlier: no two transactions can hold half of what the other needs.
 */
export async function lockViews(tx: Tx, organizationId: string): Promise<void> {
  await heads.lock(tx, organizationId);
}

/** By name. */
export const list = (db: Executor, organizationId: string, { seen, limit }: { seen: ViewsSeen; limit: number }): Promise<ListedView[]> =>
  listed(db, and(eq(savedViews.organizationId, organizationId), isNull(savedViews.deletedAt), seenBy(seen)), limit);

/** Deleted ones too, as long as they are kept. */
export async function find(db: Executor, organizationId: string, { id, seen }: { id: string; seen: ViewsSeen }): Promise<ListedView | null> {
  const [row] = await listed(db, and(one(organizationId, id), seenBy(seen)), 1);
  return row ?? null;
}

function seenBy({ userId, organization, teams }: ViewsSeen): SQL | undefined {
  const ofTeams = teams === "all" ? isNotNull(savedViews.teamId) : teams.length > 0 ? inArray(savedViews.teamId, [...teams]) : undefined;
  return or(eq(savedViews.ownerId, userId), organization ? eq(savedViews.withOrganization, true) : undefined, ofTeams);
}

const listed = async (db: Executor, where: SQL | undefined, limit: number): Promise<ListedView[]> => {
  const rows = await db
    .select({
      view: savedViews,
      ownerName: users.name,
      teamName: drizzleSql<string | null>`(select t.name from teams t where t.organization_id = ${savedViews.organizationId} and t.id = ${savedViews.teamId})`,
    })
    .from(savedViews)
    .innerJoin(users, eq(users.id, savedViews.ownerId))
    .where(where)
    .orderBy(asc(drizzleSql`lower(${savedViews.name})`), asc(savedViews.id))
    .limit(limit);
  return rows.map(({ view, ownerName, teamName }) => ({ ...view, ownerName, teamName }));
};

/** Deleted ones too. */
export async function lock(tx: Tx, organizationId: string, id: string): Promise<SavedView | null> {
  const [row] = await tx.select().from(savedViews).where(one(organizationId, id)).for("update");
  return row ?? null;
}

export async function nameTaken(
  tx: Tx,
  organizationId: string,
  { ownerId, name, except }: { ownerId: string; name: string; except?: string },
): Promise<boolean> {
  const rows = await tx
    .select({ id: savedViews.id })
    .from(savedViews)
    .where(
      and(
        alive(organizationId),
        eq(savedViews.ownerId, ownerId),
        drizzleSql`lower(${savedViews.name}) = lower(${name}::text)`,
        except === undefined ? undefined : ne(savedViews.id, except),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

export async function insert(tx: Tx, view: SavedView): Promise<void> {
  await tx.insert(savedViews).values(view);
}

export type ViewValues = Partial<Omit<SavedView, "organizationId" | "id" | "ownerId" | "logType" | "createdAt">>;

export async function update(tx: Tx, organizationId: string, { id, ...values }: { id: string } & ViewValues): Promise<void> {
  await tx.update(savedViews).set(values).where(one(organizationId, id));
}

export const countOfOwner = (db: Executor, organizationId: string, ownerId: string): Promise<number> =>
  db.$count(savedViews, and(alive(organizationId), eq(savedViews.ownerId, ownerId)));

export async function countShared(db: Executor, organizationId: string): Promise<number> {
  const [row] = await db
    .select({ shared: count() })
    .from(savedViews)
    .where(and(alive(organizationId), or(eq(savedViews.withOrganization, true), isNotNull(savedViews.teamId))));
  return row?.shared ?? 0;
}

/** Takes away for good what was deleted before a moment, and what is more than so many of the newest deleted ones. Returns their ids. */
export async function forgetDeleted(tx: Tx, organizationId: string, { before, keep }: { before: Date; keep: number }): Promise<string[]> {
  const deleted = and(eq(savedViews.organizationId, organizationId), isNotNull(savedViews.deletedAt));
  const beyond = tx.select({ id: savedViews.id }).from(savedViews).where(deleted).orderBy(desc(savedViews.deletedAt), asc(savedViews.id)).offset(keep);
  const rows = await tx
    .delete(savedViews)
    .where(and(deleted, or(lt(savedViews.deletedAt, before), inArray(savedViews.id, beyond))))
    .returning({ id: savedViews.id });
  return rows.map(({ id }) => id);
}

const one = (organizationId: string, id: string) => and(eq(savedViews.organizationId, organizationId), eq(savedViews.id, id));
const alive = (organizationId: string) => and(eq(savedViews.organizationId, organizationId), isNull(savedViews.deletedAt));
