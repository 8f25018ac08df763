import { asc, eq, inArray } from "drizzle-orm";
import type { Tx } from "./connect.ts";
import { organizationHeads, organizations } from "./schema/index.ts";

/** Holds the head of an organization's log, for which each of its events waits. Taken early it makes changes of one kind wait for each other. */
export async function lock(tx: Tx, organizationId: string): Promise<void> {
  await tx.select({ id: organizationHeads.organizationId }).from(organizationHeads).where(eq(organizationHeads.organizationId, organizationId)).for("update");
}

/** Several, in the one order in which whatever is told to several organizations takes them: that of their founding. */
export async function lockSeveral(tx: Tx, organizationIds: readonly string[]): Promise<void> {
  const inOrder = await tx
    .select({ id: organizations.id })
    .from(organizations)
    .where(inArray(organizations.id, [...organizationIds]))
    .orderBy(asc(organizations.createdAt), asc(organizations.id));
  for (const { id } of inOrder) await lock(tx, id);
}
