import { permissionChanges } from "@daybook/alerts";
import { alertRules, members } from "@daybook/store";
import type { OrganizationStarter } from "../access/set-up.ts";
import { asDaybook, newId } from "../context.ts";
import { record } from "../record.ts";

/** Every organization begins with the rule that most want first; its owners are told. */
export const defaultAlertRule: OrganizationStarter = async (tx, { viewer: { organizationId }, request }, platform) => {
  const id = newId(platform);
  const name = permissionChanges.title;
  const recipients = await members.emailsOf(tx, organizationId, ["owner"]);
  const settings = { ...permissionChanges.defaults };
  await alertRules.insert(tx, {
    organizationId,
    id,
    kind: permissionChanges.id,
    name,
    settings,
    recipients,
    createdAt: platform.now(),
    updatedAt: platform.now(),
  });
  await record(
    platform,
    tx,
    { ...asDaybook(organizationId), request },
    {
      action: "alert_rule_created",
      resource: { type: "alert_rule", id, name },
      changes: { after: { name, enabled: true, recipients, settings } },
    },
  );
};
