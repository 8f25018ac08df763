export { acceptInvitation, lookAtInvitation } from "./accept.ts";
export type { Accepted, InvitationOffer } from "./accept.ts";
export { addressesMax, personName } from "./addresses.ts";
export { inviteMembers, reinviteMember } from "./invite.ts";
export type { InviteOutcome } from "./invite.ts";
export { listInvitations } from "./list.ts";
export type { InvitationView } from "./list.ts";
export type { SentInvitation } from "./open-invitation.ts";
export { resendInvitation, revokeInvitation } from "./settle.ts";
