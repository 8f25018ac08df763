import compress from "@fastify/compress";
import helmet from "@fastify/helmet";
import { identifierLengthMax } from "@daybook/event";
import { fastify, LogController } from "fastify";
import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import { authRoutes } from "./auth/auth-routes.ts";
import { oidcRoutes } from "./auth/oidc/oidc-routes.ts";
import { apiReference } from "./docs/api-reference.ts";
import { errorsPage } from "./docs/errors-page.ts";
import { enforceBodyDeadline } from "./http/body-deadline.ts";
import { watchConnections } from "./http/connections.ts";
import { consoleFiles, isPage, page } from "./http/console-files.ts";
import { health } from "./http/health.ts";
import { answerError, problemOf, problemType } from "./http/problem.ts";
import { requestId } from "./http/request-id.ts";
import { logRequests } from "./http/request-log.ts";
import { securityHeaders } from "./http/security-headers.ts";
import { importRoutes } from "./imports/import-routes.ts";
import type { Life } from "./life/life.ts";
import { openapi } from "./rest/openapi.ts";
import { dialectRoutes } from "./rest/dialects/routes.ts";
import { openGate } from "./rest/gate/gate.ts";
import { operatorRoutes } from "./rest/operator/routes.ts";
import { restV1 } from "./rest/v1/routes.ts";
import { serveSyslog } from "./syslog/serve-syslog.ts";
import type { SyslogSettings } from "./syslog/serve-syslog.ts";
import type { Services } from "./trpc/context.ts";
import { trpcRoutes } from "./trpc/trpc-routes.ts";

const headersTimeoutMs = 10_000;
const connectionCheckMs = 5_000;
const headerBytesMax = 16_384;
const consoleBodyBytesMax = 262_144;
const compressedFromBytes = 1_024;
/** Not `text/event-stream`: a compressor would hold events back. */
const compressedTypes = /^(?:application\/(?:problem\+)?json|application\/javascript|text\/(?:css|html|javascript|plain)|image\/svg\+xml)/;

export interface ServerOptions {
  services: Services;
  life: Life;
  log: FastifyBaseLogger;
  webDist: string | undefined;
  trustedProxies: string | undefined;
  requestsPerMinute: number;
  signInsPerMinute: number;
  /** For how long what was found out of a token is believed; a test turns it on. */
  tokenClock?: (() => number) | undefined;
  /** Without it there is no operator's API. */
  operatorToken?: string | undefined;
  syslog?: SyslogSettings | undefined;
}

/** Everything on one origin: REST, the console's procedures, signing in, the console itself, health. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const { services, life, log, webDist } = options;
  const { platform, auth, trustedOrigins } = services;
  const app: FastifyInstance = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestId,
    // What the router refuses comes by no route and no error handler.
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
    trustProxy: options.trustedProxies ?? false,
    bodyLimit: consoleBodyBytesMax,
    requestTimeout: 0,
    forceCloseConnections: "idle",
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: identifierLengthMax },
    http: { headersTimeout: headersTimeoutMs, maxHeaderSize: headerBytesMax, connectionsCheckingInterval: connectionCheckMs },
  });
  logRequests(app);
  enforceBodyDeadline(app);
  app.addHook("onRequest", (request, reply, done) => {
    void reply.header("x-request-id", request.id);
    if (needsDatabase.test(request.url)) {
      void reply.header("cache-control", "no-store");
      life.demandReady();
    }
    done();
  });
  const connections = watchConnections(app.server);
  app.addHook("preClose", async () => {
    // Streams last for as long as their reader stays, so they have to be ended before the server can be.
    await services.tailHub.stop();
    connections.closeUnused();
  });
  app.setErrorHandler(answerError);
  // Not async: every promise that a reply passes through listens twice for its end, and a page would come to 11 listeners, from which on Node warns of a leak.
  app.setNotFoundHandler((request, reply) => {
    if (webDist !== undefined && isPage(request)) return void page(request, reply);
    void reply
      .code(404)
      .type(problemType)
      .send(problemOf({ code: "not_found", message: "There is nothing at this address.", path: undefined }, request.id));
  });
  await app.register(helmet, securityHeaders({ secure: platform.origin.startsWith("https://") }));
  await app.register(compress, { threshold: compressedFromBytes, customTypes: compressedTypes, globalDecompression: false });
  await openapi(app, { origin: platform.origin });
  await app.register(apiReference);
  await app.register(errorsPage);
  await app.register(health({ platform, life }));
  await app.register(authRoutes({ platform, auth, trustedOrigins, signInsPerMinute: options.signInsPerMinute }));
  await app.register(oidcRoutes({ platform, auth, trustedOrigins, signInsPerMinute: options.signInsPerMinute }));
  const { requestsPerMinute, tokenClock } = options;
  const gate = openGate(app, { platform, requestsPerMinute, ...(tokenClock && { clock: tokenClock }) });
  await app.register(restV1({ platform, gate }));
  await app.register(operatorRoutes({ platform, token: options.operatorToken }));
  await app.register(dialectRoutes({ platform, gate }));
  if (options.syslog) serveSyslog(app, { platform, gate, life, settings: options.syslog });
  await app.register(trpcRoutes(services));
  await app.register(importRoutes(services));
  if (webDist !== undefined) await consoleFiles(app, webDist);
  return app;
}

const needsDatabase = /^\/(?:(?:api|trpc|v1|publisher|audit_logs)\/|cloudevents\b)/;
