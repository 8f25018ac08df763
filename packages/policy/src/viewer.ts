import type { Actor } from "@daybook/event";

export const roles = ["owner", "admin", "member"] as const;
export type Role = (typeof roles)[number];

/** Scopes that a workspace token can hold. */
export const tokenScopes = ["events:write", "events:read"] as const;
export type TokenScope = (typeof tokenScopes)[number];

/** Who asks. Every decision is made for one viewer in one organization. */
export type Viewer =
  | { kind: "member"; organizationId: string; role: Role; userId: string; actor: Actor }
  | { kind: "token"; organizationId: string; tokenId: string; scopes: readonly TokenScope[]; actor: Actor }
  /** The worker and the operator's command line: Daybook itself, inside one organization. */
  | { kind: "daybook"; organizationId: string; actor: Actor };
