import { Refusal } from "@daybook/event";
import { roles } from "@daybook/policy";
import type { Role, Viewer } from "@daybook/policy";
import { members } from "@daybook/store";
import type { Platform } from "../platform.ts";

export interface Person {
  id: string;
  name: string;
  email: string;
}

/** The person as a viewer of one organization. Somebody else's organization and one that does not exist get the same answer. */
export async function memberViewer(platform: Platform, person: Person, organizationId: string): Promise<Viewer> {
  const role = await members.roleOf(platform.store.db, organizationId, person.id);
  if (role === null) throw new Refusal("not_found", "There is no such organization, or you are not a member of it.");
  return {
    kind: "member",
    organizationId,
    role: parseRole(role),
    userId: person.id,
    actor: { type: "user", id: person.id, name: person.name, email: person.email },
  };
}

export function parseRole(role: string): Role {
  const known = roles.find((candidate) => candidate === role);
  if (!known) throw new Error(`the role ${role} is not one of ${roles.join(", ")}`);
  return known;
}
