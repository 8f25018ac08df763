import { createHash } from "node:crypto";
import { auditorGrantsOf } from "@daybook/policy";
import { describe } from "@daybook/query";
import type { Query } from "@daybook/query";
import { auditorGrants } from "@daybook/store";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";
import { record } from "../record.ts";

const wordsLengthMax = 2_000;

/**
 * Says in the log what somebody from outside read of it, before it is handed out: once per query, grants and minute, with the rows of the first answer.
 * Each answer counts on the grants that it came through. `rows` is null for figures. Members are not followed: they read their own organization's log.
 */
export async function recordReadByAuditor(
  platform: Platform,
  { viewer, ...context }: Context,
  { asked, rows }: { asked: Query; rows: number | null },
): Promise<void> {
  const ids = auditorGrantsOf(viewer)
    .map(({ id }) => id)
    .toSorted();
  if (ids.length === 0) return;
  const now = platform.now();
  const words = describe(asked);
  const query = words.length > wordsLengthMax ? `${words.slice(0, wordsLengthMax)}…` : words;
  const key = createHash("sha256")
    .update(JSON.stringify([viewer.actor.id, ids, words, rows === null, now.toISOString().slice(0, 16)]))
    .digest("hex");
  await platform.store.transaction(viewer.organizationId, async (tx) => {
    await auditorGrants.countRead(tx, viewer.organizationId, { ids, at: now });
    await record(
      platform,
      tx,
      { viewer, ...context },
      {
        action: "audit_log_viewed",
        resource: { type: "audit_log", name: rows === null ? "Figures" : "Events" },
        ...(rows !== null && { rows_returned: rows }),
        metadata: { query, grant_ids: ids },
        idempotency_key: `viewed:${key}`,
      },
    );
  });
}
