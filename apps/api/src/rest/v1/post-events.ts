import type { Readable } from "node:stream";
import { Refusal, refusalCodes } from "@daybook/event";
import type { Problem } from "@daybook/event";
import { demand, ingest } from "@daybook/services";
import type { Platform } from "@daybook/services";
import type { FastifyReply, FastifyRequest } from "fastify";
import { bodyCameOn } from "../../http/body-deadline.ts";
import { drainAfterAnswer } from "../../http/drain.ts";
import { asRefusal, problemOf, problemType } from "../../http/problem.ts";
import { requestOrigin } from "../../http/request-origin.ts";
import { bearerToken } from "../gate/authenticate.ts";
import type { Caller } from "../gate/authenticate.ts";
import type { Gate } from "../gate/gate.ts";
import { openBody } from "../gate/open-body.ts";
import { ingestLines } from "./ingest-lines.ts";
import type { SenderClock } from "./ingest-lines.ts";
import { readIdempotencyKey, readJson, withIdempotencyKey } from "./read-items.ts";
import { openTally } from "./tally.ts";
import type { Tally } from "./tally.ts";

/** A body as the content type parser left it: whole, or lines that are still to come. */
export type EventsBody = { bytes: Buffer } | { lines: Readable };

export function postEvents(platform: Platform, gate: Gate) {
  return async (request: FastifyRequest, reply: FastifyReply, caller: Caller): Promise<FastifyReply> => {
    await demand(platform, caller.context, { name: "events.ingest", needs: "events:write" });
    const body = request.body as EventsBody | undefined;
    if (!body) throw new Refusal("malformed_json", "The request has no body.");
    const senderNow = senderClock(headerOf(request, "daybook-sent-at"), reply);
    return "bytes" in body ? whole(request, reply, caller, { bytes: body.bytes, senderNow }) : streamed(request, reply, { lines: body.lines, senderNow });
  };

  async function whole(request: FastifyRequest, reply: FastifyReply, caller: Caller, { bytes, senderNow }: { bytes: Buffer; senderNow: SenderClock }) {
    const read = readJson(bytes);
    const items = withIdempotencyKey(read, headerOf(request, "idempotency-key"));
    const { tally, add } = openTally();
    const { retentionDays, boundSource } = caller;
    const options = { append: gate.appendOf(items.length), retentionDays, source: boundSource ?? undefined, sentAt: senderNow() };
    add(await ingest(platform, caller.context, items, options));
    return answer(request, reply, tally, { single: read.single });
  }

  async function streamed(request: FastifyRequest, reply: FastifyReply, { lines, senderNow }: { lines: Readable; senderNow: SenderClock }) {
    const { tally, add } = openTally();
    const stream = {
      chunks: watched(request, openBody(lines, request.headers)),
      idempotencyKey: readIdempotencyKey(headerOf(request, "idempotency-key"), { single: false }),
      senderNow,
      callerNow: () => gate.authenticator.authenticate({ token: bearerToken(request), origin: requestOrigin(request) }),
    };
    try {
      await ingestLines(platform, gate, stream, add);
    } catch (error) {
      drainAfterAnswer(lines, reply.raw);
      return brokenOff(request, reply, { error, tally });
    }
    return answer(request, reply, tally, { single: false });
  }
}

/** Tells the deadline of bodies that this one comes on. */
async function* watched(request: FastifyRequest, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    bodyCameOn(request);
    yield chunk;
    // However long the disk took meanwhile, the producer was not to blame.
    bodyCameOn(request);
  }
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(", ") : value;
}

/**
 * The producer's clock, by what the request's head says of it. It goes on while the body comes and is stored: a stream of an hour would otherwise
 * read as a clock that is an hour behind.
 */
function senderClock(header: string | undefined, reply: FastifyReply): SenderClock {
  if (header === undefined) return () => undefined;
  const sentAt = Date.parse(header);
  if (Number.isNaN(sentAt)) throw new Refusal("invalid", "`Daybook-Sent-At` must be an instant such as `2026-11-21T12:00:00.000Z`.", "Daybook-Sent-At");
  return () => new Date(Math.min(instantMaxMs, sentAt + reply.elapsedTime));
}

/** The last instant that a `Date` can hold. */
const instantMaxMs = 8.64e15;

function answer(request: FastifyRequest, reply: FastifyReply, tally: Tally, { single }: { single: boolean }): FastifyReply {
  const problems = tally.results.flatMap((result) => (result.status === "refused" ? [result.error] : []));
  const [first] = problems;
  if (!first) return reply.code(200).send(told(tally));
  if (tally.created + tally.duplicate > 0) return reply.code(207).send(told(tally));
  const { status, detail } = wholly(problems, first, { single, refused: tally.refused });
  return reply
    .code(status)
    .type(problemType)
    .send({ ...problemOf({ code: first.code, message: detail, path: single ? first.path : undefined }, request.id, status), ...told(tally) });
}

/** Nothing was stored: one event's own answer, or one for all. */
function wholly(problems: Problem[], first: Problem, { single, refused }: { single: boolean; refused: number }): { status: number; detail: string } {
  if (single) return { status: refusalCodes[first.code].http, detail: first.message };
  const status = problems.every(({ code }) => code === "idempotency_conflict") ? 409 : 422;
  return { status, detail: `None of ${refused} events was stored; \`results\` says why for each. The first: ${first.message}` };
}

/** What was counted is durable; the sender learns how far it came. */
function brokenOff(request: FastifyRequest, reply: FastifyReply, { error, tally }: { error: unknown; tally: Tally }): FastifyReply {
  const refusal = asRefusal(error);
  const read = tally.created + tally.duplicate + tally.refused;
  if (!refusal || read === 0) throw error;
  const message = `${refusal.message} The first ${read} events were taken before that; with an idempotency key the whole stream can be sent again.`;
  const problem = problemOf({ code: refusal.code, message, path: refusal.path }, request.id);
  return reply
    .code(problem.status)
    .type(problemType)
    .send({ ...problem, ...told(tally) });
}

/** Only where something is left out is that said. */
const told = ({ results_omitted, ...tally }: Tally) => ({ ...tally, ...(results_omitted > 0 && { results_omitted }) });
