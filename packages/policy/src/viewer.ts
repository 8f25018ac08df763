import type { Actor } from "@daybook/event";
import type { Query } from "@daybook/query";
import type { MaskedField } from "./mask.ts";
import type { Plan } from "./plan.ts";

/** Roles in an organization. An auditor is somebody from outside who sees what a grant covers. */
export const roles = ["owner", "admin", "member", "auditor"] as const;
export type Role = (typeof roles)[number];

/** Roles inside one team. */
export const teamRoles = ["admin", "member"] as const;
export type TeamRole = (typeof teamRoles)[number];

export interface TeamMembership {
  teamId: string;
  role: TeamRole;
}

/** One grant of an auditor that is in force. */
export interface AuditorGrant {
  id: string;
  query: Query;
  /** Events that occurred from (inclusive) to (exclusive), ISO 8601; null is open. */
  from: string | null;
  to: string | null;
  mayExport: boolean;
  hides: readonly MaskedField[];
  /** ISO 8601. */
  expiresAt: string;
}

/** Scopes that a workspace token can hold. */
export const tokenScopes = ["events:write", "events:read", "access:read", "access:write"] as const;
export type TokenScope = (typeof tokenScopes)[number];

/** Scopes that a member's own key can hold: never one that reads the log. */
export const memberKeyScopes = ["events:write", "access:read"] as const;
export type MemberKeyScope = (typeof memberKeyScopes)[number];

/** A person, as the organization knows them at this moment. */
export interface MemberViewer {
  kind: "member";
  organizationId: string;
  role: Role;
  userId: string;
  teams: readonly TeamMembership[];
  /** Only of an auditor, and only those in force. */
  auditorGrants: readonly AuditorGrant[];
  plan: Plan;
  ipDisplay: IpDisplay;
  actor: Actor;
}

/** How addresses are shown to whoever is no owner. */
export type IpDisplay = "full" | "masked";

/** Who asks. Every decision is made for one viewer in one organization. */
export type Viewer =
  | MemberViewer
  /** A token of the organization, or of one of its service users. */
  | { kind: "token"; organizationId: string; tokenId: string; scopes: readonly TokenScope[]; plan: Plan; actor: Actor }
  /** A member's own key: it acts for its member, and for nobody else. */
  | { kind: "member_key"; organizationId: string; tokenId: string; userId: string; scopes: readonly MemberKeyScope[]; plan: Plan; actor: Actor }
  /** The worker and the operator's command line: Daybook itself, inside one organization. */
  | { kind: "daybook"; organizationId: string; actor: Actor };
