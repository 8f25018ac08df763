import { isAuditorRole } from "@daybook/policy";
import type { Role } from "@daybook/policy";
import { auditorGrants } from "@daybook/store";
import type { AuditorGrantRow, GrantedAuditor, GrantHolder, Tx } from "@daybook/store";
import type { Context } from "../../context.ts";
import type { Platform } from "../../platform.ts";
import { recordAll } from "../../record.ts";
import { endedEarly } from "./auditor-words.ts";

/** Ends what lasts of somebody's grants, each with its event, in the transaction of what ends them. */
export async function endGrants(platform: Platform, tx: Tx, context: Context, auditor: GrantedAuditor): Promise<AuditorGrantRow[]> {
  const at = platform.now();
  const { organizationId, actor } = context.viewer;
  const holder: GrantHolder = auditor.id === null ? { pendingEmail: auditor.email } : { userId: auditor.id };
  const ended = await auditorGrants.endAll(tx, organizationId, { ...holder, at, by: actor });
  const events = ended.map((grant) => endedEarly(auditor, grant, at));
  if (events.length > 0) await recordAll(platform, tx, context, events);
  return ended;
}

/**
 * What was granted to an address while it was invited is its member's from the moment they come, for the rest of its time. Returns the ids; who comes as
 * something else is no auditor, and what waited for one ends.
 */
export async function settlePendingGrants(
  platform: Platform,
  tx: Tx,
  context: Context,
  { email, userId, role }: { email: string; userId: string; role: Role },
): Promise<string[]> {
  if (!isAuditorRole(role)) {
    await endGrants(platform, tx, context, { id: null, name: email, email });
    return [];
  }
  const adopted = await auditorGrants.adopt(tx, context.viewer.organizationId, { email, userId, at: platform.now() });
  return adopted.map(({ id }) => id);
}
