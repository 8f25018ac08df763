import { Refusal } from "@daybook/event";
import { textOf } from "@daybook/store";
import { fastifyTRPCPlugin } from "@trpc/server/adapters/fastify";
import type { FastifyTRPCPluginOptions } from "@trpc/server/adapters/fastify";
import type { FastifyInstance } from "fastify";
import { appRouter } from "./app-router.ts";
import type { AppRouter } from "./app-router.ts";
import type { Services } from "./context.ts";
import { isOurFault } from "./errors.ts";

/** The beginning of a file, 512 Ki characters, as a JSON text of at most twice as many bytes and a mapping beside it. */
const previewBodyBytesMax = 2_097_152;
/** What every other procedure is content with. */
const bodyBytesMax = 262_144;

/** `/trpc`: for the console. One procedure a request, so that one slow panel never holds up another. */
export function trpcRoutes(services: Services) {
  return async (app: FastifyInstance): Promise<void> => {
    const trpcOptions: FastifyTRPCPluginOptions<AppRouter>["trpcOptions"] = {
      router: appRouter,
      allowBatching: false,
      createContext: ({ req, res, info }) => {
        const header = req.headers["x-daybook-organization"];
        // A browser's stream cannot carry a header of its own.
        const parameter = info.connectionParams?.["organization"];
        return { ...services, request: req, reply: res, organizationId: (Array.isArray(header) ? header[0] : header) ?? parameter ?? null };
      },
      onError({ error, path, req }) {
        if (isOurFault(error)) req.log.error({ path, error: textOf(error.cause ?? error) }, "a procedure failed");
      },
    };
    app.addHook("onRoute", (route) => {
      route.bodyLimit = previewBodyBytesMax;
    });
    app.addHook("onRequest", async ({ headers, url }) => {
      if (Number(headers["content-length"] ?? 0) > bodyBytesMax && !url.startsWith("/trpc/imports.preview"))
        throw new Refusal("batch_too_large", `The request has more than ${bodyBytesMax} bytes.`);
    });
    await app.register(fastifyTRPCPlugin, { prefix: "/trpc", trpcOptions });
  };
}
