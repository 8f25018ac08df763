import type { SharedKind } from "@daybook/policy";
import { memberRef, perform, putAccess, read, sharedVerbs, thingRef } from "@daybook/services";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { z } from "zod";
import { putNamed } from "./put-named.ts";
import {
  accessBody,
  askedPage,
  done,
  made,
  newObject,
  object,
  objectAndGroup,
  objectAndUser,
  objectChange,
  objectGroups,
  objectListOf,
  objectMembers,
  onObject,
  pageQuery,
  whoAnswer,
} from "./schemas.ts";
import { inWireWords, readJson } from "./v1.ts";
import type { V1 } from "./v1.ts";

/** One kind of thing, and who may use it: `/v1/collections`, `/v1/connections`. */
export function sharedObjectRoutes(
  plain: FastifyInstance,
  { platform, callerOf, security, problemAnswer, commonAnswers }: V1,
  kind: SharedKind & { area: keyof typeof sharedVerbs },
): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const verbs = sharedVerbs[kind.area];
  const { area, noun, nouns } = kind;
  const one = capital(noun);
  const answers = { 400: problemAnswer("A field is not valid."), 404: problemAnswer(`There is no such ${noun}, member or group.`), ...commonAnswers };
  const taken = problemAnswer(`Another ${noun} has the name or the external id.`);

  app.get(
    `/v1/${area}`,
    {
      schema: {
        operationId: `list${capital(nouns)}`,
        summary: `List ${nouns}`,
        description: "By name.",
        security,
        querystring: pageQuery,
        response: { 200: objectListOf(area), ...answers },
      },
    },
    async (request) => {
      const page = await inWireWords(() => read(platform, callerOf(request).context, verbs.list, askedPage(request.query)));
      return { [area]: page.objects.map(told), next_cursor: page.nextCursor };
    },
  );
  app.post(
    `/v1/${area}`,
    {
      schema: {
        operationId: `create${one}`,
        summary: `Create a ${noun}`,
        description: `A name, or an external id, that another ${noun} has is a conflict. To say how it shall be, whether it exists or not, use PUT.`,
        security,
        body: newObject,
        response: { 201: made, 409: taken, ...answers },
      },
    },
    async (request, reply) => {
      const { external_id: externalId, ...body } = readJson(request, newObject);
      const { id } = await inWireWords(() => perform(platform, callerOf(request).context, verbs.create, { ...body, externalId }));
      return reply.code(201).send({ id });
    },
  );
  app.get(
    `/v1/${area}/:id`,
    { schema: { operationId: `get${one}`, summary: `Read a ${noun}`, security, params: onObject, response: { 200: object, ...answers } } },
    async (request) => told(await read(platform, callerOf(request).context, verbs.get, { objectId: request.params.id })),
  );
  app.put(
    `/v1/${area}/:id`,
    {
      schema: {
        operationId: `put${one}`,
        summary: `Change a ${noun}, or make sure that it exists`,
        description: `Fields that are left out stay. A ${noun} named as \`external:…\` is created when there is none. The same request again changes nothing.`,
        security,
        params: onObject,
        body: objectChange,
        response: { 200: made, 201: made, 409: taken, ...answers },
      },
    },
    async (request, reply) => {
      const { context } = callerOf(request);
      const ref = request.params.id;
      const body = readJson(request, objectChange);
      const { id, created } = await inWireWords(() =>
        putNamed(ref, {
          update: () => perform(platform, context, verbs.update, { objectId: ref, ...body }),
          create: (externalId) => perform(platform, context, verbs.create, { ...body, externalId }),
        }),
      );
      return reply.code(created ? 201 : 200).send({ id });
    },
  );
  app.delete(
    `/v1/${area}/:id`,
    {
      schema: {
        operationId: `delete${one}`,
        summary: `Delete a ${noun}`,
        description: "All access to it goes with it.",
        security,
        params: onObject,
        response: { 204: done, ...answers },
      },
    },
    async (request, reply) => {
      await perform(platform, callerOf(request).context, verbs.delete, { objectId: request.params.id });
      return reply.code(204).send(null);
    },
  );
  app.get(
    `/v1/${area}/:id/access`,
    {
      schema: {
        operationId: `whoMayUse${one}`,
        summary: `List who may use a ${noun}, and why`,
        description: "Everybody who may use it by access of their own, by a group, or by the default of the workspace; the strongest counts.",
        security,
        params: onObject,
        querystring: pageQuery,
        response: { 200: whoAnswer, ...answers },
      },
    },
    async (request) => {
      const asked = { objectId: request.params.id, ...askedPage(request.query) };
      const page = await inWireWords(() => read(platform, callerOf(request).context, verbs.who, asked));
      const users = page.users.map(({ userId, name, email, access, by, group, reason }) => ({ user_id: userId, name, email, access, by, group, reason }));
      return { users, total: page.total, default_access: page.byDefault, next_cursor: page.nextCursor };
    },
  );
  app.get(
    `/v1/${area}/:id/members`,
    {
      schema: {
        operationId: `list${one}Members`,
        summary: `List members with access of their own to a ${noun}`,
        security,
        params: onObject,
        querystring: pageQuery,
        response: { 200: objectMembers, ...answers },
      },
    },
    async (request) => {
      const asked = { objectId: request.params.id, ...askedPage(request.query) };
      const page = await inWireWords(() => read(platform, callerOf(request).context, verbs.members, asked));
      const members = page.members.map(({ userId, addedAt, ...member }) => ({ user_id: userId, ...member, added_at: addedAt }));
      return { members, next_cursor: page.nextCursor };
    },
  );
  app.get(
    `/v1/${area}/:id/groups`,
    {
      schema: {
        operationId: `list${one}Groups`,
        summary: `List groups with access to a ${noun}`,
        security,
        params: onObject,
        querystring: pageQuery,
        response: { 200: objectGroups, ...answers },
      },
    },
    async (request) => {
      const asked = { objectId: request.params.id, ...askedPage(request.query) };
      const page = await inWireWords(() => read(platform, callerOf(request).context, verbs.groups, asked));
      const groups = page.groups.map(({ groupId, addedAt, ...group }) => ({ group_id: groupId, ...group, added_at: addedAt }));
      return { groups, next_cursor: page.nextCursor };
    },
  );

  const putSchema = { description: "Adds it, or changes what stands. The same request again changes nothing.", security, body: accessBody };
  app.put(
    `/v1/${area}/:id/members/:user`,
    {
      schema: {
        ...putSchema,
        operationId: `put${one}Member`,
        summary: `Give a member access to a ${noun}`,
        params: objectAndUser,
        response: { 204: done, ...answers },
      },
    },
    async (request, reply) => {
      const { id, user } = request.params;
      const { access } = readJson(request, accessBody);
      await putAccess(platform, callerOf(request).context, kind, { objectId: thingRef.parse(id), subject: { member: memberRef.parse(user) }, access });
      return reply.code(204).send(null);
    },
  );
  app.delete(
    `/v1/${area}/:id/members/:user`,
    {
      schema: {
        operationId: `remove${one}Member`,
        summary: `Take a member's own access to a ${noun}`,
        security,
        params: objectAndUser,
        response: { 204: done, ...answers },
      },
    },
    async (request, reply) => {
      const { id: objectId, user: userId } = request.params;
      await perform(platform, callerOf(request).context, verbs.removeMember, { objectId, userId });
      return reply.code(204).send(null);
    },
  );
  app.put(
    `/v1/${area}/:id/groups/:group`,
    {
      schema: {
        ...putSchema,
        operationId: `put${one}Group`,
        summary: `Give a group access to a ${noun}`,
        params: objectAndGroup,
        response: { 204: done, ...answers },
      },
    },
    async (request, reply) => {
      const { id, group } = request.params;
      const { access } = readJson(request, accessBody);
      await putAccess(platform, callerOf(request).context, kind, { objectId: thingRef.parse(id), subject: { group: thingRef.parse(group) }, access });
      return reply.code(204).send(null);
    },
  );
  app.delete(
    `/v1/${area}/:id/groups/:group`,
    {
      schema: {
        operationId: `remove${one}Group`,
        summary: `Take a group's access to a ${noun}`,
        security,
        params: objectAndGroup,
        response: { 204: done, ...answers },
      },
    },
    async (request, reply) => {
      const { id: objectId, group: groupId } = request.params;
      await perform(platform, callerOf(request).context, verbs.removeGroup, { objectId, groupId });
      return reply.code(204).send(null);
    },
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

type View = Awaited<ReturnType<(typeof sharedVerbs)["collections"]["get"]["run"]>>;
const told = ({ externalId, createdBy, createdAt, ...view }: View): Omit<z.infer<typeof object>, "type"> & { type: string } => ({
  ...view,
  external_id: externalId,
  created_by: createdBy,
  created_at: createdAt,
});
