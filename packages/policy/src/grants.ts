/** Everything that somebody may be allowed to do, as `noun:verb`. A verb names the one it needs. */
export const grants = {
  "events:read": "Read the log",
  "events:write": "Write events",
  "organization:read": "See the organization and its settings",
  "organization:manage": "Change the organization",
  "tokens:read": "See API tokens",
  "tokens:manage": "Create and revoke API tokens",
  "alerts:read": "See alert rules and incidents",
  "alerts:write": "Change alert rules",
  "incidents:act": "Acknowledge and resolve incidents",
  "sources:read": "See integrations and their runs",
  "sources:write": "Add, run and remove integrations",
  "imports:read": "See imports and mappings",
  "imports:write": "Import events, make mappings and undo imports",
  "reports:read": "See report schedules and runs",
  "reports:write": "Change and send reports",
  "mailbox:read": "Read mails that Daybook sent",
  "retention:read": "See how long events are kept",
  "retention:write": "Change retention and purge",
  "redaction:read": "See redaction rules",
  "redaction:write": "Change redaction rules",
} as const;
export type Grant = keyof typeof grants;
