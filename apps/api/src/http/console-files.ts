import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** Names of built files carry a hash of their content, so a browser may keep them for ever; the page that names them it may not. */
const assetsFolder = "assets";
const assetMaxAge = "public, max-age=31536000, immutable";
const otherMaxAge = "public, max-age=3600";

/** Paths that belong to programs: an unknown one there is an error, not a page. */
const programPaths = /^\/(?:api|trpc|v1|livez|readyz|healthz|openapi\.json|assets|docs)(?:\/|$)/;

/** The built console. Every other path is one of its pages, which it tells apart itself. */
export async function consoleFiles(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder,
    index: false,
    cacheControl: false,
    // The build lays the compressed forms of a file beside it; what has none is compressed on its way out.
    preCompressed: true,
    setHeaders(response, path) {
      const isAsset = path.startsWith(join(folder, assetsFolder));
      void response.header("cache-control", isAsset ? assetMaxAge : path.endsWith(".html") ? "no-store" : otherMaxAge);
    },
  });
  app.get("/", page);
}

/** Whether an address that no route knows is a page of the console. */
export const isPage = (request: FastifyRequest): boolean =>
  (request.method === "GET" || request.method === "HEAD") && !programPaths.test(new URL(request.url, "http://daybook").pathname) && accepts(request);

export const page = (_request: FastifyRequest, reply: FastifyReply): FastifyReply => reply.sendFile("index.html");

const accepts = (request: FastifyRequest): boolean => /text\/html|\*\/\*/.test(request.headers.accept ?? "*/*");
