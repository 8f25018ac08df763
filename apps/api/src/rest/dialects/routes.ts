import { createHash } from "node:crypto";
import { dialects, readRequest, tokenOf } from "@daybook/connectors";
import type { Dialect, DialectAnswer, DialectBody, DialectRequest, DialectRoute } from "@daybook/connectors";
import { Refusal, refusalCodes } from "@daybook/event";
import { demand } from "@daybook/services";
import type { Platform } from "@daybook/services";
import { textOf } from "@daybook/store";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { TooMany } from "../../http/limiter.ts";
import { asRefusal } from "../../http/problem.ts";
import type { Caller } from "../gate/authenticate.ts";
import { authenticateAll } from "../gate/gate.ts";
import type { Gate } from "../gate/gate.ts";
import { ingestDialect } from "./ingest-dialect.ts";
import { toItems } from "./to-items.ts";

interface Hosting {
  platform: Platform;
  gate: Gate;
}

const retryAfterSeconds = 1;
const tools = { sha256Hex: (text: string): string => createHash("sha256").update(text).digest("hex") };

/** Mounts every dialect. They share the gate, and so its limits, with `/v1`; each answers, also to what is refused, as its vendor does. */
export const dialectRoutes =
  (hosting: Hosting) =>
  async (app: FastifyInstance): Promise<void> => {
    for (const dialect of dialects) await app.register(oneDialect(dialect, hosting));
  };

const oneDialect =
  (dialect: Dialect, { platform, gate }: Hosting) =>
  async (app: FastifyInstance): Promise<void> => {
    const callerOf = authenticateAll(app, gate, (request) => tokenOf(dialect, request.headers));
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", async (request: FastifyRequest, payload: Parameters<Gate["readBody"]>[1]) => gate.readBody(request, payload));
    app.setErrorHandler(async (error, request, reply) => refuse(dialect, error, request, reply));
    for (const route of dialect.routes)
      app.post(route.path, { helmet: false, schema: { hide: true } as object }, async (request, reply) => {
        const caller = callerOf(request);
        await demand(platform, caller.context, { name: "events.ingest", needs: "events:write" });
        return send(reply, await write(requestOf(request, route), caller));
      });

    async function write(request: DialectRequest, caller: Caller): Promise<DialectAnswer> {
      const reading = dialect.read(request);
      if ("problem" in reading) throw new Refusal(reading.problem.code, reading.problem.message, reading.problem.path);
      const outcomes = await ingestDialect(platform, gate, caller, dialect, toItems(reading.items));
      const entries = reading.items.map(({ record }, at) => ({ record, outcome: outcomes[at] ?? { status: "held" as const } }));
      return dialect.answer(entries, request);
    }
  };

function requestOf(request: FastifyRequest, route: DialectRoute): DialectRequest {
  const contentType = (request.headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (!route.contentType.test(contentType)) throw new Refusal("unsupported_media_type", "The content type is not one that is read here. Send JSON.");
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]));
  const body = bodyOf((request.body as Buffer | undefined) ?? Buffer.alloc(0), contentType);
  return { path: route.path, params: request.params as Record<string, string>, headers, contentType, body, tools };
}

function bodyOf(bytes: Buffer, contentType: string): DialectBody {
  const text = decoded(bytes);
  if (!contentType.endsWith("json")) return text === null || text.includes("\0") ? { base64: bytes.toString("base64") } : { text };
  if (text === null) throw new Refusal("malformed_json", "The body is not valid UTF-8.");
  const read = readRequest(text);
  if ("problem" in read) throw new Refusal(read.problem.code, read.problem.message, read.problem.path);
  return { json: read.body };
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function decoded(bytes: Buffer): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}

/** The vendor's client gets its vendor's shape; what went wrong on our side is told by the request's id alone. */
function refuse(dialect: Dialect, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = asRefusal(error);
  if (!refusal) request.log.error({ error: textOf(error) }, "an answer failed");
  const { code, message, path } = refusal ?? new Refusal("unavailable", "Something went wrong on the server; its log has more under this request's id.");
  const status = refusal ? refusalCodes[code].http : 500;
  if (status === 401) void reply.header("www-authenticate", 'Bearer realm="daybook"');
  if (error instanceof TooMany) void reply.header("retry-after", error.retryAfterSeconds);
  if (status === 503) void reply.header("retry-after", retryAfterSeconds);
  // What is left of a body that was not read to its end would have to be read to keep the connection.
  if (status === 413) void reply.header("connection", "close");
  return send(reply, dialect.refuse({ code, message, ...(path !== undefined && { path }), status, requestId: request.id }));
}

const send = (reply: FastifyReply, { status, body, contentType = "application/json; charset=utf-8" }: DialectAnswer): FastifyReply =>
  reply.code(status).type(contentType).send(JSON.stringify(body));
