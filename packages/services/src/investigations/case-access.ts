import { Refusal } from "@daybook/event";
import type { Actor } from "@daybook/event";
import { seesWholeLog } from "@daybook/policy";
import type { Viewer } from "@daybook/policy";
import { cases } from "@daybook/store";
import type { Case, Tx } from "@daybook/store";
import type { Context } from "../context.ts";

/** Whoever may read the whole log works on every case; everybody else on their own. Null is all. */
export const casesOf = (viewer: Viewer): string | null => (seesWholeLog(viewer) ? null : viewer.kind === "member" ? viewer.userId : "");

export const mayWorkOn = (viewer: Viewer, { ownerId }: Pick<Case, "ownerId">): boolean => {
  const own = casesOf(viewer);
  return own === null || (ownerId !== null && ownerId === own);
};

/** A colleague's case, another organization's, and one that does not exist get the same answer. */
export const noSuchCase = (): Refusal => new Refusal("not_found", "There is no such case, or it is not yours to see.");

/** For the length of the transaction; only where the viewer may work on it. */
export async function lockCase(tx: Tx, { viewer }: Context, id: string): Promise<Case> {
  const found = await cases.lock(tx, viewer.organizationId, id);
  if (!found || !mayWorkOn(viewer, found)) throw noSuchCase();
  return found;
}

export async function lockOpenCase(tx: Tx, context: Context, id: string): Promise<Case> {
  const found = await lockCase(tx, context, id);
  if (found.state === "closed") throw new Refusal("conflict", `Case ${found.number} is closed. Open it again to change it.`);
  return found;
}

/** Somebody else was faster: what they wrote is to be read before it is written over. */
export const changedMeanwhile = ({ number }: Pick<Case, "number">, by: Actor): Refusal =>
  new Refusal("conflict", `${nameOf(by)} changed case ${number} in the meantime. See what it says now, and make your change again if it still holds.`);

export const nameOf = (actor: Actor): string => actor.name ?? actor.email ?? actor.type;

/** As events name it. */
export const resourceOf = ({ id, number, title }: Pick<Case, "id" | "number" | "title">) => ({ type: "case", id, name: `Case ${number}: ${title}` });
