import { Refusal } from "@daybook/event";
import { isOwnerRole, mayTouchMember } from "@daybook/policy";
import type { Role } from "@daybook/policy";
import { members, organizations } from "@daybook/store";
import type { Member, Organization, Tx, User } from "@daybook/store";
import type { Context } from "../../context.ts";
import { demandOwnStanding } from "../../own-standing.ts";
import { parseRole } from "../viewers.ts";

/** A member whom a change is about, held until it is done. */
export interface TouchedMember {
  organization: Organization;
  user: User;
  role: Role;
  status: Member["status"];
}

/**
 * Finds and holds the member. The organization is locked first, as by everything that changes who belongs to it: so two changes of the last two
 * owners wait for each other. Former members, strangers and members of other organizations get one answer.
 */
export async function touchMember(tx: Tx, { viewer }: Context, userId: string): Promise<TouchedMember> {
  const held = await holdMember(tx, viewer.organizationId, userId);
  // Before anything is changed: it may be their own standing that they change, and it may be another one by now.
  await demandOwnStanding(tx, viewer);
  const decision = mayTouchMember(viewer, held.role);
  if (!decision.allowed) throw new Refusal("forbidden", decision.reason);
  return held;
}

/** The same for what somebody does to themselves. */
export async function holdMember(tx: Tx, organizationId: string, userId: string): Promise<TouchedMember> {
  const organization = await organizations.lock(tx, organizationId);
  const member = await members.find(tx, organizationId, userId);
  const user = await members.findUser(tx, userId);
  if (!organization || !member || member.status === "removed" || !user) throw new Refusal("not_found", "There is no such member.");
  return { organization, user, role: parseRole(member.role), status: member.status };
}

/** An organization is never left to nobody: call it before an owner stops being one. */
export async function keepAnOwner(tx: Tx, { organization, role, status, user }: TouchedMember): Promise<void> {
  if (!isOwnerRole(role) || status !== "active") return;
  if ((await members.countActive(tx, organization.id, role)) <= 1)
    throw new Refusal("conflict", `${user.name} is the only owner. Make somebody else an owner first.`);
}

/** How events name a member. */
export const memberResource = ({ id, email }: Pick<User, "id" | "email">) => ({ type: "user", id, name: email });
