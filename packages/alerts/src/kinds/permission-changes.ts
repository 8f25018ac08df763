import type { AuditEvent } from "@daybook/event";
import { z } from "zod";
import { changesAccess, matchesKey } from "../access-actions.ts";
import { defineAlertKind, firingDefaults, firingFields } from "../define-alert-kind.ts";

const settings = z.strictObject({
  includeFailed: z.boolean().meta({
    title: "Include failed attempts",
    hint: "An attempt that was refused changed nothing, but it shows what somebody tried.",
  }),
  oneIncidentPer: z.enum(["actor", "resource", "organization"]).meta({
    title: "One incident per",
    hint: "Changes by the same actor, or on the same resource, join one incident; “organization” puts all of them into one.",
  }),
  extraActions: z
    .array(z.string().trim().min(1).max(200))
    .max(100)
    .meta({ title: "Further actions", hint: "Action keys of your own that change access. `*` stands for anything: `warehouse_*_opened`." }),
  ignoredActors: z
    .array(z.string().trim().min(1).max(320))
    .max(100)
    .meta({ title: "Ignored actors", hint: "Ids or e-mail addresses whose changes are expected, such as a provisioning robot." }),
  ...firingFields,
});

type Settings = z.output<typeof settings>;

export const permissionChanges = defineAlertKind({
  id: "permission_changes",
  title: "Permission changes",
  description: "Somebody gained or lost access: a role, a group, a share, a key, or a policy was changed.",
  severity: "high",
  settings,
  defaults: { includeFailed: false, oneIncidentPer: "actor", extraActions: [], ignoredActors: [], ...firingDefaults },
  matches: (settings, event) =>
    statusCounts(settings, event) &&
    !isIgnored(settings, event) &&
    (changesAccess(event) || settings.extraActions.some((pattern) => matchesKey(pattern, event.action))),
  groupBy: (settings, event) => groupOf(settings, event),
  titleOf: (_settings, newest, count) =>
    clip(count === 1 ? `${newest.description}, by ${actorLabel(newest)}` : `${count} permission changes by ${actorLabel(newest)}`),
  sample: {
    id: "0198d3f2-7a10-7c4e-9b1d-2f6c0a5e8d31",
    seq: 1204,
    occurred_at: "2026-11-16T22:41:07.120Z",
    received_at: "2026-11-16T22:41:07.480Z",
    log_type: "activity",
    action: "org_user_role_changed",
    namespace: "users",
    operation: "updated",
    actor: { type: "user", id: "u_17", name: "Alice Jones", email: "alice@acme.example" },
    on_behalf_of: [],
    resource: { type: "user", id: "u_42", name: "Bob Smith" },
    related_resources: [],
    team: null,
    status: "success",
    error: null,
    operation_id: null,
    origin: "interface",
    reason: null,
    description: 'Changed the role of "Bob Smith"',
    duration_ms: null,
    rows_returned: null,
    rows_affected: null,
    counts: {},
    context: { ip: "203.0.113.24" },
    changes: { fields: [{ path: "role", before: "member", after: "admin" }] },
    metadata: {},
    redactions: [],
    source: "api",
    clock_skew_ms: null,
    import_id: null,
    token_id: null,
    idempotency_key: null,
  },
});

/** An operation that is under way or waits for approval changed nothing yet; the event that ends it says what came of it. */
function statusCounts(settings: Settings, event: AuditEvent): boolean {
  switch (event.status) {
    case "success":
      return true;
    case "failed":
      return settings.includeFailed;
    case "in_progress":
    case "pending_approval":
      return false;
  }
}

const isIgnored = (settings: Settings, { actor }: AuditEvent): boolean =>
  settings.ignoredActors.some((ignored) => ignored === actor.id || ignored.toLowerCase() === actor.email?.toLowerCase());

function groupOf(settings: Settings, event: AuditEvent): string {
  switch (settings.oneIncidentPer) {
    case "actor":
      return `actor:${event.actor.id ?? event.actor.email?.toLowerCase() ?? event.actor.name ?? event.actor.type}`;
    case "resource":
      return event.resource ? `resource:${event.resource.type}:${event.resource.id ?? event.resource.name ?? ""}` : "resource:none";
    case "organization":
      return "organization";
  }
}

const actorLabel = ({ actor }: AuditEvent): string => actor.name ?? actor.email ?? actor.id ?? actor.type;

const titleLengthMax = 200;
/** By code points, so that no pair of surrogates is cut in half. */
function clip(text: string): string {
  const points = [...text];
  return points.length <= titleLengthMax ? text : `${points.slice(0, titleLengthMax - 1).join("")}…`;
}
