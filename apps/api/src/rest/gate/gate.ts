import { openGroupCommit } from "@daybook/services";
import type { AppendThrough, Platform } from "@daybook/services";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { requestOrigin } from "../../http/request-origin.ts";
import { bearerToken, openAuthenticator } from "./authenticate.ts";
import type { Authenticator, AuthenticatorOptions, Caller } from "./authenticate.ts";
import { brokeOff, openBodyBudget, readBody } from "./read-body.ts";
import type { BodyBudget } from "./read-body.ts";

/** Up to this many events share a commit with other requests; larger batches are worth one of their own. */
const groupedEventsMax = 50;

/** What every way in for programs shares, so that its limits hold for all of them together. */
export interface Gate {
  authenticator: Authenticator;
  /** How a request of so many events reaches the log. */
  appendOf(events: number): AppendThrough;
  /** What the bodies under way may take together. */
  budget: BodyBudget;
  /** Reads a body within the bounds; what it takes is given back when the request is answered. */
  readBody(request: FastifyRequest, payload: Parameters<typeof readBody>[0]): Promise<Buffer>;
}

export function openGate(app: FastifyInstance, { platform, ...options }: { platform: Platform } & AuthenticatorOptions): Gate {
  const authenticator = openAuthenticator(platform, options);
  const budget = openBodyBudget();
  const shares = new WeakMap<FastifyRequest, number>();
  const grouped = openGroupCommit(platform.store);
  const alone: AppendThrough = (organizationId, items) => platform.store.append(organizationId, items);
  app.addHook("onRequest", (request, reply, done) => {
    // `onResponse` does not come for a connection that broke; the end of the response does.
    shares.set(request, 0);
    reply.raw.once("close", () => {
      budget.giveBack(shares.get(request) ?? 0);
      shares.delete(request);
    });
    done();
  });
  app.addHook("onClose", () => authenticator.close());
  return {
    authenticator,
    budget,
    appendOf: (events) => (events <= groupedEventsMax ? grouped : alone),
    readBody: (request, payload) =>
      readBody(payload, request.headers, (bytes) => {
        const share = shares.get(request);
        // A producer that went away while its gzip was opened has given back its share; what it took now, nobody would.
        if (share === undefined) throw brokeOff();
        budget.take(bytes);
        shares.set(request, share + bytes);
      }),
  };
}

/** Authenticates every request of a plugin before its body is read: who may not write does not get to send megabytes. */
export function authenticateAll(
  app: FastifyInstance,
  gate: Gate,
  tokenOf: (request: FastifyRequest) => string = bearerToken,
): (request: FastifyRequest) => Caller {
  const callers = new WeakMap<FastifyRequest, Caller>();
  app.addHook("onRequest", async (request) => {
    callers.set(request, await gate.authenticator.authenticate({ token: tokenOf(request), origin: requestOrigin(request) }));
  });
  return (request) => {
    const caller = callers.get(request);
    if (!caller) throw new Error("every request of the plugin is authenticated before its handler");
    return caller;
  };
}
