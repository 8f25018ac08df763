import { randomBytes, randomUUID } from "node:crypto";
import {
  actingMember,
  createCase,
  createGroup,
  createProvider,
  inviteMembers,
  createMapping,
  createRedactionRule,
  createSchedule,
  createServiceUser,
  createSource,
  createTeam,
  createToken,
  createView,
  newId,
  perform,
  record,
  sharedVerbs,
} from "@daybook/services";
import type { Context, Platform } from "@daybook/services";

/** One thing of every kind that a request can name. */
export const kinds = [
  "team",
  "token",
  "serviceUser",
  "group",
  "collection",
  "connection",
  "source",
  "schedule",
  "mapping",
  "redactionRule",
  "rule",
  "incident",
  "mail",
  "importRun",
  "event",
  "operation",
  "user",
  "invitation",
  "auditorGrant",
  "provider",
  "view",
  "link",
  "case",
] as const;
export type Furniture = Record<(typeof kinds)[number], string>;

/** Ids that never were. */
export const nothing = (): Furniture => Object.fromEntries(kinds.map((kind) => [kind, randomUUID()])) as Furniture;

/** Makes one of everything in an organization. `label` keeps names apart, `teamId` and `userId` are those that its events tell of. */
export async function furnish(
  platform: Platform,
  context: Context,
  { label, userId, auditorId }: { label: string; userId: string; auditorId: string },
): Promise<Furniture> {
  const { organizationId, actor } = context.viewer;
  const make = async (verb: unknown, input: object): Promise<string> => ((await perform(platform, context, verb as never, input)) as { id: string }).id;
  const teamId = await make(createTeam, { name: `Team ${label}` });
  const ids = {
    rule: newId(platform),
    link: randomBytes(16).toString("base64url"),
    incident: newId(platform),
    mail: newId(platform),
    auditorGrant: newId(platform),
    importRun: newId(platform),
    operation: `operation-${label}-${newId(platform)}`,
  };
  const { id: event } = await platform.store.transaction(organizationId, async (tx) => {
    const told = { team: { id: teamId, name: `Team ${label}` }, operation_id: ids.operation, status: "in_progress" as const };
    return record(platform, tx, context, {
      action: "pipeline_started",
      resource: { type: "pipeline", id: label },
      actor: { type: "user", id: userId },
      ...told,
    });
  });
  const at = `'${platform.now().toISOString()}'`;
  const by = JSON.stringify({ type: actor.type, id: actor.id });
  const about = JSON.stringify({ action: "report_sent", resource: { type: "report_schedule", id: label }, related: [], metadata: {} });
  const statements = [
    `insert into alert_rules (organization_id, id, kind, name, settings, recipients, since_seq)
      values ('${organizationId}', '${ids.rule}', 'permission_changes', 'Rule ${label}', '{}', '{}', 0)`,
    `insert into incidents (organization_id, id, rule_id, group_key, group_hash, state, title, severity, opened_at, last_event_at, event_count, first_seq, last_seq,
        event_ids)
      values ('${organizationId}', '${ids.incident}', '${ids.rule}', '${label}', '${randomUUID()}', 'open', 'Incident ${label}', 'high', ${at}, ${at}, 1, 1, 1,
        '{${event}}')`,
    `insert into mails (organization_id, id, kind, message_id, subject, html, text, recipients, state, next_attempt_at, about)
      values ('${organizationId}', '${ids.mail}', 'report', '<${ids.mail}@matrix.example>', 'Mail', '<p>x</p>', 'x', '{}', 'delivered', ${at}, '${about}')`,
    `insert into auditor_grants (organization_id, id, user_id, query, query_text, may_export, created_by, created_at, expires_at)
      values ('${organizationId}', '${ids.auditorGrant}', '${auditorId}', '{"is": "nothing"}', 'nothing', false, '${by}', ${at}, ${at}::timestamptz + interval '1 day')`,
    `insert into imports (organization_id, id, vendor, title, file_name, state, first_seq, last_seq, started_by, started_at, heartbeat_at, finished_at)
      values ('${organizationId}', '${ids.importRun}', 'github', 'GitHub', 'a.json', 'completed', 1, 1, '${by}', ${at}, ${at}, ${at})`,
    `insert into short_links (organization_id, id, path, created_by, created_at, expires_at)
      values ('${organizationId}', '${ids.link}', 'logs/activity', '${actor.id}', ${at}, ${at}::timestamptz + interval '1 day')`,
  ];
  await platform.store.transaction(organizationId, async (tx) => {
    for (const statement of statements) await tx.execute(statement);
  });
  return {
    ...ids,
    team: teamId,
    event,
    user: userId,
    token: await make(createToken, { name: `Token ${label}`, scopes: ["events:write"] }),
    serviceUser: await make(createServiceUser, { name: `service-${label}` }),
    group: await make(createGroup, { name: `Group ${label}` }),
    collection: await make(sharedVerbs.collections.create, { name: `Collection ${label}` }),
    connection: await make(sharedVerbs.connections.create, { name: `Connection ${label}` }),
    source: await make(createSource, { kind: "dbt", name: `Source ${label}`, settings: { folder: "/nowhere" } }),
    schedule: await make(createSchedule, { name: `Report ${label}`, recipients: ["cfo@example.com"], zone: "UTC", weekday: 1, hour: 8 }),
    mapping: await mappingId(platform, context, label),
    provider: await make(createProvider, {
      name: `Provider ${label}`,
      issuer: "https://sign-in.example.com",
      clientId: label,
      clientSecret: "a secret of the provider",
      emailDomains: ["example.com"],
    }),
    invitation: await invitationId(platform, context, label),
    case: await caseId(platform, context, { label, userId }),
    view: await make(createView, { name: `View ${label}`, logType: "activity", state: {}, sharing: { with: "team", teamId } }),
    redactionRule: await make(createRedactionRule, { name: `Rule ${label}`, kind: "key", expression: `secret_${label.toLowerCase()}` }),
  };
}

