import type { TeamMember } from "./use-team.ts";

export const roleWords: Record<TeamMember["role"], { label: string; about: string }> = {
  admin: { label: "Team admin", about: "Changes the team and sees its log" },
  member: { label: "Member", about: "Belongs to the team and sees their own events" },
};
