import type { Place } from "./places.ts";

/** Places that stand as tabs in another. */
export const organizationPlaces: readonly Place[] = [
  { to: "/o/$org/organization/members", label: "Members", needs: "members:read", words: "people users roles invite" },
  { to: "/o/$org/organization/teams", label: "Teams", needs: "teams:read" },
  { to: "/o/$org/organization/groups", label: "Groups", needs: "groups:read" },
  { to: "/o/$org/organization/collections", label: "Collections", needs: "collections:read" },
  { to: "/o/$org/organization/connections", label: "Connections", needs: "connections:read", words: "databases" },
  { to: "/o/$org/organization/auditors", label: "Auditors", needs: "auditors:read", words: "grants" },
  { to: "/o/$org/organization/service-users", label: "Service users", needs: "service-users:read" },
  { to: "/o/$org/organization/audit-logs/$logType", logType: "activity", label: "Audit logs", needs: "members:read" },
];

export const settingsPlaces: readonly Place[] = [
  { to: "/o/$org/settings/general", label: "General", needs: "organization:manage", words: "name time zone" },
  { to: "/o/$org/settings/security", label: "Security", needs: "security:read", words: "single sign-on providers two-factor" },
  { to: "/o/$org/settings/security/audit-log", label: "Audit log", needs: "members:read" },
  { to: "/o/$org/settings/tokens", label: "API tokens", needs: "tokens:read", words: "keys secret" },
  { to: "/o/$org/settings/redaction", label: "Redaction", needs: "redaction:read", words: "secrets mask" },
  { to: "/o/$org/settings/plan", label: "Plan", needs: "organization:manage", words: "limits" },
];
