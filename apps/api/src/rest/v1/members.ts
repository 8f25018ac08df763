import { roles, teamRoles } from "@daybook/policy";
import { listMembers, membersPageMax, read } from "@daybook/services";
import type { MemberView } from "@daybook/services";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { V1 } from "./inventory/v1.ts";
import { digits } from "./schemas.ts";

const searchLengthMax = 100;
const standings = ["active", "suspended", "removed"] as const;

const member = z
  .object({
    id: z.uuid().describe("The user's id: the `actor.id` of what they do in Daybook."),
    name: z.string(),
    email: z.string(),
    role: z.enum(roles),
    status: z.enum(standings).describe("`removed`: a former member."),
    teams: z.array(z.object({ id: z.uuid(), name: z.string(), role: z.enum(teamRoles) })),
    groups: z.int().describe("In how many groups they are."),
    sign_in_methods: z.array(z.enum(["password", "passkey", "single_sign_on"])),
    two_factor: z.boolean().describe("Whether a second factor is asked for after the password."),
    joined_at: z.iso.datetime(),
    last_active_at: z.iso.datetime().nullable().describe("To a few minutes; null for who has not come yet."),
  })
  .meta({
    id: "Member",
    examples: [
      {
        id: "0198d3f2-7a10-7c4e-9b1d-2f6c0a5e8d31",
        name: "Alice Chen",
        email: "alice@company.com",
        role: "admin",
        status: "active",
        teams: [{ id: "0198d3f2-8b21-7d5f-8c2e-3a7d1b6f9e42", name: "Insights", role: "member" }],
        groups: 2,
        sign_in_methods: ["password", "passkey"],
        two_factor: true,
        joined_at: "2026-03-02T09:12:44.000Z",
        last_active_at: "2026-11-20T16:40:05.000Z",
      },
    ],
  });

const listQuery = z.strictObject({
  search: z.string().max(searchLengthMax).optional().describe("Part of a name or an address, in any case."),
  role: z.enum(roles).optional(),
  status: z.enum(standings).optional().describe("Default: active and suspended members."),
  limit: digits(3, 1, membersPageMax).optional().describe(`Members in one answer, up to ${membersPageMax}. Default 50.`),
  cursor: z.string().max(1_000).optional().describe("The `next_cursor` of the page before."),
});

/** Who belongs to the organization. */
export function memberRoutes(plain: FastifyInstance, { platform, callerOf, security, problemAnswer, commonAnswers }: V1): void {
  plain.withTypeProvider<ZodTypeProvider>().get(
    "/v1/members",
    {
      schema: {
        operationId: "listMembers",
        summary: "Read members",
        description: "Who belongs to the organization, by name, with their role and standing. The token needs the scope `access:read`.",
        security,
        querystring: listQuery,
        response: {
          200: z.object({ members: z.array(member), next_cursor: z.string().nullable() }).describe("A page of members."),
          400: problemAnswer("A parameter is not valid."),
          ...commonAnswers,
        },
      },
    },
    async (request) => {
      const { members, nextCursor } = await read(platform, callerOf(request).context, listMembers, request.query);
      return { members: members.map(told), next_cursor: nextCursor };
    },
  );
}

const told = (view: MemberView): z.infer<typeof member> => ({
  id: view.userId,
  name: view.name,
  email: view.email,
  role: view.role,
  status: view.status,
  teams: view.teams,
  groups: view.groups,
  sign_in_methods: view.signInMethods,
  two_factor: view.twoFactor,
  joined_at: view.joinedAt,
  last_active_at: view.lastActiveAt,
});
