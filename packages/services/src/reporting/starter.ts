import { organizations } from "@daybook/store";
import type { OrganizationStarter } from "../access/set-up.ts";
import { record } from "../record.ts";
import { insertSchedule, scheduleResource, stateOf } from "./schedules.ts";

const mondays = 1;
const morningHour = 8;

/** A weekly report to the owner, Mondays at eight of the organization's clocks. */
export const startReporting: OrganizationStarter = async (tx, context, platform) => {
  const organization = await organizations.find(tx, context.viewer.organizationId);
  const owner = context.viewer.actor.email;
  if (!organization || owner === undefined) throw new Error("an organization is founded by a person with an address");
  const schedule = await insertSchedule(tx, context, platform, {
    name: "Weekly report",
    template: "weekly",
    recipients: [owner],
    zone: organization.timeZone,
    weekday: mondays,
    hour: morningHour,
    paused: false,
  });
  await record(platform, tx, context, {
    action: "report_schedule_created",
    resource: scheduleResource(schedule),
    changes: { after: stateOf(schedule) },
  });
};
