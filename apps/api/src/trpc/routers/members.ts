import { changeMemberRole, leaveOrganization, listMembers, previewMemberRole, reinstateMember, removeMember, suspendMember } from "@daybook/services";
import { change, readOf, router } from "../init.ts";

export const membersRouter = router({
  list: readOf(listMembers),
  previewRole: readOf(previewMemberRole),
  changeRole: change(changeMemberRole),
  suspend: change(suspendMember),
  reinstate: change(reinstateMember),
  remove: change(removeMember),
  leave: change(leaveOrganization),
});
