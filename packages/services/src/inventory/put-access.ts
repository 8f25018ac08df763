import type { Access, SharedKind } from "@daybook/policy";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";
import { record } from "../record.ts";
import { demand } from "../verb.ts";
import { openEntry, writeEntry } from "./entries.ts";
import type { SubjectRef } from "./entries.ts";
import type { Ref } from "./refs.ts";

/**
 * Gives access that may or may not stand already, for programs that say how things shall be: the event is that of an addition or of a change, whichever
 * it was. Said again, nothing happens.
 */
export async function putAccess(
  platform: Platform,
  context: Context,
  kind: SharedKind,
  { objectId, subject, access }: { objectId: Ref; subject: SubjectRef; access: Access },
): Promise<{ added: boolean; changed: boolean }> {
  await demand(platform, context, { name: `${kind.area}.putAccess`, needs: kind.manages });
  const { organizationId } = context.viewer;
  return platform.store.transaction(organizationId, async (tx) => {
    const entry = await openEntry(tx, organizationId, kind, { objectId, subject });
    const event = await writeEntry(tx, organizationId, kind, { entry, access, at: platform.now() });
    if (event === null) return { added: false, changed: false };
    const { memberAdded, memberAccessChanged, groupAdded, groupAccessChanged } = kind.actions;
    const [added, changed] = "member" in subject ? [memberAdded, memberAccessChanged] : [groupAdded, groupAccessChanged];
    await record(platform, tx, context, { action: entry.was === null ? added : changed, ...event });
    return { added: entry.was === null, changed: entry.was !== null };
  });
}
