import { Refusal } from "@daybook/event";
import { members } from "@daybook/store";
import { z } from "zod";
import type { Context } from "../../context.ts";
import { defineChange } from "../../verb.ts";
import { keepAnOwner, memberResource, touchMember } from "./touch-member.ts";

const input = z.object({ userId: z.uuid() });

/** Takes all access away at the member's next request, and keeps what they belong to for the day it is given back. */
export const suspendMember = defineChange({
  name: "members.suspend",
  needs: "members:manage",
  records: "org_user_suspended",
  input,
  async run(tx, context, { userId }, platform) {
    const held = await touchMember(tx, context, userId);
    if (isSelf(context, userId)) throw new Refusal("conflict", "Nobody can suspend themselves. Another owner or admin can.");
    if (held.status === "suspended") return { result: {}, event: null };
    await keepAnOwner(tx, held);
    await members.setStatus(tx, held.organization.id, { userId, status: "suspended", at: platform.now() });
    return {
      result: {},
      event: {
        resource: memberResource(held.user),
        changes: { before: { status: held.status }, after: { status: "suspended" } },
        metadata: { role: held.role },
      },
    };
  },
});

export const reinstateMember = defineChange({
  name: "members.reinstate",
  needs: "members:manage",
  records: "org_user_reinstated",
  input,
  async run(tx, context, { userId }, platform) {
    const held = await touchMember(tx, context, userId);
    if (held.status === "active") return { result: {}, event: null };
    await members.setStatus(tx, held.organization.id, { userId, status: "active", at: platform.now() });
    return {
      result: {},
      event: { resource: memberResource(held.user), changes: { before: { status: held.status }, after: { status: "active" } }, metadata: { role: held.role } },
    };
  },
});

const isSelf = ({ viewer }: Context, userId: string): boolean => viewer.kind === "member" && viewer.userId === userId;
