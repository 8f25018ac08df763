import { may } from "./may.ts";
import type { Decision } from "./may.ts";
import type { MemberViewer } from "./viewer.ts";

/** Who opens a saved view besides its owner. */
export type Sharing = { with: "nobody" } | { with: "organization" } | { with: "team"; teamId: string };

/** What of a saved view decides who may do what with it. */
export interface OwnedView {
  ownerId: string;
  sharing: Sharing;
}

/** Which saved views somebody is shown: their own, and the shared ones as far as this says. */
export interface ViewsSeen {
  userId: string;
  /** Those that are shared with the organization. */
  organization: boolean;
  /** Those that are shared with these teams. */
  teams: "all" | readonly string[];
}

/**
 * A view holds words and names of the organization, so an auditor, who comes from outside, has none but their own. What a view shows is another
 * question: everybody opens it with their own eyes.
 */
export function viewsSeenBy({ role, userId, teams }: MemberViewer): ViewsSeen {
  switch (role) {
    case "owner":
    case "admin":
      return { userId, organization: true, teams: "all" };
    case "member":
      return { userId, organization: true, teams: teams.map(({ teamId }) => teamId) };
    case "auditor":
      return { userId, organization: false, teams: [] };
  }
}

export function seesView(viewer: MemberViewer, { ownerId, sharing }: OwnedView): boolean {
  const seen = viewsSeenBy(viewer);
  if (ownerId === seen.userId) return true;
  switch (sharing.with) {
    case "nobody":
      return false;
    case "organization":
      return seen.organization;
    case "team":
      return seen.teams === "all" || seen.teams.includes(sharing.teamId);
  }
}

/** Sharing with the organization is for its owners and admins, with a team for that team's admins as well; a private view is everybody's own affair. */
export function mayShareView(viewer: MemberViewer, sharing: Sharing): Decision {
  if (sharing.with === "nobody") return { allowed: true, reason: "a private view concerns nobody else" };
  return may(viewer, "views:share", sharing.with === "team" ? { teamId: sharing.teamId } : {});
}

/** What others open too is changed by those who might have shared it. */
export function mayChangeView(viewer: MemberViewer, { ownerId, sharing }: OwnedView): Decision {
  if (sharing.with !== "nobody") return mayShareView(viewer, sharing);
  return ownerId === viewer.userId
    ? { allowed: true, reason: "it is your own view" }
    : { allowed: false, reason: "This view is somebody else's own. Its owner can share it." };
}

/** Whoever made a view may always take it back, even where they might not share it any more. */
export function mayWithdrawView(viewer: MemberViewer, view: OwnedView): Decision {
  return view.ownerId === viewer.userId ? { allowed: true, reason: "it is your own view" } : mayChangeView(viewer, view);
}
