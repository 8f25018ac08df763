import type { Platform } from "@daybook/services";
import type { FastifyInstance, FastifyRequest, FastifySchema } from "fastify";
import { validatorCompiler } from "fastify-type-provider-zod";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { openAuthenticator } from "./authenticate.ts";
import type { Caller } from "./authenticate.ts";
import { getEvents } from "./get-events.ts";
import { postEvents } from "./post-events.ts";
import type { RawBody } from "./post-events.ts";
import { openBodyBudget, readBody } from "./read-body.ts";
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
export function restV1({ platform, requestsPerMinute }: { platform: Platform; requestsPerMinute: number }) {
  return async (plain: FastifyInstance): Promise<void> => {
    const authenticator = openAuthenticator(platform, { requestsPerMinute });
    const callers = new WeakMap<FastifyRequest, Caller>();
    const callerOf = (request: FastifyRequest): Caller => {
      const caller = callers.get(request);
      if (!caller) throw new Error("every request of /v1 is authenticated before its handler");
      return caller;
    };
    const app = plain.withTypeProvider<ZodTypeProvider>();
    // The body is read strictly by its route, event by event; its schema only documents it.
    app.setValidatorCompiler((route) =>
      route.httpPart === "body" ? (value: unknown) => ({ value }) : validatorCompiler(route as Parameters<typeof validatorCompiler>[0]),
    );
    app.setSerializerCompiler(() => (value) => JSON.stringify(value));
    app.removeAllContentTypeParsers();
    const budget = openBodyBudget();
    const shares = new WeakMap<FastifyRequest, number>();
    const parse =
      (lines: boolean) =>
      async (request: FastifyRequest, payload: Parameters<typeof readBody>[0]): Promise<RawBody> => {
        const take = (bytes: number) => {
          budget.take(bytes);
          shares.set(request, (shares.get(request) ?? 0) + bytes);
        };
        return { bytes: await readBody(payload, request.headers, take), lines };
      };
    app.addContentTypeParser("application/json", parse(false));
    app.addContentTypeParser(["application/x-ndjson", "application/ndjson"], parse(true));
    // Before the body is read: who may not write does not get to send megabytes.
    app.addHook("onRequest", async (request) => void callers.set(request, await authenticator.authenticate(request)));
    app.addHook("onResponse", async (request) => budget.giveBack(shares.get(request) ?? 0));
    app.addHook("onClose", () => authenticator.close());

    const write = postEvents(platform);
    app.post(
      "/v1/events",
      {
        // A policy for pages says nothing to a program, and building it anew for every event cost a twelfth of the request.
        helmet: false,
        schema: {
          operationId: "createEvents",
          summary: "Write events",
          description:
            'One event, an array, `{"events": […]}`, or one event a line (`application/x-ndjson`); gzip is accepted. Each event is stored or refused for itself; ' +
            "when the answer arrives, what it calls created is durable.",
          security,
          consumes: ["application/json", "application/x-ndjson"],
          headers: z.object({ "idempotency-key": z.string().min(1).max(256).optional() }),
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
            "With `after_seq` a feed in the order of commits that skips nothing; without, pages of the log, newest first. Reading is recorded in the log.",
          security,
          querystring: listQuery,
          response: {
            200: z.union([feedAnswer, pageAnswer]).describe("A step of the feed, or a page."),
            400: problemAnswer("A parameter is not valid."),
            ...commonAnswers,
          },
        },
      },
      async (request) => read(request.query, callerOf(request)),
    );
  };
}
