import type { EventInput } from "@daybook/event";
import { sharedKinds } from "@daybook/policy";
import { memberEndings, members } from "@daybook/store";
import type { Tx } from "@daybook/store";
import type { Context } from "../../context.ts";
import type { Platform } from "../../platform.ts";
import { recordAll } from "../../record.ts";
import { revokeKeysOf } from "../tokens/member-keys.ts";
import { keepAnOwner, memberResource } from "./touch-member.ts";
import type { TouchedMember } from "./touch-member.ts";

/**
 * Ends a membership with all that hung on it, so that who is invited back begins with nothing. Each thing that ends is an event of its own: a team's
 * log tells who left it. Sessions stay; they open no organization by themselves.
 */
export async function endMembership(tx: Tx, context: Context, platform: Platform, held: TouchedMember): Promise<{ counts: Record<string, number> }> {
  await keepAnOwner(tx, held);
  const { organization, user } = held;
  const at = platform.now();
  await members.setStatus(tx, organization.id, { userId: user.id, status: "removed", at });
  const ended = await memberEndings.endAll(tx, organization.id, { userId: user.id, at, by: context.viewer.actor });
  const member = memberResource(user);
  const events: EventInput[] = [
    ...ended.teams.map(({ id, name, role }) => ({
      action: "team_member_removed",
      resource: { type: "team", id, name },
      team: { id, name },
      related_resources: [member],
      changes: { before: { role }, after: {} },
    })),
    ...ended.groups.map(({ id, name }) => ({
      action: "group_member_removed",
      resource: { type: "group", id, name },
      related_resources: [member],
      changes: { before: { member: true }, after: { member: false } },
    })),
    ...ended.objects.flatMap(({ id, type, name, access }) => {
      const kind = sharedKinds.find((each) => each.type === type);
      if (!kind) return [];
      const changes = { before: { [kind.accessField]: access }, after: {} };
      return [{ action: kind.actions.memberRemoved, resource: { type, id, name }, related_resources: [member], changes }];
    }),
    ...ended.grants.map(({ id, queryText, expiresAt }) => ({
      action: "auditor_access_revoked",
      resource: { type: "auditor", id: user.id, name: user.email },
      related_resources: [member],
      changes: { before: { in_force: true, expires_at: expiresAt.toISOString() }, after: { in_force: false, expires_at: at.toISOString() } },
      metadata: { grant_id: id, scope: queryText },
    })),
  ];
  // Keys first: whoever revokes one of them holds it while they wait for the head, which the first event takes.
  const keys = await revokeKeysOf(tx, context, platform, user.id);
  if (events.length > 0) await recordAll(platform, tx, context, events);
  return { counts: { teams: ended.teams.length, groups: ended.groups.length, objects: ended.objects.length, grants: ended.grants.length, keys } };
}
