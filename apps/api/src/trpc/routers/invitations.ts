import { Refusal } from "@daybook/event";
import {
  acceptInvitation,
  boundTo,
  inviteMembers,
  listInvitations,
  lookAtInvitation,
  newPassword,
  parseInput,
  personName,
  reinviteMember,
  resendInvitation,
  revokeInvitation,
} from "@daybook/services";
import type { Platform } from "@daybook/services";
import { z } from "zod";
import { networkOf, openLimiter, TooMany } from "../../http/limiter.ts";
import type { Limiter } from "../../http/limiter.ts";
import { requestOrigin } from "../../http/request-origin.ts";
import { headersOf } from "../../http/web-headers.ts";
import type { RequestContext } from "../context.ts";
import { anyoneProcedure, change, readOf, router } from "../init.ts";

const tokenLengthMax = 256;
const windowMs = 60_000;
/** A page asks once; a whole office may sit behind one address. A guess needs 2^255 of them. */
const requestsPerMinuteMax = 60;

const token = z.string().max(tokenLengthMax);
const acceptance = z.object({ token, account: z.object({ name: personName, password: newPassword }).optional() });
const limiters = new WeakMap<Platform, Limiter>();

/** One share a network for looking and accepting together. */
function takeTurn({ platform, request }: RequestContext): void {
  const limiter = limiters.get(platform) ?? openLimiter({ max: requestsPerMinuteMax, windowMs });
  limiters.set(platform, limiter);
  const waitSeconds = limiter.take(networkOf(request.ip));
  if (waitSeconds > 0) throw new TooMany("Too many requests about invitations.", waitSeconds);
}

export const invitationsRouter = router({
  list: readOf(listInvitations),
  invite: change(inviteMembers),
  reinvite: change(reinviteMember),
  resend: change(resendInvitation),
  revoke: change(revokeInvitation),

  /** What the page behind a link shows, and who is looking at it. */
  look: anyoneProcedure.input(z.object({ token })).query(async ({ ctx, input }) => {
    takeTurn(ctx);
    const offer = await lookAtInvitation(ctx.platform, input.token);
    const found = await ctx.auth.session(headersOf(ctx.request.headers));
    return { ...offer, signedInAs: found ? { name: found.session.person.name, email: found.session.person.email } : null };
  }),

  /** Signed in as the one who was invited, or with a name and a password that make the account. */
  accept: anyoneProcedure
    .input((value) => parseInput(acceptance, value))
    .mutation(async ({ ctx, input }) => {
      takeTurn(ctx);
      const request = requestOrigin(ctx.request);
      const found = await ctx.auth.session(headersOf(ctx.request.headers));
      if (found) {
        const { session } = found;
        const bound = await boundTo(ctx.platform, session);
        const accepted = await acceptInvitation(ctx.platform, {
          token: input.token,
          person: session.person,
          boundTo: bound,
          account: null,
          request: { ...request, session_id: session.id },
        });
        return { ...accepted, signedIn: true };
      }
      // Before the password is hashed, which is made to be slow.
      const offer = await lookAtInvitation(ctx.platform, input.token);
      const chosen = offer.state === "open" && !offer.hasAccount ? (input.account ?? null) : null;
      const account = chosen && { name: chosen.name, passwordHash: await ctx.auth.hashPassword(chosen.password) };
      const accepted = await acceptInvitation(ctx.platform, { token: input.token, person: null, boundTo: null, account, request });
      return { ...accepted, signedIn: chosen !== null && (await signIn(ctx, offer.email, chosen.password)) };
    }),
});

/** The account stands whatever comes of this: an address that was tried too often before it had an account is locked for a while. */
async function signIn(ctx: RequestContext, email: string, password: string): Promise<boolean> {
  try {
    for (const cookie of await ctx.auth.signIn({ email, password }, headersOf(ctx.request.headers), requestOrigin(ctx.request)))
      void ctx.reply.header("set-cookie", cookie);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
