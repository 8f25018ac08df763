import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Caller } from "../gate/authenticate.ts";

const tokenAnswer = z
  .object({
    id: z.uuid().describe("The same before and after a rotation."),
    name: z.string(),
    kind: z.enum(["workspace", "member_key"]).describe("`workspace`: a token of the organization. `member_key`: a member's own key."),
    scopes: z.array(z.string()),
    organization: z.object({ id: z.uuid(), name: z.string(), slug: z.string() }),
    service_user: z.object({ id: z.uuid(), name: z.string() }).nullable().describe("Who acts where the token is used, if not the token itself."),
    allowed_cidrs: z.array(z.string()).describe("Networks that it may be used from; without one every address."),
    source: z.string().nullable().describe("What its events carry as their source; null: it is not bound to one."),
    expires_at: z.iso.datetime().nullable().describe("When this secret ends by itself; null: never."),
    rotated: z.boolean().describe("A newer secret has taken the place of this one, which works until it expires."),
  })
  .meta({
    id: "Token",
    examples: [
      {
        id: "01900000-0000-7000-8000-000000000001",
        name: "siem pull",
        kind: "workspace",
        scopes: ["events:read"],
        organization: { id: "01900000-0000-7000-8000-000000000002", name: "Acme", slug: "acme" },
        service_user: null,
        allowed_cidrs: ["203.0.113.0/24"],
        source: null,
        expires_at: "2027-11-21T12:00:00.000Z",
        rotated: false,
      },
    ],
  });

interface TokenRoute {
  callerOf: (request: FastifyRequest) => Caller;
  security: { token: string[] }[];
  commonAnswers: Record<number, object>;
}

/** Whoever holds a token may ask what it is: it takes no scope, and tells nothing of the log. */
export function tokenRoute(plain: FastifyInstance, { callerOf, security, commonAnswers }: TokenRoute): void {
  plain.withTypeProvider<ZodTypeProvider>().get(
    "/v1/token",
    {
      schema: {
        operationId: "getToken",
        summary: "Ask what the token is",
        description: "Its name, kind, scopes, organization and expiry: to check a configuration, and to see that a rotation has reached this place.",
        security,
        response: { 200: tokenAnswer.describe("The token that the request came with."), ...commonAnswers },
      },
    },
    async (request) => told(callerOf(request)),
  );
}

function told({ context: { viewer }, token, organization, boundSource }: Caller): z.infer<typeof tokenAnswer> {
  const { actor } = viewer;
  return {
    id: token.tokenId,
    name: token.name,
    kind: token.kind,
    scopes: token.scopes,
    organization,
    service_user: actor.type === "service_user" && actor.id !== undefined ? { id: actor.id, name: actor.name ?? "" } : null,
    allowed_cidrs: token.allowedCidrs,
    source: boundSource,
    expires_at: token.expiresAt,
    rotated: token.rotated,
  };
}
