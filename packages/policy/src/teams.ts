import { may } from "./may.ts";
import type { Role, TeamRole, Viewer } from "./viewer.ts";

/** Which teams a viewer sees: all of the organization, or those that a user is in. */
export function teamsSeenBy(viewer: Viewer): "all" | { userId: string } {
  switch (viewer.kind) {
    case "daybook":
    case "token":
      return "all";
    case "member_key":
      return { userId: viewer.userId };
    case "member":
      return viewer.role === "owner" || viewer.role === "admin" ? "all" : { userId: viewer.userId };
  }
}

/** Whether the log of one team may be opened as such: by its own admins, and by whoever sees the whole log. */
export function seesTeamLog(viewer: Viewer, teamId: string): boolean {
  if (!may(viewer, "events:read").allowed || viewer.kind === "member_key") return false;
  if (viewer.kind !== "member" || viewer.role === "owner" || viewer.role === "admin") return true;
  return viewer.role === "member" && teamsAdministeredBy(viewer).includes(teamId);
}

/** Teams whose log a member sees for being an admin of them. */
const teamsAdministeredBy = ({ teams }: { teams: readonly { teamId: string; role: TeamRole }[] }): string[] =>
  teams.filter(({ role }) => role === "admin").map(({ teamId }) => teamId);

/** An auditor comes from outside and sees what a grant covers: a team's log would be a way around it. */
export const mayJoinTeams = (role: Role): boolean => role !== "auditor";