/** It belongs to the member whom the rest tells of. */
async function caseId(platform: Platform, { viewer }: Context, { label, userId }: { label: string; userId: string }): Promise<string> {
  const person = { id: userId, name: label, email: `${label.toLowerCase()}@example.com` };
  const owner: Context = { viewer: actingMember({ organizationId: viewer.organizationId, role: "member", person }), origin: "interface", request: {} };
  // Not performed: where it stands for what is elsewhere, nobody asks whether its owner is still a member there.
  const { result } = await platform.store.transaction(viewer.organizationId, (tx) => createCase.run(tx, owner, { recipe: "blank" }, platform));
  return result.id;
}

async function invitationId(platform: Platform, context: Context, label: string): Promise<string> {
  const { outcomes } = await perform(platform, context, inviteMembers, { addresses: `invited-${label.toLowerCase()}@example.com`, role: "member" });
  const [outcome] = outcomes;
  if (!outcome || !("id" in outcome)) throw new Error("nobody had invited this address");
  return outcome.id;
}

async function mappingId(platform: Platform, context: Context, label: string): Promise<string> {
  const made = await perform(platform, context, createMapping, {
    name: `Mapping ${label}`,
    mapping: { fields: { action: "what", occurred_at: "at" } },
  } as never);
  return made.id;
}

const tables: Partial<Record<keyof Furniture, string>> = {
  team: "teams",
  token: "workspace_tokens",
  serviceUser: "service_users",
  group: "groups",
  collection: "shared_objects",
  connection: "shared_objects",
  source: "sources",
  schedule: "report_schedules",
  mapping: "import_mappings",
  redactionRule: "redaction_rules",
  incident: "incidents",
  rule: "alert_rules",
  mail: "mails",
  importRun: "imports",
  invitation: "invitations",
  auditorGrant: "auditor_grants",
  provider: "sign_in_providers",
  case: "cases",
  view: "saved_views",
  link: "short_links",
};

/** Takes everything away again, so that its ids are of what was there once. Its event is left out of the log by being one that nobody ever wrote. */
export async function clear(platform: Platform, { viewer }: Context, furniture: Furniture): Promise<Furniture> {
  await platform.store.transaction(viewer.organizationId, async (tx) => {
    for (const [kind, table] of Object.entries(tables))
      await tx.execute(`delete from ${table} where organization_id = '${viewer.organizationId}' and id = '${furniture[kind as keyof Furniture]}'`);
  });
  return { ...furniture, event: randomUUID(), operation: `operation-${randomUUID()}` };
}
