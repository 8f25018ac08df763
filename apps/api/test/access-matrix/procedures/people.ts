import type { Persona, Target } from "../personas.ts";
import type { Outcome } from "../outcome.ts";
import { audiences } from "../row.ts";
import type { ProcedureRow } from "../row.ts";

const { admins, insiders, team } = audiences;
const dayMs = 86_400_000;
const onMember = (input: NonNullable<ProcedureRow["input"]>, more: Partial<ProcedureRow> = {}): ProcedureRow => ({ may: admins, object: true, input, ...more });
const onTeam = (input: NonNullable<ProcedureRow["input"]>, more: Partial<ProcedureRow> = {}): ProcedureRow => ({ may: team, object: true, input, ...more });
/** To who is in neither, another team is not there. */
const ownTeamsOnly = (persona: Persona, target: Target): Outcome | undefined =>
  (persona === "team_admin" || persona === "member") && target === "other_team" ? "not_found" : undefined;

/** Members and teams. */
export const people: Record<string, ProcedureRow> = {
  "members.list": { may: admins },
  "members.previewRole": onMember(({ user }) => ({ userId: user, role: "auditor" })),
  "members.changeRole": onMember(({ user }) => ({ userId: user, role: "admin" })),
  "members.suspend": onMember(({ user }) => ({ userId: user })),
  "members.reinstate": onMember(({ user }) => ({ userId: user }), { passes: [409] }),
  "members.remove": onMember(({ user }) => ({ userId: user })),
  // The only owner cannot leave, which is a conflict and no denial.
  "members.leave": { may: audiences.members, passes: [409] },
  "invitations.list": { may: admins },
  "invitations.invite": { may: admins, input: () => ({ addresses: "somebody@example.com", role: "member" }) },
  // Whoever was removed is there to be invited again; whoever is a member cannot be.
  "invitations.reinvite": onMember(({ user }) => ({ userId: user, role: "member" }), {
    passes: [409],
    except: (persona, target) => (target === "deleted" && admins.who.includes(persona) ? "done" : undefined),
  }),
  "invitations.resend": onMember(({ invitation }) => ({ invitationId: invitation }), { passes: [409, 429] }),
  "invitations.revoke": onMember(({ invitation }) => ({ invitationId: invitation })),
  // Nobody of this table holds the link of an invitation.
  "invitations.look": { may: "anyone", input: () => ({ token: "guess" }), except: () => "not_found" },
  "invitations.accept": { may: "anyone", input: () => ({ token: "guess" }), except: () => "not_found" },
  "security.get": { may: admins },
  "security.update": { may: admins, input: () => ({ ipDisplay: "masked" }) },
  "signInProviders.list": { may: admins },
  // No provider answers in a test: what was found of it is told, not refused.
  "signInProviders.test": { may: admins, input: () => ({ issuer: "https://sign-in.example.com" }), passes: [400, 409, 503] },
  "signInProviders.create": {
    may: audiences.owner,
    input: () => ({ name: "New", issuer: "https://other.example.com", clientId: "c", clientSecret: "a secret of the provider", emailDomains: ["example.com"] }),
  },
  "signInProviders.update": onMember(({ provider }) => ({ providerId: provider, name: "Renamed" })),
  "signInProviders.remove": onMember(({ provider }) => ({ providerId: provider })),
  "auditors.list": { may: admins },
  "auditors.preview": { may: admins, input: () => ({ filter: {} }) },
  "auditors.grant": {
    may: admins,
    input: (_ids, persona) => ({
      email: persona === "foreign_owner" ? "foreign_auditor@example.com" : "auditor@example.com",
      filter: {},
      expiresAt: new Date(Date.now() + dayMs).toISOString(),
      reason: "Yearly audit",
    }),
  },
  "auditors.extend": onMember(({ auditorGrant }) => ({ grantId: auditorGrant, expiresAt: new Date(Date.now() + 2 * dayMs).toISOString() })),
  "auditors.end": onMember(({ auditorGrant }) => ({ grantId: auditorGrant })),
  "auditors.mine": { may: audiences.members },
  // One accepts the terms of one's own grant; anybody else's is not there.
  "auditors.accept": { may: audiences.members, input: ({ auditorGrant }) => ({ grantId: auditorGrant }), passes: [404, 409] },
  "access.simulate": onMember(({ user }) => ({ userId: user })),
  "access.whoSees": onMember(({ event }) => ({ id: event })),
  "sessions.revokeMember": { may: admins, object: true, input: ({ user }) => ({ userId: user }) },
  "teams.list": { may: insiders },
  "teams.get": { may: insiders, object: true, input: ({ team: teamId }) => ({ teamId }), except: ownTeamsOnly },
  "teams.members": { may: insiders, object: true, input: ({ team: teamId }) => ({ teamId }), except: ownTeamsOnly },
  "teams.candidates": onTeam(({ team: teamId }) => ({ teamId })),
  "teams.create": { may: admins, input: () => ({ name: "A new team" }) },
  "teams.update": onTeam(({ team: teamId }) => ({ teamId, name: "Renamed" })),
  "teams.delete": onTeam(({ team: teamId }) => ({ teamId })),
  "teams.addMember": onTeam(({ team: teamId, user }) => ({ teamId, userId: user }), { passes: [409] }),
  "teams.removeMember": onTeam(({ team: teamId, user }) => ({ teamId, userId: user })),
  "teams.setRole": onTeam(({ team: teamId, user }) => ({ teamId, userId: user, role: "admin" })),
};
