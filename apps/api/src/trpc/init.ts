import { Refusal } from "@daybook/event";
import { memberViewer, perform, read } from "@daybook/services";
import type { ChangeDefinition, Context, ReadDefinition } from "@daybook/services";
import { initTRPC } from "@trpc/server";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { requestOrigin } from "../http/request-origin.ts";
import { headersOf } from "../http/web-headers.ts";
import type { MemberContext, RequestContext, Services, SignedInContext } from "./context.ts";
import { asTrpcError, refusalIn, tellError } from "./errors.ts";
import { demandSameOrigin } from "../http/same-origin.ts";

const pingEveryMs = 15_000;
/** A stream is cut after this, and the client comes back with its place: so who lost access stops seeing events, and nothing is held for ever. */
const streamLastsMs = 300_000;

const t = initTRPC.context<RequestContext>().create({
  errorFormatter: ({ shape, error, ctx }) => tellError(shape, error, ctx?.request.id ?? null),
  sse: { ping: { enabled: true, intervalMs: pingEveryMs }, maxDurationMs: streamLastsMs, client: { reconnectAfterInactivityMs: 3 * pingEveryMs } },
});

export const router = t.router;

const guarded = t.procedure.use(async ({ ctx, type, next }) => {
  if (type === "mutation") {
    try {
      demandSameOrigin(ctx.request.headers, ctx.trustedOrigins);
    } catch (error) {
      throw told(error);
    }
  }
  const result = await next();
  if (result.ok) return result;
  const refusal = refusalIn(result.error);
  throw refusal ? asTrpcError(refusal) : result.error;
});

/** For those who are not signed in yet: setting up, and asking whether one is signed in. */
export const anyoneProcedure = guarded;

/** For a person, in no organization yet. */
const personProcedure = guarded.use(async ({ ctx, next }) => next({ ctx: await signedIn(ctx) }));

/** For a member of the organization that the request names; everything but setting up is built on it. */
export const memberProcedure = personProcedure.use(async ({ ctx, next }) => next({ ctx: await inOrganization(ctx) }));

/** A verb that changes something, as a mutation. The verb checks the grant first and parses its own input, so nothing is parsed before it. */
export const change = <Input, Result, Raw>(verb: ChangeDefinition<Input, Result, Raw>) =>
  memberProcedure.input(unparsed<Raw>()).mutation(({ ctx, input }) => perform(ctx.platform, ctx.context, verb, input));

/** A verb that only reads, as a query. */
export const readOf = <Input, Result, Raw>(verb: ReadDefinition<Input, Result, Raw>) =>
  memberProcedure.input(unparsed<Raw>()).query(({ ctx, input }) => read(ctx.platform, ctx.context, verb, input));

/** The client's type for an input that the verb behind it parses. */
const unparsed =
  <Raw>() =>
  (value: unknown): Raw =>
    value as Raw;

const told = (error: unknown) => (error instanceof Refusal ? asTrpcError(error) : error);

/** The member behind a request that is no procedure, such as an upload. */
export async function memberOf(services: Services, request: FastifyRequest, reply: FastifyReply): Promise<MemberContext> {
  const header = request.headers["x-daybook-organization"];
  return inOrganization(await signedIn({ ...services, request, reply, organizationId: (Array.isArray(header) ? header[0] : header) ?? null }));
}

async function signedIn(ctx: RequestContext): Promise<SignedInContext> {
  const found = await ctx.auth.session(headersOf(ctx.request.headers));
  if (!found) throw new Refusal("unauthenticated", "You are signed out. Sign in again.");
  for (const cookie of found.cookies) void ctx.reply.header("set-cookie", cookie);
  return { ...ctx, session: found.session };
}

async function inOrganization(ctx: SignedInContext): Promise<MemberContext> {
  const organizationId = z.uuid().safeParse(ctx.organizationId);
  if (!organizationId.success) throw new Refusal("invalid", "The request must name an organization in the header `x-daybook-organization`.");
  const viewer = await memberViewer(ctx.platform, ctx.session.person, organizationId.data);
  const context: Context = { viewer, origin: "interface", request: { ...requestOrigin(ctx.request), session_id: ctx.session.id } };
  return { ...ctx, context };
}
