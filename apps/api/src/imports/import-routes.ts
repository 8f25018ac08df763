import type { Readable } from "node:stream";
import { Refusal } from "@daybook/event";
import { demand, importRecords } from "@daybook/services";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { bodyCameOn } from "../http/body-deadline.ts";
import { TooMany } from "../http/limiter.ts";
import { demandSameOrigin } from "../http/same-origin.ts";
import type { Services } from "../trpc/context.ts";
import { memberOf } from "../trpc/init.ts";
import { uploadText } from "./upload-text.ts";

/** Each may hold a file of 64 MB, and they share the processor with everybody else's requests. */
const uploadsAtOnceMax = 4;
const retryAfterSeconds = 30;

const query = z.object({
  /** Chosen by the console, which watches the import by it while it still sends. */
  id: z.uuid(),
  vendor: z.string().min(1).max(200),
  file: z.string().min(1).max(500),
});

/**
 * `POST /api/imports?id=…&vendor=…&file=…`: the console sends a file as it is. It is read at the pace at which its events are stored, so a large
 * file holds no more memory than a small one, and answered when all of it is in.
 */
export function importRoutes(services: Services) {
  let uploads = 0;
  return async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
    app.post("/api/imports", async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      demandSameOrigin(request.headers, services.trustedOrigins);
      const { context } = await memberOf(services, request, reply);
      await demand(services.platform, context, { name: "imports.start", needs: "imports:write" });
      const asked = query.safeParse(request.query);
      if (!asked.success) throw new Refusal("invalid", "An import names its `id`, the `vendor` and the `file` in the address.");
      if (uploads >= uploadsAtOnceMax) throw new TooMany("Several files are being imported right now.", retryAfterSeconds);
      uploads += 1;
      try {
        const { id, vendor, file } = asked.data;
        const upload = await uploadText(request.body as Readable, () => bodyCameOn(request));
        const total = Number(request.headers["content-length"] ?? Number.NaN);
        const bytes = { total: Number.isSafeInteger(total) ? total : null, read: upload.read };
        return await reply.send(await importRecords(services.platform, context, { id, vendor, fileName: file, text: upload.text, bytes }));
      } finally {
        uploads -= 1;
      }
    });
  };
}
