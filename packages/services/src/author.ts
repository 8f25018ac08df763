import type { Actor } from "@daybook/event";
import type { Viewer } from "@daybook/policy";

/** Who an event is by, when nothing else is said. */
export interface Author {
  actor: Actor;
  /** A member's key acts for its member, so that the member finds what it did. */
  onBehalfOf: Actor[];
  tokenId: string | null;
}

export function authorOf(viewer: Viewer): Author {
  const { actor } = viewer;
  if (viewer.kind === "token") return { actor, onBehalfOf: [], tokenId: viewer.tokenId };
  if (viewer.kind === "member_key") return { actor, onBehalfOf: [viewer.onBehalfOf], tokenId: viewer.tokenId };
  return { actor, onBehalfOf: [], tokenId: null };
}
