import type { FastifyInstance, FastifyRequest } from "fastify";

/** One line for each answer, without query (it can hold a filter, a cursor or the setup token), body, cookie, or token in the path. */
export function logRequests(app: FastifyInstance): void {
  app.addHook("onResponse", (request, reply, done) => {
    // A probe that hears "not yet" is no error: that is what it asks for.
    const failed = reply.statusCode >= 500 && !isProbe.test(request.url);
    const level = failed ? "error" : reply.statusCode >= 400 ? "info" : "debug";
    request.log[level](
      { method: request.method, path: pathOf(request), status: reply.statusCode, ms: Math.round(reply.elapsedTime * 10) / 10, ip: request.ip },
      "answered",
    );
    done();
  });
}

const isProbe = /^\/(?:livez|readyz|healthz)\b/;
/** What stands where the page of an invitation, or of a new password, has the secret that opens it. However the path is spelled: nothing else is this long. */
const secretInPath = /[A-Za-z0-9_-]{43,}/g;
const pathOf = (request: FastifyRequest): string => (request.url.split("?", 1)[0] ?? "").replaceAll(secretInPath, "…");
