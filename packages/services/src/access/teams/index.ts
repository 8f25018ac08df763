export { getTeam, listTeamCandidates, listTeamMembers, listTeams } from "./read-teams.ts";
export type { TeamMemberView, TeamView } from "./read-teams.ts";
export { addMemberToTeam, addTeamMember, removeMemberFromTeam, setTeamRole, teamMembersMax } from "./team-members.ts";
export { createTeam, deleteTeam, teamsMax, updateTeam } from "./teams.ts";
