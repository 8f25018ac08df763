import type { Furniture } from "./furniture.ts";
import type { Outcome } from "./outcome.ts";
import { activeMembers, admins, targets } from "./personas.ts";
import type { Persona, Target } from "./personas.ts";

/** Who passes, for what belongs to their own organization. */
export interface Audience {
  who: readonly Persona[];
  /** Admins of a team pass for objects of their team. */
  team?: boolean;
}

export const audiences = {
  owner: { who: ["owner"] },
  admins: { who: admins },
  /** Admins everywhere, and admins of a team for their team. */
  team: { who: admins, team: true },
  /** Every active member, auditors too. */
  members: { who: activeMembers },
  /** Active members but auditors. */
  insiders: { who: ["owner", "admin", "team_admin", "member"] },
  /** Everybody who sees some part of the log. */
  readers: { who: ["owner", "admin", "team_admin", "member", "auditor"] },
} as const satisfies Record<string, Audience>;

/** One procedure or route of the reviewed table. */
interface CommonRow {
  /** Whether the request names an object, so that there are others' objects to aim at. */
  object?: boolean;
  /** Statuses besides 2xx that mean that access was granted: what was asked is refused for its state or its words. */
  passes?: readonly number[];
  /** Cells that the rule does not tell. Each row with some says why in a comment. */
  except?: (persona: Persona, target: Target) => Outcome | undefined;
}

export interface ProcedureRow extends CommonRow {
  /** `anyone`: it is for who is not signed in yet. */
  may: Audience | "anyone";
  /** `ids` are those that the target names. Without it the target shows in the organization alone. */
  input?: (ids: Furniture, persona: Persona) => unknown;
}

export interface RouteRequest {
  url?: string;
  body?: unknown;
  contentType?: string;
  headers?: Record<string, string>;
}

export interface RouteRow extends CommonRow {
  /** Programs that pass; no session opens a route of the public API. */
  may: readonly Persona[];
  /** How a token is shown, where that is not `Authorization: Bearer …`. */
  authorize?: (bearer: string) => Record<string, string>;
  request?: (ids: Furniture, persona: Persona) => RouteRequest;
}

export const targetsOf = ({ object }: CommonRow): readonly Target[] => (object ? targets : ["own", "asked_of_other", "asked_of_nobody"]);
export const routeTargetsOf = ({ object }: CommonRow): readonly Target[] =>
  object ? ["own", "other_team", "other_organization", "deleted", "nonexistent"] : ["own"];
