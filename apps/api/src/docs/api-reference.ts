import { createHash } from "node:crypto";
import { fastify } from "fastify";
import type { FastifyInstance, FastifyReply } from "fastify";

const prefix = "/docs/api";
/** Its text is 3.8 MB that never change within one version. */
const scriptCache = "public, max-age=86400";

/**
 * The OpenAPI document as pages, at `/docs/api`. The renderer is large and seldom asked for, so it is loaded with the first request. Nothing of it
 * talks to anybody but this server: no fonts, no telemetry, no proxy.
 */
export async function apiReference(app: FastifyInstance): Promise<void> {
  let renderer: Promise<FastifyInstance> | undefined;
  const answer = async (reply: FastifyReply, path: string): Promise<FastifyReply> => {
    renderer ??= openRenderer();
    const { statusCode, headers, rawPayload } = await (await renderer).inject({ method: "GET", url: path });
    const type = String(headers["content-type"]);
    if (type.startsWith("text/html"))
      return reply.code(statusCode).header("content-security-policy", policyFor(rawPayload.toString())).type(type).send(rawPayload);
    return reply.code(statusCode).header("cache-control", scriptCache).type(type).send(rawPayload);
  };
  app.get(prefix, { schema: { hide: true } }, async (_request, reply) => answer(reply, `${prefix}/`));
  app.get(`${prefix}/js/scalar.js`, { schema: { hide: true } }, async (_request, reply) => answer(reply, `${prefix}/js/scalar.js`));
}

async function openRenderer(): Promise<FastifyInstance> {
  const { default: scalar } = await import("@scalar/fastify-api-reference");
  const renderer = fastify();
  await renderer.register(scalar, {
    routePrefix: prefix,
    configuration: {
      url: "/openapi.json",
      pageTitle: "Daybook API",
      cdn: `${prefix}/js/scalar.js`,
      authentication: { preferredSecurityScheme: "token" },
      telemetry: false,
      withDefaultFonts: false,
      hideClientButton: true,
      showDeveloperTools: "never",
      agent: { disabled: true },
      mcp: { disabled: true },
      defaultHttpClient: { targetKey: "shell", clientKey: "curl" },
    },
  });
  return renderer;
}

/** The page starts itself with one script of its own; that very text is allowed and no other. */
function policyFor(html: string): string {
  const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([^]*?)<\/script>/g)].map(
    ([, text = ""]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`,
  );
  return [
    "default-src 'self'",
    `script-src 'self' ${inline.join(" ")}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
