import type { Grant } from "./grants.ts";
import type { Role, Viewer } from "./viewer.ts";

/** A decision carries its reason, so that a refusal can say who could change it. */
export interface Decision {
  allowed: boolean;
  reason: string;
}

const memberGrants: readonly Grant[] = ["events:read", "organization:read"];

export function may(viewer: Viewer, grant: Grant): Decision {
  switch (viewer.kind) {
    case "daybook":
      return { allowed: true, reason: "Daybook itself acts" };
    case "token":
      return viewer.scopes.some((scope) => scope === grant)
        ? { allowed: true, reason: `the token holds the scope ${grant}` }
        : { allowed: false, reason: `The token does not hold the scope \`${grant}\`. An admin can create a token that does.` };
    case "member":
      return roleMay(viewer.role, grant);
  }
}

function roleMay(role: Role, grant: Grant): Decision {
  switch (role) {
    case "owner":
      return { allowed: true, reason: "owners may do everything" };
    case "admin":
      return grant === "retention:write"
        ? { allowed: false, reason: "Only an owner of the organization can change retention or purge." }
        : { allowed: true, reason: "admins may do this" };
    case "member":
      return memberGrants.includes(grant)
        ? { allowed: true, reason: "members may do this" }
        : { allowed: false, reason: `Members do not hold \`${grant}\`. An owner or admin of the organization can do this.` };
  }
}
