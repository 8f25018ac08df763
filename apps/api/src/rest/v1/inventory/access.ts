import { accessOf, getDefaultAccess, myAccess, perform, read, setDefaultAccess } from "@daybook/services";
import type { Context } from "@daybook/services";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { askedPage, defaultAnswer, defaultBody, done, onUser, usesAnswer, usesQuery } from "./schemas.ts";
import { inWireWords, readJson } from "./v1.ts";
import type { V1 } from "./v1.ts";

/** The default of the workspace, and what a member may use by all of it. */
export function accessRoutes(plain: FastifyInstance, { platform, callerOf, security, problemAnswer, commonAnswers }: V1): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const answers = { 400: problemAnswer("A field is not valid."), ...commonAnswers };

  app.get(
    "/v1/default-access",
    {
      schema: {
        operationId: "getDefaultAccess",
        summary: "Read the default access of the workspace",
        description: "What members without access of their own may do with collections. Connections are never given by default.",
        security,
        response: { 200: defaultAnswer, ...answers },
      },
    },
    async (request) => {
      const { access, members, withoutOwn, objects } = await read(platform, callerOf(request).context, getDefaultAccess, {});
      return { access, members, members_without_own_access: withoutOwn, objects: Object.fromEntries(objects.map(({ type, count }) => [type, count])) };
    },
  );
  app.put(
    "/v1/default-access",
    {
      schema: {
        operationId: "putDefaultAccess",
        summary: "Set the default access of the workspace",
        description: "The same request again changes nothing.",
        security,
        body: defaultBody,
        response: { 204: done, ...answers },
      },
    },
    async (request, reply) => {
      await perform(platform, callerOf(request).context, setDefaultAccess, readJson(request, defaultBody));
      return reply.code(204).send(null);
    },
  );
  app.get(
    "/v1/members/:user/access",
    {
      schema: {
        operationId: "listMemberAccess",
        summary: "List what a member may use, and why",
        description: "A workspace token asks for any member; a member's own key for that member alone, as `me`.",
        security,
        params: onUser,
        querystring: usesQuery,
        response: { 200: usesAnswer, 404: problemAnswer("There is no such member."), ...answers },
      },
    },
    async (request) => {
      const { context } = callerOf(request);
      const { user } = request.params;
      const page = { ...askedPage(request.query), type: request.query.type };
      const found = await inWireWords(() =>
        asksForOwn(context, user) ? read(platform, context, myAccess, page) : read(platform, context, accessOf, { ...page, userId: user }),
      );
      const { userId, ...member } = found.member;
      return { member: { user_id: userId, ...member }, groups: found.groups, uses: found.uses, next_cursor: found.nextCursor };
    },
  );
}

const asksForOwn = ({ viewer }: Context, user: string): boolean => viewer.kind === "member_key" && (user === "me" || user === viewer.userId);
