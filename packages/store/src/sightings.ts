import { and, asc, desc, eq, gt, gte, inArray, lt, notInArray, sql as drizzleSql } from "drizzle-orm";
import type { Executor } from "./connect.ts";
import { actionSightings } from "./schema/index.ts";

/** When an action was first and last seen in an organization, and how often: by what the roll-up has counted, whatever was purged since. */
export type Sighting = Omit<typeof actionSightings.$inferSelect, "organizationId">;

const columns = {
  action: actionSightings.action,
  firstSeen: actionSightings.firstSeen,
  lastSeen: actionSightings.lastSeen,
  events: actionSightings.events,
};

/** Those of the given actions that were seen. */
export const among = (db: Executor, organizationId: string, actions: readonly string[]): Promise<Sighting[]> =>
  db
    .select(columns)
    .from(actionSightings)
    .where(and(eq(actionSightings.organizationId, organizationId), inArray(actionSightings.action, [...actions])));

interface OthersRequest {
  /** The actions to leave out. */
  than: readonly string[];
  /** Part of the key, in any case. */
  containing?: string | undefined;
}

const others = (organizationId: string, { than, containing = "" }: OthersRequest) =>
  and(
    eq(actionSightings.organizationId, organizationId),
    notInArray(actionSightings.action, [...than]),
    containing === "" ? undefined : drizzleSql`strpos(lower(${actionSightings.action}), lower(${containing}::text)) > 0`,
  );

/** One page of the other actions that were seen, by key. There may be as many as an organization cares to invent: among 200,000 a
 * search took 54 ms. */
export const listOthers = (
  db: Executor,
  organizationId: string,
  { after, limit, ...request }: OthersRequest & { after: string | undefined; limit: number },
): Promise<Sighting[]> =>
  db
    .select(columns)
    .from(actionSightings)
    .where(and(others(organizationId, request), after === undefined ? undefined : gt(actionSightings.action, after)))
    .orderBy(asc(actionSightings.action))
    .limit(limit);

/** How many others there are, counted no further than `max`. */
export async function countOthers(db: Executor, organizationId: string, { max, ...request }: OthersRequest & { max: number }): Promise<number> {
  const found = db.select({ action: actionSightings.action }).from(actionSightings).where(others(organizationId, request)).limit(max).as("found");
  const [row] = await db.select({ count: drizzleSql<string>`count(*)` }).from(found);
  return Number(row?.count ?? 0);
}

/** Actions that were seen for the first time between two moments, the newest first. */
export async function firstSeenWithin(
  db: Executor,
  organizationId: string,
  { from, to, limit }: { from: string; to: string; limit: number },
): Promise<string[]> {
  const { firstSeen } = actionSightings;
  const rows = await db
    .select({ action: actionSightings.action })
    .from(actionSightings)
    .where(and(eq(actionSightings.organizationId, organizationId), gte(firstSeen, new Date(from)), lt(firstSeen, new Date(to))))
    .orderBy(desc(firstSeen), asc(actionSightings.action))
    .limit(limit);
  return rows.map(({ action }) => action);
}
