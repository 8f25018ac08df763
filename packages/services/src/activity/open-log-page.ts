import { createHash } from "node:crypto";
import { auditorGrantsOf } from "@daybook/policy";
import { canonicalSearch } from "@daybook/query";
import type { Filter } from "@daybook/query";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";
import { record } from "../record.ts";
import { defineRead } from "../verb.ts";
import { askedQuery, askerOf, listEvents } from "./search.ts";
import type { LogQuery } from "./search.ts";
import { viewLog } from "./view-log.ts";

/** One entry in the log for each query of a reader in so long a time. */
const windowMs = 600_000;
/** The page waits no longer than this for its entry; the entry is written all the same. */
const waitMaxMs = 250;
/** What was asked is told in so many characters; lists of a filter can be far longer. */
const wordsLengthMax = 2_000;
/** Of each process; who is forgotten is told again by the database. */
const rememberedMax = 10_000;

/**
 * A page of the log as the console lists it: who opens one is in the log, with what they asked for, whichever page it is. A cursor is no secret, so
 * whoever makes one up begins with any page.
 */
export const openLogPage = defineRead({
  ...listEvents,
  name: "events.open",
  async run(platform, context, input) {
    // What is refused is not opened.
    const log = await viewLog(platform, context, input.teamId);
    log.within(askedQuery(input, askerOf(context)));
    await recordOpened(platform, context, input);
    return listEvents.run(platform, context, input);
  },
});

export interface Question {
  query: string;
  from?: string;
  to?: string;
}

/** What a filter asks for, as the log tells it. */
export function questionIn(filter: Filter): Question {
  const { from, to } = filter;
  const query = wordsOf(filter) || "all events";
  return {
    query: query.length > wordsLengthMax ? `${query.slice(0, wordsLengthMax).toWellFormed()}…` : query,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}

const wordsOf = ({ q, ...more }: Filter): string => {
  const lists = Object.entries(more).filter(([name, values]) => values !== undefined && name !== "from" && name !== "to");
  return [canonicalSearch(q ?? ""), ...lists.map(([name, values]) => `${name}=${String(values)}`)].filter(Boolean).join(" ");
};

const remembered = new WeakMap<Platform["store"], Set<string>>();

/**
 * Written before the page is read, so that it stands in the page and does not arrive behind it as news. What an auditor reads is in the log already, and who
 * looks through somebody else's eyes as well. The range is not part of what makes a query another one: zooming is no new question.
 */
export async function recordOpened(platform: Platform, context: Context, { filter, logType, teamId }: LogQuery): Promise<void> {
  const { viewer } = context;
  if (viewer.kind !== "member" || context.as || auditorGrantsOf(viewer).length > 0) return;
  const query = wordsOf(filter);
  const window = Math.floor(platform.now().getTime() / windowMs);
  const key = createHash("sha256")
    .update(JSON.stringify([viewer.userId, logType, teamId, query, window]))
    .digest("hex");
  const known = remembered.get(platform.store) ?? new Set<string>();
  remembered.set(platform.store, known);
  if (known.has(`${viewer.organizationId}:${key}`)) return;
  const written = platform.store
    .transaction(viewer.organizationId, (tx) =>
      record(platform, tx, context, {
        action: "audit_log_accessed",
        resource: { type: "audit_log", name: logType === "system" ? "System events" : "User activity" },
        metadata: {
          ...questionIn(filter),
          // It is an act in the organization, and no event of the team's.
          ...(teamId !== undefined && { team_id: teamId }),
        },
        idempotency_key: `opened:${key}`,
      }),
    )
    .then(
      () => {
        if (known.size >= rememberedMax) known.clear();
        known.add(`${viewer.organizationId}:${key}`);
      },
      (error: unknown) => platform.log.error({ error }, "that the log was opened is not in the log"),
    );
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([written, new Promise<void>((done) => (timer = setTimeout(done, waitMaxMs)))]);
  clearTimeout(timer);
}
