import { Refusal } from "@daybook/event";
import { isAuditorRole, isOwnerRole, mayGiveRole, mayJoinTeams, roles, visibleTo } from "@daybook/policy";
import { allOf } from "@daybook/query";
import type { Query } from "@daybook/query";
import { members, standing, teams } from "@daybook/store";
import { z } from "zod";
import { defineChange, defineRead } from "../../verb.ts";
import { endGrants } from "../auditors/settle-grants.ts";
import { viewerAt } from "../viewers.ts";
import { keepAnOwner, memberResource, touchMember } from "./touch-member.ts";

const input = z.object({ userId: z.uuid(), role: z.enum(roles) });

export const changeMemberRole = defineChange({
  name: "members.changeRole",
  needs: "members:manage",
  records: "org_user_role_changed",
  input,
  async run(tx, context, { userId, role }, platform) {
    const held = await touchMember(tx, context, userId);
    if (held.role === role) return { result: { before: role, grantsEnded: 0 }, event: null };
    if (!mayGiveRole(context.viewer, role)) throw new Refusal("forbidden", "Only an owner of the organization can make somebody an owner.");
    if (!isOwnerRole(role)) await keepAnOwner(tx, held);
    if (!mayJoinTeams(role) && (await teams.ofUser(tx, held.organization.id, userId)).length > 0)
      throw new Refusal("conflict", `${held.user.name} is in a team, and auditors cannot be. Take them out of their teams first.`);
    await members.setRole(tx, held.organization.id, { userId, role });
    // Who was an auditor once is granted anew: nothing that was meant for then comes back with the role.
    const ended = isAuditorRole(held.role) ? await endGrants(platform, tx, context, held.user) : [];
    return {
      result: { before: held.role, grantsEnded: ended.length },
      event: {
        resource: memberResource(held.user),
        changes: { before: { role: held.role }, after: { role } },
        ...(ended.length > 0 && { counts: { grants: ended.length } }),
      },
    };
  },
});

export interface RolePreview {
  /** Events that the member sees now, and would see. */
  before: number;
  after: number;
  /** Events that only the new role shows, and those that only the old one does. */
  gained: number;
  lost: number;
  /** False where there are too many events to count them all: then the newest were. */
  exact: boolean;
}

/** What a role would change for a member, in events, before anybody saves it. */
export const previewMemberRole = defineRead({
  name: "members.previewRole",
  needs: "members:manage",
  input,
  async run(platform, { viewer }, { userId, role }): Promise<RolePreview> {
    const { organizationId } = viewer;
    const db = platform.store.of(organizationId);
    const [found, user] = await Promise.all([
      standing.ofUser(db, organizationId, { userId, at: platform.now() }),
      members.findUser(platform.store.platform, userId),
    ]);
    if (!found || !user || found.status === "removed") throw new Refusal("not_found", "There is no such member.");
    // Nobody learns by it of events that they may not see themselves.
    const own = visibleTo(viewer);
    const now = allOf(own, visibleTo(viewerAt(found, { organizationId, person: user })));
    const then = allOf(own, visibleTo(viewerAt(found, { organizationId, person: user, role })));
    const count = (query: Query) => platform.store.countEvents(organizationId, query);
    const [before, after, both] = await Promise.all([count(now), count(then), count(allOf(now, then))]);
    return {
      before: before.total,
      after: after.total,
      gained: Math.max(0, after.total - both.total),
      lost: Math.max(0, before.total - both.total),
      exact: before.exact && after.exact && both.exact,
    };
  },
});
