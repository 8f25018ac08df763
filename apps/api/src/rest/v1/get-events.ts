import { Refusal } from "@daybook/event";
import { parseSearch } from "@daybook/query";
import type { Filter } from "@daybook/query";
import { feedEventsByApi, listEventsByApi, read } from "@daybook/services";
import type { Context, Platform } from "@daybook/services";
import type { Caller } from "../gate/authenticate.ts";
import { listLimitMax } from "./schemas.ts";
import type { ListQuery } from "./schemas.ts";

/** With `after_seq` the log as a feed for machines; without, pages for people, newest first. */
export function getEvents(platform: Platform) {
  return async (query: ListQuery, { context }: Caller) => {
    const { after_seq: afterSeq, limit, ...filters } = query;
    return afterSeq === undefined ? page(platform, context, query) : feed(platform, context, { afterSeq, limit, filters });
  };
}

async function feed(platform: Platform, context: Context, { afterSeq, limit, filters }: { afterSeq: number; limit: number | undefined; filters: object }) {
  const [filter] = Object.keys(filters);
  if (filter !== undefined) throw new Refusal("invalid", `\`after_seq\` hands out every event and does not go with \`${filter}\`.`, filter);
  const step = await read(platform, context, feedEventsByApi, { afterSeq, limit });
  return { events: step.events, next_after_seq: step.nextAfterSeq, complete_until: step.completeUntil };
}

async function page(platform: Platform, context: Context, query: ListQuery) {
  if (query.limit !== undefined && query.limit > listLimitMax)
    throw new Refusal("invalid", `Without \`after_seq\` the limit is at most ${listLimitMax}.`, "limit");
  demandUnderstood(query.q ?? "");
  const filter: Filter = {
    q: query.q,
    action: query.action,
    actor: query.actor,
    actorType: query.actor_type,
    resource: query.resource,
    resourceType: query.resource_type,
    team: query.team,
    status: query.status,
    operation: query.operation,
    namespace: query.namespace,
    operationId: query.operation_id,
    from: query.from,
    to: query.to,
  };
  const found = await read(platform, context, listEventsByApi, {
    logType: query.log_type,
    filter,
    cursor: query.cursor,
    limit: query.limit,
    order: query.order,
  });
  return { events: found.events, next_cursor: found.nextCursor, complete_until: found.completeUntil, searched_to: found.searchedTo };
}

/** A program has no line under the word that is wrong, so the sentence says where it stands. */
function demandUnderstood(q: string): void {
  const [problem] = parseSearch(q).problems;
  if (!problem) return;
  const fix = problem.fix ? ` ${problem.fix.label}: \`${problem.fix.text}\`.` : "";
  throw new Refusal("invalid", `${problem.message} (Characters ${problem.from + 1} to ${Math.max(problem.from + 1, problem.to)} of \`q\`.)${fix}`, "q");
}
