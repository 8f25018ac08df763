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
  /** What the query asks for, in words: what was typed, without what was joined to it. */
  words: string;
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
  /** How they came in; absent where somebody acts without a session. */
  signedIn?: SignedIn;
  /** Set where the session is not what the organization demands: nothing is open to them but their own account. */
  barred?: { code: "second_factor_needed" | "single_sign_on_needed" | "sign_in_again"; reason: string } | null;
}

/** What a session says of how its person proved who they are. */
export interface SignedIn {
  method: "password" | "password_totp" | "recovery_code" | "passkey" | "single_sign_on";
  /** When, ISO 8601. */
  at: string;
  /** Whether the provider that opened it is still on; true without one. */
  providerEnabled: boolean;
  /** Whether the person has turned a second factor on, by now. */
  hasSecondFactor: boolean;
}

/** How addresses are shown to whoever is no owner. */
export type IpDisplay = "full" | "masked";

/** Who asks. Every decision is made for one viewer in one organization. */
export type Viewer =
  | MemberViewer
  /** A token of the organization, or of one of its service users. */
  | { kind: "token"; organizationId: string; tokenId: string; scopes: readonly TokenScope[]; plan: Plan; ipDisplay: IpDisplay; actor: Actor }
  /** A member's own key: it acts for its member, and for nobody else. */
  | {
      kind: "member_key";
      organizationId: string;
      tokenId: string;
      userId: string;
      scopes: readonly MemberKeyScope[];
      plan: Plan;
      /** The key. */
      actor: Actor;
      /** Its member. */
      onBehalfOf: Actor;
    }
  /** The worker and the operator's command line: Daybook itself, inside one organization. */
  | { kind: "daybook"; organizationId: string; actor: Actor };
