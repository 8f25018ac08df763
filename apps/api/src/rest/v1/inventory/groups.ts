import {
  addGroupMember,
  createGroup,
  deleteGroup,
  getGroup,
  listGroupAccess,
  listGroupMembers,
  listGroups,
  perform,
  read,
  removeGroupMember,
  updateGroup,
} from "@daybook/services";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { putNamed } from "./put-named.ts";
import { askedPage, group, groupAccess, groupAndUser, groupChange, groupList, groupMembers, done, made, newGroup, onGroup, pageQuery } from "./schemas.ts";
import { inWireWords, readJson } from "./v1.ts";
import type { V1 } from "./v1.ts";

/** Groups and who is in them. */
export function groupRoutes(plain: FastifyInstance, { platform, callerOf, security, problemAnswer, commonAnswers }: V1): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const answers = { 400: problemAnswer("A field is not valid."), 404: problemAnswer("There is no such group or member."), ...commonAnswers };

  app.get(
    "/v1/groups",
    {
      schema: {
        operationId: "listGroups",
        summary: "List groups",
        description: "By name.",
        security,
        querystring: pageQuery,
        response: { 200: groupList, ...answers },
      },
    },
    async (request) => {
      const page = await inWireWords(() => read(platform, callerOf(request).context, listGroups, askedPage(request.query)));
      return { groups: page.groups.map(told), next_cursor: page.nextCursor };
    },
  );
  app.post(
    "/v1/groups",
    {
      schema: {
        operationId: "createGroup",
        summary: "Create a group",
        description: "A name, or an external id, that another group has is a conflict. To say how a group shall be, whether it exists or not, use PUT.",
        security,
        body: newGroup,
        response: { 201: made, 409: problemAnswer("Another group has the name or the external id."), ...answers },
      },
    },
    async (request, reply) => {
      const { context } = callerOf(request);
      const { external_id: externalId, ...body } = readJson(request, newGroup);
      const { id } = await inWireWords(() => perform(platform, context, createGroup, { ...body, externalId }));
      return reply.code(201).send({ id });
    },
  );
  app.get(
    "/v1/groups/:group",
    { schema: { operationId: "getGroup", summary: "Read a group", security, params: onGroup, response: { 200: group, ...answers } } },
    async (request) => told(await read(platform, callerOf(request).context, getGroup, { groupId: request.params.group })),
  );
  app.put(
    "/v1/groups/:group",
    {
      schema: {
        operationId: "putGroup",
        summary: "Change a group, or make sure that it exists",
        description: "Fields that are left out stay. A group named as `external:…` is created when there is none. The same request again changes nothing.",
        security,
        params: onGroup,
        body: groupChange,
        response: { 200: made, 201: made, 409: problemAnswer("Another group has the name."), ...answers },
      },
    },
    async (request, reply) => {
      const { context } = callerOf(request);
      const ref = request.params.group;
      const body = readJson(request, groupChange);
      const { id, created } = await inWireWords(() =>
        putNamed(ref, {
          update: () => perform(platform, context, updateGroup, { groupId: ref, ...body }),
          create: (externalId) => perform(platform, context, createGroup, { ...body, externalId }),
        }),
      );
      return reply.code(created ? 201 : 200).send({ id });
    },
  );
  app.delete(
    "/v1/groups/:group",
    {
      schema: {
        operationId: "deleteGroup",
        summary: "Delete a group",
        description: "What its members had by it they lose in the same moment.",
        security,
        params: onGroup,
        response: { 204: done, ...answers },
      },
    },
    async (request, reply) => {
      await perform(platform, callerOf(request).context, deleteGroup, { groupId: request.params.group });
      return reply.code(204).send(null);
    },
  );
  app.get(
    "/v1/groups/:group/members",
    {
      schema: {
        operationId: "listGroupMembers",
        summary: "List who is in a group",
        security,
        params: onGroup,
        querystring: pageQuery,
        response: { 200: groupMembers, ...answers },
      },
    },
    async (request) => {
      const asked = { groupId: request.params.group, ...askedPage(request.query) };
      const page = await inWireWords(() => read(platform, callerOf(request).context, listGroupMembers, asked));
      const members = page.members.map(({ userId, addedAt, ...member }) => ({ user_id: userId, ...member, added_at: addedAt }));
      return { members, next_cursor: page.nextCursor };
    },
  );
  app.put(
    "/v1/groups/:group/members/:user",
    {
      schema: {
        operationId: "addGroupMember",
        summary: "Make sure that a member is in a group",
        security,
        params: groupAndUser,
        response: { 204: done, ...answers },
      },
    },
    async (request, reply) => {
      const { group: groupId, user: userId } = request.params;
      await perform(platform, callerOf(request).context, addGroupMember, { groupId, userId });
      return reply.code(204).send(null);
    },
  );
  app.delete(
    "/v1/groups/:group/members/:user",
    {
      schema: {
        operationId: "removeGroupMember",
        summary: "Make sure that a member is not in a group",
        security,
        params: groupAndUser,
        response: { 204: done, ...answers },
      },
    },
    async (request, reply) => {
      const { group: groupId, user: userId } = request.params;
      await perform(platform, callerOf(request).context, removeGroupMember, { groupId, userId });
      return reply.code(204).send(null);
    },
  );
  app.get(
    "/v1/groups/:group/access",
    {
      schema: {
        operationId: "listGroupAccess",
        summary: "List what the members of a group may use by it",
        security,
        params: onGroup,
        querystring: pageQuery,
        response: { 200: groupAccess, ...answers },
      },
    },
    async (request) => {
      const asked = { groupId: request.params.group, ...askedPage(request.query) };
      const page = await inWireWords(() => read(platform, callerOf(request).context, listGroupAccess, asked));
      return { objects: page.objects, next_cursor: page.nextCursor };
    },
  );
}

const told = (view: Awaited<ReturnType<typeof getGroup.run>>) => ({
  id: view.id,
  name: view.name,
  description: view.description,
  external_id: view.externalId,
  members: view.members,
  objects: view.objects,
  created_by: view.createdBy,
  created_at: view.createdAt,
});
