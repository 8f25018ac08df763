/** Everybody who can knock at the API, as the matrix of access knows them. */
export const people = ["owner", "admin", "team_admin", "member", "auditor", "auditor_expired", "suspended", "removed", "foreign_owner"] as const;
const programs = [
  "token_events_write",
  "token_events_read",
  "token_access_read",
  "token_access_write",
  "member_key",
  "token_revoked",
  "token_expired",
  "foreign_token",
] as const;
export const personas = [...people, ...programs, "anonymous"] as const;
export type Person = (typeof people)[number];
export type Persona = (typeof personas)[number];

/** People who are active members of the organization that is asked. */
export const activeMembers: readonly Persona[] = ["owner", "admin", "team_admin", "member", "auditor", "auditor_expired"];
export const admins: readonly Persona[] = ["owner", "admin"];

/** What a request is aimed at. */
export const targets = [
  /** Something of one's own organization; of one's own team where it belongs to one. */
  "own",
  /** Of one's own organization, and of a team that one does not belong to. */
  "other_team",
  /** An id of another organization, asked of one's own. */
  "other_organization",
  /** An id that was there once. */
  "deleted",
  /** An id that never was. */
  "nonexistent",
  /** One's own id, asked of another organization. */
  "asked_of_other",
  /** One's own id, asked of an organization that is not there. */
  "asked_of_nobody",
] as const;
export type Target = (typeof targets)[number];
