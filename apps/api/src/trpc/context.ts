import type { Context, OrganizationStarter, Platform } from "@daybook/services";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Auth, Session } from "../auth/session.ts";
import type { SetupToken } from "../auth/setup-token.ts";
import type { TailHub } from "./tail-hub.ts";

/** What every procedure may use; made once per process. */
export interface Services {
  platform: Platform;
  auth: Auth;
  setupToken: SetupToken;
  tailHub: TailHub;
  starters: readonly OrganizationStarter[];
  /** Origins whose pages may change something. */
  trustedOrigins: ReadonlySet<string>;
}

/** One request, before anybody has asked who sent it. */
export interface RequestContext extends Services {
  request: FastifyRequest;
  reply: FastifyReply;
  /** As the client states it: a header, or for a stream a parameter of its connection. */
  organizationId: string | null;
}

export interface SignedInContext extends RequestContext {
  session: Session;
}

export interface MemberContext extends SignedInContext {
  /** The viewer in the organization that the request names. */
  context: Context;
}
