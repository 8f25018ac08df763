import {
  addMemberToTeam,
  createTeam,
  deleteTeam,
  getTeam,
  listTeamCandidates,
  listTeamMembers,
  listTeams,
  removeMemberFromTeam,
  setTeamRole,
  updateTeam,
} from "@daybook/services";
import { change, readOf, router } from "../init.ts";

export const teamsRouter = router({
  list: readOf(listTeams),
  get: readOf(getTeam),
  members: readOf(listTeamMembers),
  candidates: readOf(listTeamCandidates),
  create: change(createTeam),
  update: change(updateTeam),
  delete: change(deleteTeam),
  addMember: change(addMemberToTeam),
  removeMember: change(removeMemberFromTeam),
  setRole: change(setTeamRole),
});
