import { Refusal } from "@daybook/event";
import { z } from "zod";
import { defineChange } from "../../verb.ts";
import { endMembership } from "./end-membership.ts";
import { holdMember, memberResource, touchMember } from "./touch-member.ts";

export const removeMember = defineChange({
  name: "members.remove",
  needs: "members:manage",
  records: "org_user_removed",
  input: z.object({ userId: z.uuid() }),
  async run(tx, context, { userId }, platform) {
    const held = await touchMember(tx, context, userId);
    if (context.viewer.kind === "member" && context.viewer.userId === userId) throw new Refusal("conflict", "To take yourself out, leave the organization.");
    const { counts } = await endMembership(tx, context, platform, held);
    return {
      result: {},
      event: {
        resource: memberResource(held.user),
        changes: { before: { status: held.status, role: held.role }, after: { status: "removed" } },
        counts,
      },
    };
  },
});

/** Nobody needs to be asked; the only owner has to find another first. */
export const leaveOrganization = defineChange({
  name: "members.leave",
  needs: "account:manage",
  records: "org_user_removed",
  input: z.object({}).optional(),
  async run(tx, context, _input, platform) {
    const { viewer } = context;
    if (viewer.kind !== "member") throw new Refusal("forbidden", "Only a member of the organization can leave it.");
    const held = await holdMember(tx, viewer.organizationId, viewer.userId);
    const { counts } = await endMembership(tx, context, platform, held);
    return {
      result: {},
      event: {
        resource: memberResource(held.user),
        changes: { before: { status: held.status, role: held.role }, after: { status: "removed" } },
        counts,
        metadata: { left: true },
      },
    };
  },
});
