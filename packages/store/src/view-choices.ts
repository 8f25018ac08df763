import type { LogType } from "@daybook/event";
import { and, asc, eq, inArray, isNull, or } from "drizzle-orm";
import type { Executor, Tx } from "./connect.ts";
import { viewDefaults, viewStars } from "./schema/index.ts";

/** What members chose among the views: stars, and the ones that a log opens with. A view is named by its id, or by its built-in name. */
export const listStars = async (db: Executor, organizationId: string, { userId, limit }: { userId: string; limit: number }): Promise<string[]> => {
  const rows = await db
    .select({ view: viewStars.view })
    .from(viewStars)
    .where(starsOf(organizationId, userId))
    .orderBy(asc(viewStars.createdAt), asc(viewStars.view))
    .limit(limit);
  return rows.map(({ view }) => view);
};

export const countStars = (db: Executor, organizationId: string, userId: string): Promise<number> => db.$count(viewStars, starsOf(organizationId, userId));

/** False when it had its star already. */
export async function addStar(tx: Tx, star: typeof viewStars.$inferSelect): Promise<boolean> {
  const rows = await tx.insert(viewStars).values(star).onConflictDoNothing().returning({ view: viewStars.view });
  return rows.length > 0;
}

/** False when it had none. */
export async function removeStar(tx: Tx, organizationId: string, { userId, view }: { userId: string; view: string }): Promise<boolean> {
  const rows = await tx
    .delete(viewStars)
    .where(and(starsOf(organizationId, userId), eq(viewStars.view, view)))
    .returning({ view: viewStars.view });
  return rows.length > 0;
}

export interface ViewDefault {
  logType: LogType;
  /** Null: the organization's. */
  userId: string | null;
  view: string;
}

/** A member's own and the organization's, of both logs. */
export const defaultsFor = (db: Executor, organizationId: string, userId: string): Promise<ViewDefault[]> =>
  db
    .select({ logType: viewDefaults.logType, userId: viewDefaults.userId, view: viewDefaults.view })
    .from(viewDefaults)
    .where(and(eq(viewDefaults.organizationId, organizationId), or(eq(viewDefaults.userId, userId), isNull(viewDefaults.userId))));

/** `view` null: none is chosen any more. Returns what was chosen before. */
export async function setDefault(
  tx: Tx,
  organizationId: string,
  { logType, userId, view, at }: { logType: LogType; userId: string | null; view: string | null; at: Date },
): Promise<string | null> {
  const [before] = await tx
    .delete(viewDefaults)
    .where(
      and(
        eq(viewDefaults.organizationId, organizationId),
        eq(viewDefaults.logType, logType),
        userId === null ? isNull(viewDefaults.userId) : eq(viewDefaults.userId, userId),
      ),
    )
    .returning({ view: viewDefaults.view });
  if (view !== null) await tx.insert(viewDefaults).values({ organizationId, logType, userId, view, createdAt: at });
  return before?.view ?? null;
}

/** For views that are gone for good. */
export async function forget(tx: Tx, organizationId: string, views: readonly string[]): Promise<void> {
  if (views.length === 0) return;
  for (const table of [viewStars, viewDefaults]) await tx.delete(table).where(and(eq(table.organizationId, organizationId), inArray(table.view, [...views])));
}

const starsOf = (organizationId: string, userId: string) => and(eq(viewStars.organizationId, organizationId), eq(viewStars.userId, userId));
