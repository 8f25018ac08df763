import type { Grant } from "./grants.ts";
import { features } from "./plan.ts";
import type { Feature, Plan } from "./plan.ts";
import type { MemberKeyScope, MemberViewer, Role, TokenScope, Viewer } from "./viewer.ts";

/** A decision carries its reason, so that a refusal can say who could change it. */
export interface Decision {
  allowed: boolean;
  reason: string;
  /** Where the session is what stands in the way, and the person can mend that. */
  code?: NonNullable<MemberViewer["barred"]>["code"];
}

/** What the grant is asked for; a grant without a target is asked for the whole organization. */
export interface Target {
  teamId?: string | undefined;
}

const memberGrants: readonly Grant[] = [
  "events:read",
  "events:export",
  "cases:work",
  "organization:read",
  "teams:read",
  "access:own",
  "keys:manage",
  "account:manage",
];
/** What an admin of a team holds for that team. */
const teamAdminGrants: readonly Grant[] = ["teams:manage", "views:share"];
const auditorGrants: readonly Grant[] = ["organization:read", "access:own", "account:manage"];
const ownerGrants: readonly Grant[] = ["retention:write", "organizations:create", "tokens:unexpiring", "sign-in-providers:trust"];
/** What belongs to whoever runs this Daybook, and to nobody in an organization. */
const operatorGrants: readonly Grant[] = ["plan:manage"];

/** What each scope lets a token do. */
const scopeGrants: Record<TokenScope, readonly Grant[]> = {
  "events:write": ["events:write"],
  "events:read": ["events:read"],
  "access:read": ["members:read", "teams:read", "groups:read", "collections:read", "connections:read"],
  "access:write": ["groups:manage", "collections:manage", "connections:manage"],
};

/** A key acts for its member: of access it tells that member's own and nothing of others. */
const keyScopeGrants: Record<MemberKeyScope, readonly Grant[]> = { "events:write": ["events:write"], "access:read": ["access:own"] };

export function may(viewer: Viewer, grant: Grant, target: Target = {}): Decision {
  switch (viewer.kind) {
    case "daybook":
      return { allowed: true, reason: "Daybook itself acts" };
    case "token":
      return byScope(viewer.scopes, scopeGrants, grant) ?? refusedToToken(grant);
    case "member_key":
      return byScope(viewer.scopes, keyScopeGrants, grant) ?? refusedToKey(grant);
    case "member":
      return memberMay(viewer, grant, target);
  }
}

function byScope<S extends TokenScope>(held: readonly S[], given: Record<S, readonly Grant[]>, grant: Grant): Decision | null {
  const scope = held.find((each) => given[each].includes(grant));
  return scope === undefined ? null : { allowed: true, reason: `the token holds the scope ${scope}` };
}

/** The scope that gives a grant, if one does. */
const scopeOf = (given: Partial<Record<TokenScope, readonly Grant[]>>, grant: Grant): string | undefined =>
  Object.entries(given).find(([, grantsOfScope]) => grantsOfScope.includes(grant))?.[0];

function refusedToToken(grant: Grant): Decision {
  const wanted = scopeOf(scopeGrants, grant);
  return wanted === undefined
    ? { allowed: false, reason: `No token may do this. An owner or admin of the organization can, in the console (\`${grant}\`).` }
    : { allowed: false, reason: `The token does not hold the scope \`${wanted}\`. An admin can create a token that does.` };
}

function refusedToKey(grant: Grant): Decision {
  const wanted = scopeOf(keyScopeGrants, grant);
  if (wanted !== undefined)
    return { allowed: false, reason: `The key does not hold the scope \`${wanted}\`. Its member, or an admin, can create one that does.` };
  const ofTokens = scopeOf(scopeGrants, grant);
  return ofTokens === undefined
    ? refusedToToken(grant)
    : { allowed: false, reason: `A member's key cannot do this: only workspace tokens, which admins create, hold \`${ofTokens}\` for the whole organization.` };
}

function memberMay(viewer: MemberViewer, grant: Grant, target: Target): Decision {
  if (viewer.barred && grant !== "account:manage") return { allowed: false, ...viewer.barred };
  if (operatorGrants.includes(grant))
    return { allowed: false, reason: "Only whoever runs this Daybook can do this; an owner of the organization can ask them to." };
  switch (viewer.role) {
    case "owner":
      return { allowed: true, reason: "owners may do everything" };
    case "admin":
      return ownerGrants.includes(grant)
        ? { allowed: false, reason: "Only an owner of the organization can do this." }
        : { allowed: true, reason: "admins may do this" };
    case "member":
      if (memberGrants.includes(grant)) return { allowed: true, reason: "members may do this" };
      if (teamAdminGrants.includes(grant) && viewer.teams.some(({ teamId, role }) => role === "admin" && teamId === target.teamId))
        return { allowed: true, reason: "admins of a team may do this for their team" };
      return { allowed: false, reason: `Members do not hold \`${grant}\`. An owner or admin of the organization can do this.` };
    case "auditor":
      return auditorMay(viewer, grant);
  }
}

function auditorMay({ auditorGrants: held, plan }: MemberViewer, grant: Grant): Decision {
  if (auditorGrants.includes(grant)) return { allowed: true, reason: "auditors may do this" };
  if (grant === "events:read" || grant === "events:export") {
    const planned = includes(plan, "auditors");
    if (!planned.allowed) return planned;
  }
  if (grant === "events:read" && held.length > 0) return { allowed: true, reason: "a grant for auditors covers part of the log" };
  if (grant === "events:read")
    return {
      allowed: false,
      reason: "No grant to you as an auditor is in force: it has ended, or you have yet to accept its terms. An owner or admin can grant access anew.",
    };
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

/** Whether a viewer may see the log as somebody else would: never as somebody who sees more. */
export function maySimulate(viewer: Viewer, target: Role): Decision {
  const asked = may(viewer, "events:simulate");
  if (!asked.allowed || mayGiveRole(viewer, target)) return asked;
  return { allowed: false, reason: "Only an owner of the organization can see the log as an owner would." };
}
