import { Refusal, refusalCodes } from "@daybook/event";
import type { Problem } from "@daybook/event";
import { demand, ingest, openGroupCommit } from "@daybook/services";
import type { AppendThrough, IngestResult, Platform } from "@daybook/services";
import type { FastifyReply, FastifyRequest } from "fastify";
import { problemOf, problemType } from "../../http/problem.ts";
import type { Caller } from "./authenticate.ts";
import { readJson, readLines, withIdempotencyKey } from "./read-items.ts";
import type { ReadItems } from "./read-items.ts";

/** Up to this many events share a commit with other requests; larger batches are worth one of their own. */
const groupedEventsMax = 50;

/** The body's text as the content type parser left it. */
export interface RawBody {
  bytes: Buffer;
  lines: boolean;
}

export function postEvents(platform: Platform) {
  const grouped = openGroupCommit(platform.store);
  const alone: AppendThrough = (organizationId, items) => platform.store.append(organizationId, items);

  return async (request: FastifyRequest, reply: FastifyReply, caller: Caller): Promise<FastifyReply> => {
    await demand(platform, caller.context, { name: "events.ingest", needs: "events:write" });
    const read = readItems(request.body as RawBody | undefined);
    const items = withIdempotencyKey(read, headerOf(request, "idempotency-key"));
    const append = items.length <= groupedEventsMax ? grouped : alone;
    const results = await ingest(platform, caller.context, items, { append, retentionDays: caller.retentionDays });
    return answer(request, reply, { results, single: read.single });
  };
}

const readItems = (body: RawBody | undefined): ReadItems => {
  if (!body) throw new Refusal("malformed_json", "The request has no body.");
  return body.lines ? readLines(body.bytes) : readJson(body.bytes);
};

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(", ") : value;
}

function answer(request: FastifyRequest, reply: FastifyReply, { results, single }: { results: IngestResult[]; single: boolean }): FastifyReply {
  const count = (status: IngestResult["status"]) => results.filter((result) => result.status === status).length;
  const body = { results, created: count("created"), duplicate: count("duplicate"), refused: count("refused") };
  const problems = results.flatMap((result) => (result.status === "refused" ? [result.error] : []));
  const [first] = problems;
  if (!first) return reply.code(200).send(body);
  if (problems.length < results.length) return reply.code(207).send(body);
  const { status, detail } = wholly(problems, first, single);
  return reply
    .code(status)
    .type(problemType)
    .send({ ...problemOf({ code: first.code, message: detail, path: single ? first.path : undefined }, request.id, status), ...body });
}

/** Nothing was stored: one event's own answer, or one for all. */
function wholly(problems: Problem[], first: Problem, single: boolean): { status: number; detail: string } {
  if (single) return { status: refusalCodes[first.code].http, detail: first.message };
  const status = problems.every(({ code }) => code === "idempotency_conflict") ? 409 : 422;
  return { status, detail: `None of ${problems.length} events was stored; \`results\` says why for each. The first: ${first.message}` };
}
