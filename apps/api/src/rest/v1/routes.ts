import type { Readable } from "node:stream";
import type { Platform } from "@daybook/services";
import type { FastifyInstance, FastifyRequest, FastifySchema } from "fastify";
import { validatorCompiler } from "fastify-type-provider-zod";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { authenticateAll } from "../gate/gate.ts";
import type { Gate } from "../gate/gate.ts";
import { getEvents } from "./get-events.ts";
import { tokenRoute } from "./get-token.ts";
import { inventoryRoutes } from "./inventory/routes.ts";
import { memberRoutes } from "./members.ts";
import { operationRoutes } from "./operations.ts";
import { postEvents } from "./post-events.ts";
import type { EventsBody } from "./post-events.ts";
import { sendUnlessUnchanged } from "./unchanged.ts";
import { eventsBody, feedAnswer, ingestAnswer, listQuery, pageAnswer, problem } from "./schemas.ts";

const security = [{ token: [] }];
const problemAnswer = (description: string) => ({ description, content: { "application/problem+json": { schema: problem } } });
const commonAnswers = {
  401: problemAnswer("No valid token."),
  403: problemAnswer("The token does not hold the scope."),
  429: problemAnswer("Too many requests; `Retry-After` says when to come back."),
  503: problemAnswer("Nothing was stored; send the same request again."),
};

/** `/v1`: for programs, with a workspace token. */
export function restV1({ platform, gate }: { platform: Platform; gate: Gate }) {
  return async (plain: FastifyInstance): Promise<void> => {
    const callerOf = authenticateAll(plain, gate);
    const app = plain.withTypeProvider<ZodTypeProvider>();
    // The body is read strictly by its route, event by event; its schema only documents it.
    app.setValidatorCompiler((route) =>
      route.httpPart === "body" ? (value: unknown) => ({ value }) : validatorCompiler(route as Parameters<typeof validatorCompiler>[0]),
    );
    app.setSerializerCompiler(() => (value) => JSON.stringify(value));
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("application/json", async (request: FastifyRequest, payload: Readable): Promise<EventsBody> => ({
      bytes: await gate.readBody(request, payload),
    }));
    // Lines are stored as they come, so a body of lines has no end that it must reach first.
    app.addContentTypeParser(["application/x-ndjson", "application/ndjson"], async (_request: FastifyRequest, payload: Readable): Promise<EventsBody> => ({
      lines: payload,
    }));

    const write = postEvents(platform, gate);
    app.post(
      "/v1/events",
      {
        // A policy for pages says nothing to a program, and building it anew for every event cost a twelfth of the request.
        helmet: false,
        compress: false,
        schema: {
          operationId: "createEvents",
          summary: "Write events",
          description:
            'One event, an array of up to 1,000, `{"events": […]}`, or one event a line (`application/x-ndjson`), as many as you like: lines are stored as they ' +
            "come, and a sender faster than the disk is slowed down. gzip is accepted. Each event is stored or refused for itself; when the answer arrives, what " +
            "it calls created is durable. An answer to more than 1,000 events lists only those that were refused.",
          security,
          consumes: ["application/json", "application/x-ndjson"],
          headers: z.object({
            "idempotency-key": z
              .string()
              .optional()
              .describe("The same key never makes a second event. In a batch, the n-th event (or line) without a key of its own gets `<key>#n`."),
            "daybook-sent-at": z.string().optional().describe("When the request was sent, by the sender's clock: tells how far that clock is off."),
          }),
          querystring: z.strictObject({
            wait: z.enum(["none"]).optional().describe("What the answer waits for beyond the commit. `none` is the default, and all there is today."),
          }),
          body: eventsBody,
          response: {
            200: ingestAnswer.describe("Every event is stored, now or before."),
            207: ingestAnswer.describe("Some events were refused; the others are stored."),
            400: problemAnswer("The body is not JSON."),
            409: problemAnswer("Every event conflicts with its idempotency key."),
            413: problemAnswer("The request is too large."),
            415: problemAnswer("The content type or encoding is not read here."),
            422: problemAnswer("Every event was refused; `results` says why for each."),
            ...commonAnswers,
          },
        } satisfies FastifySchema & { consumes: string[]; operationId: string; summary: string; description: string; security: object[] },
      },
      async (request, reply) => write(request, reply, callerOf(request)),
    );

    const read = getEvents(platform);
    app.get(
      "/v1/events",
      {
        schema: {
          operationId: "listEvents",
          summary: "Read events",
          description:
            "With `after_seq` a feed in the order of commits that skips nothing; without, pages of the log, newest first. Reading is recorded in the log. " +
            "The `ETag` of an answer is that of its events and of where it goes on: sent back as `If-None-Match`, it is answered with 304 and no body as long " +
            "as both are the same. `complete_until` moves on all the while, and both answers carry it in the header `Daybook-Complete-Until`.",
          security,
          querystring: listQuery,
          response: {
            200: z.union([feedAnswer, pageAnswer]).describe("A step of the feed, or a page."),
            304: z.null().describe("The same as what the tag in `If-None-Match` stands for."),
            400: problemAnswer("A parameter is not valid."),
            ...commonAnswers,
          },
        },
      },
      async (request, reply) => sendUnlessUnchanged(request, reply, await read(request.query, callerOf(request))),
    );
    operationRoutes(app, { platform, callerOf, security, problemAnswer, commonAnswers });
    inventoryRoutes(app, { platform, callerOf, security, problemAnswer, commonAnswers });
    memberRoutes(app, { platform, callerOf, security, problemAnswer, commonAnswers });
    tokenRoute(app, { callerOf, security, commonAnswers });
  };
}
