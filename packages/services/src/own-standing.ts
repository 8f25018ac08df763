import { Refusal } from "@daybook/event";
import type { Viewer } from "@daybook/policy";
import { members } from "@daybook/store";
import type { Tx } from "@daybook/store";

export const changedMeanwhile = (): Refusal => new Refusal("forbidden", "Your own access was changed while this was under way, so nothing was done.");

/**
 * What a viewer may was decided before the transaction began, which may have waited since. Asked behind a change and its event: the event holds the head of
 * the organization's log, so whoever took the right away has either committed and is seen here, or stands behind the change in the log.
 */
export async function demandOwnStanding(tx: Tx, viewer: Viewer): Promise<void> {
  if (viewer.kind === "member" && !(await members.stillStands(tx, viewer.organizationId, viewer))) throw changedMeanwhile();
}
