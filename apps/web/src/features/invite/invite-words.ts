import type { Offer } from "./invite-page.tsx";

/** Who opens the page, as the invitation sees them. */
export function matchOf({ email, hasAccount, signedInAs }: Pick<Offer, "email" | "hasAccount" | "signedInAs">): "same" | "other" | "signed_out" | "new" {
  if (signedInAs) return signedInAs.email.toLowerCase() === email.toLowerCase() ? "same" : "other";
  return hasAccount ? "signed_out" : "new";
}

export const offerSentence = ({ invitedBy, organization, role }: Pick<Offer, "invitedBy" | "organization" | "role">): string =>
  `${invitedBy} invited you to ${organization.name} as ${role.article} ${role.title.toLowerCase()}.`;

/** Why nothing can be accepted here, and whom to ask. */
export function closedSentence({ invitedBy, organization }: Pick<Offer, "invitedBy" | "organization">, state: Exclude<Offer["state"], "open">): string {
  switch (state) {
    case "expired":
      return `This invitation to ${organization.name} has expired. Ask ${invitedBy} to send it again.`;
    case "revoked":
      return `This invitation to ${organization.name} was revoked. If that is a mistake, ask ${invitedBy}.`;
    case "accepted":
      return `This invitation to ${organization.name} was accepted already. Sign in to open the organization.`;
    case "replaced":
      return `A newer invitation to ${organization.name} took the place of this one. Look for its mail, or ask ${invitedBy}.`;
  }
}
