import { Refusal } from "@daybook/event";
import { features, maskedFields, roles, selfHosted } from "@daybook/policy";
import type { AuditorGrant, MemberViewer, Plan, Role } from "@daybook/policy";
import { standing } from "@daybook/store";
import type { AuditorGrantRow, PlanRow, Standing } from "@daybook/store";
import type { Platform } from "../platform.ts";

export interface Person {
  id: string;
  name: string;
  email: string;
}

/**
 * The person as a viewer of one organization, as it stands now. Somebody else's organization and one that does not exist get the same answer; who
 * is suspended is told so, because an admin can change it.
 */
export async function memberViewer(platform: Platform, person: Person, organizationId: string): Promise<MemberViewer> {
  const found = await standing.ofUser(platform.store.of(organizationId), organizationId, { userId: person.id, at: platform.now() });
  if (!found || found.status === "removed") throw new Refusal("not_found", "There is no such organization, or you are not a member of it.");
  if (found.status === "suspended") throw new Refusal("forbidden", "Your access to this organization is suspended. An owner or admin of it can lift that.");
  return viewerAt(found, { organizationId, person });
}

/** What a standing makes of a person, whether or not they may use it now; `role` tells what another role would make of them. */
export function viewerAt(found: Standing, { organizationId, person, role }: { organizationId: string; person: Person; role?: Role }): MemberViewer {
  return {
    ...actingMember({ organizationId, role: role ?? parseRole(found.role), person }),
    teams: found.teams,
    auditorGrants: found.grants.map(grantOf),
    plan: planOf(found.plan),
    ipDisplay: found.ipDisplay === "masked" ? "masked" : "full",
  };
}

/** A member of whom only matters who they are: for what they did to be recorded. */
export const actingMember = ({ organizationId, role, person }: { organizationId: string; role: Role; person: Person }): MemberViewer => ({
  kind: "member",
  organizationId,
  role,
  userId: person.id,
  teams: [],
  auditorGrants: [],
  plan: selfHosted,
  ipDisplay: "full",
  actor: { type: "user", id: person.id, name: person.name, email: person.email },
});

export function parseRole(role: string): Role {
  const known = roles.find((candidate) => candidate === role);
  if (!known) throw new Error(`the role ${role} is not one of ${roles.join(", ")}`);
  return known;
}

const grantOf = (row: AuditorGrantRow): AuditorGrant => ({
  id: row.id,
  query: row.query,
  words: row.queryText,
  from: row.eventsFrom?.toISOString() ?? null,
  to: row.eventsTo?.toISOString() ?? null,
  mayExport: row.mayExport,
  hides: maskedFields.filter((field) => row.hides.includes(field)),
  expiresAt: row.expiresAt.toISOString(),
});

/** Keys of features that this version does not know are none of its business. */
export const planOf = (row: PlanRow | null): Plan =>
  row === null
    ? selfHosted
    : {
        name: row.name,
        without: (Object.keys(features) as (keyof typeof features)[]).filter((key) => row.withoutFeatures.includes(key)),
        retentionDaysMax: row.retentionDaysMax,
      };
