import { Refusal } from "@daybook/event";
import { mayJoinTeams, teamRoles } from "@daybook/policy";
import type { TeamRole, Viewer } from "@daybook/policy";
import { teamMembers } from "@daybook/store";
import type { Team, TeamMember, Tx } from "@daybook/store";
import { z } from "zod";
import type { Context } from "../../context.ts";
import type { Platform } from "../../platform.ts";
import { record } from "../../record.ts";
import { defineChange } from "../../verb.ts";
import type { Recorded } from "../../verb.ts";
import { parseRole } from "../viewers.ts";
import { demandOwnTeam, lockTeam, memberResource, teamEvent, teamId } from "./team-event.ts";

export const teamMembersMax = 10_000;

const userId = z.uuid();
const role = z.enum(teamRoles);

export const addMemberToTeam = defineChange({
  name: "teams.addMember",
  needs: "teams:manage",
  within: "team",
  records: "team_member_added",
  input: z.object({ teamId, userId, role: role.default("member") }),
  async run(tx, { viewer }, input, platform) {
    const event = await join(tx, viewer.organizationId, { ...input, at: platform.now() });
    await demandOwnTeam(tx, viewer, input.teamId);
    return { result: {}, event };
  },
});

export const removeMemberFromTeam = defineChange({
  name: "teams.removeMember",
  needs: "teams:manage",
  within: "team",
  records: "team_member_removed",
  input: z.object({ teamId, userId }),
  async run(tx, { viewer }, input) {
    const { team, member } = await lockMember(tx, viewer, input);
    await teamMembers.remove(tx, viewer.organizationId, input);
    return {
      result: {},
      event: { ...teamEvent(team), related_resources: [memberResource(member)], changes: { before: { role: member.role } } },
    };
  },
});

export const setTeamRole = defineChange({
  name: "teams.setRole",
  needs: "teams:manage",
  within: "team",
  records: "team_role_updated",
  input: z.object({ teamId, userId, role }),
  async run(tx, { viewer }, input) {
    const { team, member } = await lockMember(tx, viewer, input);
    if (member.role === input.role) return { result: { changed: false }, event: null };
    await teamMembers.setRole(tx, viewer.organizationId, input);
    return {
      result: { changed: true },
      event: {
        ...teamEvent(team),
        related_resources: [memberResource(member)],
        changes: { before: { role: member.role }, after: { role: input.role } },
      },
    };
  },
});

/** Puts somebody into a team inside another change, such as an accepted invitation, and records it there. Who is in it already stays as they are. */
export async function addTeamMember(
  platform: Platform,
  tx: Tx,
  context: Context,
  joining: { teamId: string; userId: string; role: TeamRole },
): Promise<{ added: boolean }> {
  const event = await join(tx, context.viewer.organizationId, { ...joining, at: platform.now() });
  if (event) await record(platform, tx, context, { action: "team_member_added", ...event });
  return { added: event !== null };
}

interface Joining {
  teamId: string;
  userId: string;
  role: TeamRole;
  at: Date;
}

async function join(tx: Tx, organizationId: string, { at, ...joining }: Joining): Promise<Recorded | null> {
  const team = await lockTeam(tx, organizationId, joining.teamId);
  if (await teamMembers.find(tx, organizationId, joining)) return null;
  const person = await teamMembers.activeMember(tx, organizationId, joining.userId);
  if (!person) throw new Refusal("not_found", "There is no such member, or their access is not active.", "userId");
  if (!mayJoinTeams(parseRole(person.role)))
    throw new Refusal("conflict", "Auditors see what their grant covers and cannot be in a team. Give them another role first.", "userId");
  if ((await teamMembers.countOf(tx, organizationId, team.id)) >= teamMembersMax)
    throw new Refusal("conflict", `The team has ${teamMembersMax} members already, which is as many as it can have.`);
  await teamMembers.insert(tx, { organizationId, ...joining, createdAt: at });
  return {
    ...teamEvent(team),
    related_resources: [memberResource({ userId: joining.userId, ...person })],
    changes: { after: { role: joining.role } },
    metadata: { role: joining.role },
  };
}

async function lockMember(tx: Tx, viewer: Viewer, asked: { teamId: string; userId: string }): Promise<{ team: Team; member: TeamMember }> {
  const { organizationId } = viewer;
  const team = await lockTeam(tx, organizationId, asked.teamId);
  await demandOwnTeam(tx, viewer, team.id);
  const member = await teamMembers.find(tx, organizationId, asked);
  if (!member) throw new Refusal("not_found", "There is no such member in the team.", "userId");
  return { team, member };
}
