import { alertKindOf } from "@daybook/alerts";
import type { AlertKind } from "@daybook/alerts";
import { diff, Refusal } from "@daybook/event";
import type { Json } from "@daybook/event";
import { alertRules } from "@daybook/store";
import { z } from "zod";
import { recipientList } from "../delivery/recipients.ts";
import { defineChange, defineRead } from "../verb.ts";

export interface ShownRule {
  id: string;
  name: string;
  kind: string;
  kindTitle: string;
  enabled: boolean;
  recipients: string[];
  settings: Record<string, unknown>;
  /** JSON schema; the console draws the form from it. */
  settingsSchema: Record<string, unknown>;
  lastFiredAt: string | null;
  incidentsOpen: number;
}

export const listRules = defineRead({
  name: "rules.list",
  needs: "alerts:read",
  feature: "alerts",
  input: z.object({}).optional(),
  async run({ store }, { viewer }): Promise<ShownRule[]> {
    const rows = await alertRules.list(store.of(viewer.organizationId), viewer.organizationId);
    return rows.map((row) => {
      const kind = knownKind(row.kind);
      return {
        id: row.id,
        name: row.name,
        kind: row.kind,
        kindTitle: kind.title,
        enabled: row.enabled,
        recipients: row.recipients,
        settings: { ...kind.defaults, ...row.settings },
        settingsSchema: { ...z.toJSONSchema(kind.settings) },
        lastFiredAt: row.lastFiredAt?.toISOString() ?? null,
        incidentsOpen: row.incidentsOpen,
      };
    });
  },
});

export const updateRule = defineChange({
  name: "rules.update",
  needs: "alerts:write",
  feature: "alerts",
  records: "alert_rule_updated",
  input: z.object({
    ruleId: z.uuid(),
    name: z.string().trim().min(1).max(100).optional(),
    enabled: z.boolean().optional(),
    /** None at all is fine: incidents then show in the console only. */
    recipients: recipientList.optional(),
    settings: z.record(z.string(), z.json()).optional(),
  }),
  async run(tx, { viewer }, { ruleId, settings, ...input }, platform) {
    const row = await alertRules.lock(tx, viewer.organizationId, ruleId);
    if (!row) throw new Refusal("not_found", "There is no such alert rule.");
    const before = { name: row.name, enabled: row.enabled, recipients: row.recipients, settings: row.settings };
    const after = {
      name: input.name ?? row.name,
      enabled: input.enabled ?? row.enabled,
      recipients: input.recipients ?? row.recipients,
      settings: settings === undefined ? row.settings : checkSettings(knownKind(row.kind), { ...row.settings, ...settings }),
    };
    if (diff(before, after).length === 0) return { result: { changed: false }, event: null };
    // What happened while the rule was off is history to it, like what happened before it was made.
    await alertRules.update(tx, viewer.organizationId, { id: ruleId, ...after, at: platform.now(), restart: after.enabled && !before.enabled });
    return { result: { changed: true }, event: { resource: { type: "alert_rule", id: ruleId, name: after.name }, changes: { before, after } } };
  },
});

/** Stored complete, so that a kind's later default does not change what somebody chose. */
function checkSettings(kind: AlertKind, settings: { [key: string]: Json }): { [key: string]: Json } {
  const parsed = kind.settings.safeParse({ ...kind.defaults, ...settings });
  if (parsed.success) return { ...parsed.data } as { [key: string]: Json };
  const issue = parsed.error.issues[0];
  const path = ["settings", ...(issue?.path ?? [])].map(String).join(".");
  throw new Refusal("invalid", `\`${path}\`: ${issue?.message ?? "is not valid"}`, path);
}

function knownKind(id: string): AlertKind {
  const kind = alertKindOf(id);
  if (!kind) throw new Error(`alert kind ${id} is not known to this version`);
  return kind;
}
