export { changeMemberRole, previewMemberRole } from "./change-role.ts";
export type { RolePreview } from "./change-role.ts";
export { listMembers, membersPageMax } from "./list.ts";
export type { MembersPage, MemberView } from "./list.ts";
export { noteActivity } from "./note-activity.ts";
export { leaveOrganization, removeMember } from "./remove.ts";
export { reinstateMember, suspendMember } from "./standing.ts";
