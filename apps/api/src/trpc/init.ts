import { Refusal } from "@daybook/event";
import { borrowView, demand, noteActivity, perform, performOnAccount, read, sessionViewer } from "@daybook/services";
import type { AccountChange, ChangeDefinition, Context, ReadDefinition } from "@daybook/services";
import { initTRPC } from "@trpc/server";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { openLimiter } from "../http/limiter.ts";
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

/** A member's presence is noted this often. */
const seen = openLimiter({ max: 1, windowMs: 300_000 });

export const router = t.router;

const guarded = t.procedure.use(async ({ ctx, type, next }) => {
  if (type === "mutation") {
    try {
      demandOwnEyes(ctx);
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

/** A change of one's own account, as a mutation. */
export const changeOfAccount = <Input, Ready, Result, Raw>(verb: AccountChange<Input, Ready, Result, Raw>) =>
  memberProcedure.input(unparsed<Raw>()).mutation(({ ctx, input }) => {
    const { person, id: sessionId } = ctx.session;
    return performOnAccount(ctx.platform, ctx.context, { person, sessionId, request: ctx.context.request, keys: ctx.auth.keys }, verb, input);
  });

/** A verb that reads the log, also as somebody else would see it. Only these heed the wish: everything else answers to who asks. */
export const logRead = <Input, Result, Raw>(verb: ReadDefinition<Input, Result, Raw>) =>
  memberProcedure.input(unparsed<Raw>()).query(async ({ ctx, input }) => read(ctx.platform, await throughBorrowedEyes(ctx), verb, input));

/** A verb that only reads, as a query. */
export const readOf = <Input, Result, Raw>(verb: ReadDefinition<Input, Result, Raw>) =>
  memberProcedure.input(unparsed<Raw>()).query(({ ctx, input }) => read(ctx.platform, ctx.context, verb, input));

/** The client's type for an input that the verb behind it parses. */
const unparsed =
  <Raw>() =>
  (value: unknown): Raw =>
    value as Raw;

const told = (error: unknown) => (error instanceof Refusal ? asTrpcError(error) : error);

/** The member behind a request that is no procedure and changes something, such as an upload. */
export async function memberOf(services: Services, request: FastifyRequest, reply: FastifyReply): Promise<MemberContext> {
  demandOwnEyes({ request });
  const header = request.headers["x-daybook-organization"];
  return inOrganization(await signedIn({ ...services, request, reply, organizationId: (Array.isArray(header) ? header[0] : header) ?? null }));
}

/** The header names whose eyes. Nothing is changed through them: a change that carries it is refused. */
const borrowedEyes = ({ request }: Pick<RequestContext, "request">): string | null => {
  const header = request.headers["x-daybook-as"];
  return (Array.isArray(header) ? header[0] : header) ?? null;
};

function demandOwnEyes(ctx: Pick<RequestContext, "request">): void {
  if (borrowedEyes(ctx) !== null) throw new Refusal("forbidden", "Nothing can be changed while you see the log as somebody else would.");
}

export async function throughBorrowedEyes(ctx: MemberContext): Promise<Context> {
  const wanted = borrowedEyes(ctx);
  if (wanted === null) return ctx.context;
  const userId = z.uuid().safeParse(wanted);
  if (!userId.success) throw new Refusal("invalid", "The header `x-daybook-as` must hold the id of a member.");
  await demand(ctx.platform, ctx.context, { name: "access.simulate", needs: "events:simulate" });
  return { ...ctx.context, as: await borrowView(ctx.platform, ctx.context, userId.data) };
}

/** The same request with its session and its person's standing as they are now: for answers that last. */
export async function asOfNow(ctx: MemberContext): Promise<Context> {
  const found = await ctx.auth.session(headersOf(ctx.request.headers));
  if (!found) throw signedOut();
  return (await inOrganization({ ...ctx, session: found.session })).context;
}

const signedOut = () => new Refusal("unauthenticated", "You are signed out. Sign in again.");

async function signedIn(ctx: RequestContext): Promise<SignedInContext> {
  const found = await ctx.auth.session(headersOf(ctx.request.headers));
  if (!found) throw signedOut();
  for (const cookie of found.cookies) void ctx.reply.header("set-cookie", cookie);
  return { ...ctx, session: found.session };
}

async function inOrganization(ctx: SignedInContext): Promise<MemberContext> {
  const organizationId = z.uuid().safeParse(ctx.organizationId);
  if (!organizationId.success) throw new Refusal("invalid", "The request must name an organization in the header `x-daybook-organization`.");
  const viewer = await sessionViewer(ctx.platform, ctx.session, organizationId.data);
  if (seen.take(`${organizationId.data}:${viewer.userId}`) === 0)
    await noteActivity(ctx.platform, { organizationId: organizationId.data, userId: viewer.userId });
  const context: Context = { viewer, origin: "interface", request: { ...requestOrigin(ctx.request), session_id: ctx.session.id } };
  return { ...ctx, context };
}
