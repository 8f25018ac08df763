import { alertKindOf } from "@daybook/alerts";
import type { AlertKind, FiringSettings } from "@daybook/alerts";
import type { Feature } from "@daybook/policy";
import { alertRules, plans } from "@daybook/store";
import type { AlertRule, Tx } from "@daybook/store";
import type { Platform } from "../platform.ts";

/** A rule with its kind and its settings as the kind reads them today. */
export interface LiveRule {
  row: AlertRule;
  kind: AlertKind;
  settings: FiringSettings;
}

/** The enabled rules. One that this version cannot read is left out and told to the operator: it must not keep the others from firing. */
export async function liveRules(tx: Tx, organizationId: string, platform: Platform): Promise<LiveRule[]> {
  if (await plans.lacks(tx, organizationId, "alerts" satisfies Feature)) return [];
  const rows = await alertRules.enabled(tx, organizationId);
  return rows.flatMap((row) => {
    const kind = alertKindOf(row.kind);
    const settings = kind?.settings.safeParse({ ...kind.defaults, ...row.settings });
    if (kind && settings?.success) return [{ row, kind, settings: settings.data }];
    platform.log.error({ organization: organizationId, rule: row.id, kind: row.kind }, "an alert rule cannot be read and does not fire");
    return [];
  });
}
