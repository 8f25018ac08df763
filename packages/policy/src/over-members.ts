import type { Decision } from "./may.ts";
import { mayGiveRole } from "./may.ts";
import { roles } from "./viewer.ts";
import type { Role, Viewer } from "./viewer.ts";

/** The one role that an organization cannot be without. */
export const isOwnerRole = (role: Role): boolean => role === "owner";

/** The role of somebody from outside, whose view a grant makes. */
export const auditorRole = "auditor" satisfies Role;
export const isAuditorRole = (role: Role): boolean => role === auditorRole;

/** Whether a role sees the whole log but for what concerns owners alone. */
export const seesAllButOwners = (role: Role): boolean => role === "admin";

/** Whether a viewer who may manage members may touch this one: who gave somebody a role may take it from them. */
export function mayTouchMember(viewer: Viewer, target: Role): Decision {
  return mayGiveRole(viewer, target)
    ? { allowed: true, reason: "they could have given this role" }
    : { allowed: false, reason: "Only an owner of the organization can change or invite owners." };
}

/** Roles that a viewer may give, in the order of `roles`. */
export const rolesToGive = (viewer: Viewer): Role[] => roles.filter((role) => mayGiveRole(viewer, role));

/** The same for whoever knows only their own role: the console offers these. */
export const rolesGivenBy = (own: Role): Role[] => (own === "owner" ? [...roles] : own === "admin" ? roles.filter((role) => !isOwnerRole(role)) : []);
