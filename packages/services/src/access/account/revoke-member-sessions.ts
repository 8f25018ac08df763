import { Refusal } from "@daybook/event";
import { mayTouchMember } from "@daybook/policy";
import { heads, members, sessions } from "@daybook/store";
import { z } from "zod";
import { defineChange } from "../../verb.ts";
import { recordOfPerson } from "../sign-in/person-events.ts";
import { parseRole } from "../viewers.ts";

/**
 * Ends all sessions of a member: somebody lost a laptop. Sessions belong to the person, so they end for every organization; the others are told that
 * it happened and not by whom.
 */
export const revokeMemberSessions = defineChange({
  name: "sessions.revokeMember",
  needs: "members:manage",
  records: "user_sessions_revoked",
  acrossOrganizations: true,
  input: z.object({ userId: z.uuid() }),
  async run(tx, { viewer }, { userId }, platform) {
    const member = await members.find(tx, viewer.organizationId, userId);
    const person = member && (await members.findUser(tx, userId));
    if (!person || member.status === "removed") throw new Refusal("not_found", "There is no such member.");
    const decision = mayTouchMember(viewer, parseRole(member.role));
    if (!decision.allowed) throw new Refusal("forbidden", decision.reason);
    const ended = await sessions.endAll(tx, userId, { at: platform.now() });
    const counts = { sessions: ended };
    if (ended > 0) {
      // Whoever signs in at this moment takes the same heads: a circle, if its own organization came last here.
      await heads.lockSeveral(tx, [viewer.organizationId, ...(await members.organizationsOf(tx, userId)).map(({ id }) => id)]);
      const elsewhere = { person, request: {}, by: "daybook", but: viewer.organizationId } as const;
      await recordOfPerson(platform, tx, elsewhere, { action: "user_sessions_revoked", reason: "Ended in another organization.", counts });
    }
    return { result: { ended }, event: ended === 0 ? null : { resource: { type: "user", id: userId, name: person.email }, counts } };
  },
});
