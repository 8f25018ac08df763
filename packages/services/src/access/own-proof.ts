import { Refusal } from "@daybook/event";
import type { Viewer } from "@daybook/policy";

/**
 * Whether a person proved who they are to Daybook itself. A provider answers for one organization, whose admins decide whom it names; so its word
 * alone opens nothing that reaches beyond: not the account, nor what was sent to its person only.
 */
export const provedThemselves = (viewer: Viewer): boolean => viewer.kind === "member" && viewer.signedIn?.method !== "single_sign_on";

/** `purpose` ends the sentence "Sign in with a password or a passkey …". */
export function demandOwnProof(viewer: Viewer, purpose: string): void {
  if (provedThemselves(viewer)) return;
  throw new Refusal("forbidden", `You came in by single sign-on. Sign in with a password or a passkey ${purpose}; a password can be set by mail.`);
}
