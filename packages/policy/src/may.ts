import type { Grant } from "./grants.ts";
import { features } from "./plan.ts";
import type { Feature, Plan } from "./plan.ts";
import type { MemberViewer, Role, TokenScope, Viewer } from "./viewer.ts";

/** A decision carries its reason, so that a refusal can say who could change it. */
export interface Decision {
  allowed: boolean;
  reason: string;
}

/** What the grant is asked for; a grant without a target is asked for the whole organization. */
export interface Target {
  teamId?: string | undefined;
}

const memberGrants: readonly Grant[] = ["events:read", "events:export", "organization:read", "teams:read", "keys:manage", "account:manage"];
const auditorGrants: readonly Grant[] = ["organization:read", "account:manage"];
const ownerGrants: readonly Grant[] = ["retention:write"];

/** What each scope lets a token do. */
const scopeGrants: Record<TokenScope, readonly Grant[]> = {
  "events:write": ["events:write"],
  "events:read": ["events:read"],
  "access:read": ["members:read", "teams:read", "groups:read", "collections:read", "connections:read"],
  "access:write": ["groups:manage", "collections:manage", "connections:manage"],
};

export function may(viewer: Viewer, grant: Grant, target: Target = {}): Decision {
  switch (viewer.kind) {
    case "daybook":
      return { allowed: true, reason: "Daybook itself acts" };
    case "token":
    case "member_key": {
      const scope = viewer.scopes.find((each) => scopeGrants[each].includes(grant));
      if (scope !== undefined) return { allowed: true, reason: `the token holds the scope ${scope}` };
      const wanted = Object.entries(scopeGrants).find(([, held]) => held.includes(grant))?.[0];
      if (wanted === undefined)
        return { allowed: false, reason: `No token may do this. An owner or admin of the organization can, in the console (\`${grant}\`).` };
      return viewer.kind === "token"
        ? { allowed: false, reason: `The token does not hold the scope \`${wanted}\`. An admin can create a token that does.` }
        : { allowed: false, reason: `The key does not hold the scope \`${wanted}\`. Only workspace tokens, which admins create, can read the log.` };
    }
    case "member":
      return memberMay(viewer, grant, target);
  }
}

function memberMay(viewer: MemberViewer, grant: Grant, target: Target): Decision {
  switch (viewer.role) {
    case "owner":
      return { allowed: true, reason: "owners may do everything" };
    case "admin":
      return ownerGrants.includes(grant)
        ? { allowed: false, reason: "Only an owner of the organization can do this." }
        : { allowed: true, reason: "admins may do this" };
    case "member":
      if (memberGrants.includes(grant)) return { allowed: true, reason: "members may do this" };
      if (grant === "teams:manage" && viewer.teams.some(({ teamId, role }) => role === "admin" && teamId === target.teamId))
        return { allowed: true, reason: "admins of a team may change it" };
      return { allowed: false, reason: `Members do not hold \`${grant}\`. An owner or admin of the organization can do this.` };
    case "auditor":
      return auditorMay(viewer, grant);
  }
}

function auditorMay({ auditorGrants: held }: MemberViewer, grant: Grant): Decision {
  if (auditorGrants.includes(grant)) return { allowed: true, reason: "auditors may do this" };
  if (grant === "events:read" && held.length > 0) return { allowed: true, reason: "a grant for auditors covers part of the log" };
  if (grant === "events:read") return { allowed: false, reason: "Your access as an auditor has ended. An owner or admin can grant it anew." };
  if (grant === "events:export" && held.some(({ mayExport }) => mayExport)) return { allowed: true, reason: "a grant for auditors allows exports" };
  return { allowed: false, reason: `Auditors do not hold \`${grant}\`. An owner or admin of the organization can do this.` };
}

/** Whether a feature is in the viewer's plan; the reason is the sentence that API and console both show. */
export function includes(plan: Plan, feature: Feature): Decision {
  return plan.without.includes(feature)
    ? { allowed: false, reason: `${features[feature].sentence} Whoever runs this Daybook can add it.` }
    : { allowed: true, reason: `the plan ${plan.name} includes it` };
}

/** Roles that a member may give to others. */
export const mayGiveRole = (viewer: Viewer, role: Role): boolean =>
  viewer.kind === "daybook" || (viewer.kind === "member" && (viewer.role === "owner" || (viewer.role === "admin" && role !== "owner")));
