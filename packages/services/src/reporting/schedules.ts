import { Refusal } from "@daybook/event";
import type { KnownAction } from "@daybook/catalog";
import type { EventInput, Json } from "@daybook/event";
import { nextRun, reportTemplateOf } from "@daybook/reports";
import type { ReportTemplate } from "@daybook/reports";
import { mails, reportRuns, reportSchedules } from "@daybook/store";
import type { ReportSchedule, Tx } from "@daybook/store";
import { z } from "zod";
import { timeZone } from "../access/set-up.ts";
import { newId } from "../context.ts";
import type { Context } from "../context.ts";
import type { Platform } from "../platform.ts";
import { recordAll } from "../record.ts";
import { defineChange, defineRead } from "../verb.ts";
import { runViewOf } from "./run-view.ts";
import type { ReportRunView } from "./run-view.ts";

export const recipientsMax = 50;
const emailLengthMax = 254;

const scheduleInput = z.object({
  name: z.string().trim().min(1, "name the report").max(100),
  // One person gets one mail, however often the address is listed.
  recipients: z
    .array(z.string().trim().toLowerCase().pipe(z.email("is not an e-mail address").max(emailLengthMax)))
    .min(1, "name at least one recipient")
    .max(recipientsMax)
    .transform((emails) => [...new Set(emails)]),
  zone: timeZone,
  weekday: z.number().int().min(1).max(7),
  hour: z.number().int().min(0).max(23),
  paused: z.boolean(),
});

export interface ScheduleView {
  id: string;
  name: string;
  template: string;
  recipients: string[];
  zone: string;
  weekday: number;
  hour: number;
  paused: boolean;
  /** Null while it is paused. */
  nextRunAt: string | null;
  lastRun: ReportRunView | null;
}

export const listSchedules = defineRead({
  name: "reports.list",
  needs: "reports:read",
  feature: "reports",
  input: z.object({}).optional(),
  async run({ store }, { viewer }): Promise<ScheduleView[]> {
    const schedules = await reportSchedules.list(store.of(viewer.organizationId), viewer.organizationId);
    const runs = await reportRuns.newest(store.of(viewer.organizationId), viewer.organizationId);
    const told = await mails.about(
      store.of(viewer.organizationId),
      viewer.organizationId,
      runs.map(({ id }) => id),
    );
    const lastRuns = new Map(runs.map((run) => [run.scheduleId, runViewOf(run, told)]));
    return schedules.map(({ id, name, template, recipients, zone, weekday, hour, paused, nextRunAt }) => ({
      id,
      name,
      template,
      recipients,
      zone,
      weekday,
      hour,
      paused,
      nextRunAt: paused ? null : nextRunAt.toISOString(),
      lastRun: lastRuns.get(id) ?? null,
    }));
  },
});

export const createSchedule = defineChange({
  name: "reports.create",
  needs: "reports:write",
  feature: "reports",
  records: "report_schedule_created",
  input: scheduleInput.extend({ template: z.string().default("weekly"), paused: z.boolean().default(false) }),
  async run(tx, context, input, platform) {
    if (!reportTemplateOf(input.template)) throw new Refusal("invalid", `There is no kind of report named "${input.template}".`, "template");
    const schedule = await insertSchedule(tx, context, platform, input);
    return { result: { id: schedule.id }, event: { resource: scheduleResource(schedule), changes: { after: stateOf(schedule) } } };
  },
});

export type NewSchedule = z.infer<typeof scheduleInput> & { template: string };

export async function insertSchedule(tx: Tx, { viewer }: Context, platform: Platform, input: NewSchedule): Promise<ReportSchedule> {
  const now = platform.now();
  const schedule = { ...input, organizationId: viewer.organizationId, id: newId(platform), nextRunAt: nextRun(now, input), createdAt: now };
  await reportSchedules.insert(tx, schedule);
  return schedule;
}

export const updateSchedule = defineChange({
  name: "reports.update",
  needs: "reports:write",
  feature: "reports",
  records: "report_schedule_edited",
  input: scheduleInput.partial().extend({ scheduleId: z.uuid() }),
  async run(tx, context, { scheduleId, ...changed }, platform) {
    const { viewer } = context;
    const before = await lockSchedule(tx, viewer.organizationId, scheduleId);
    const after: ReportSchedule = { ...before, ...present(changed) };
    if (JSON.stringify(stateOf(before)) === JSON.stringify(stateOf(after))) return { result: {}, event: null };
    // Who resumes a report or moves it does not ask for the ones that passed meanwhile.
    if (!sameTimes(before, after)) after.nextRunAt = nextRun(platform.now(), after);
    await reportSchedules.update(tx, viewer.organizationId, after);
    await recordAll(platform, tx, context, recipientEvents(before, after));
    // Who gets it has events of its own.
    const edited = JSON.stringify(stateOf({ ...before, recipients: [] })) !== JSON.stringify(stateOf({ ...after, recipients: [] }));
    return { result: {}, event: edited ? { resource: scheduleResource(after), changes: { before: stateOf(before), after: stateOf(after) } } : null };
  },
});

/** One event for each address that came or went. */
function recipientEvents(before: ReportSchedule, after: ReportSchedule): EventInput[] {
  const about = (action: KnownAction, email: string): EventInput => ({
    action,
    resource: scheduleResource(after),
    metadata: { email },
    changes: { before: { recipients: before.recipients }, after: { recipients: after.recipients } },
  });
  return [
    ...after.recipients.filter((email) => !before.recipients.includes(email)).map((email) => about("report_schedule_user_email_added", email)),
    ...before.recipients.filter((email) => !after.recipients.includes(email)).map((email) => about("report_schedule_user_email_removed", email)),
  ];
}

export const removeSchedule = defineChange({
  name: "reports.remove",
  needs: "reports:write",
  feature: "reports",
  records: "report_schedule_deleted",
  input: z.object({ scheduleId: z.uuid() }),
  async run(tx, { viewer }, { scheduleId }) {
    const schedule = await lockSchedule(tx, viewer.organizationId, scheduleId);
    await reportSchedules.remove(tx, viewer.organizationId, scheduleId);
    return { result: {}, event: { resource: scheduleResource(schedule), changes: { before: stateOf(schedule) } } };
  },
});

/** The schedule, held until the end of the transaction. Another organization's and one that never was get the same answer. */
export async function lockSchedule(tx: Tx, organizationId: string, scheduleId: string): Promise<ReportSchedule> {
  const schedule = await reportSchedules.lock(tx, organizationId, scheduleId);
  if (!schedule) throw noSuchSchedule();
  return schedule;
}

export const noSuchSchedule = () => new Refusal("not_found", "There is no such report.");

export const scheduleResource = ({ id, name }: Pick<ReportSchedule, "id" | "name">) => ({ type: "report_schedule", id, name });

/** The template of a stored schedule. Templates are never taken away, so its absence is a broken assumption. */
export function templateOf({ template }: Pick<ReportSchedule, "template">): ReportTemplate {
  const found = reportTemplateOf(template);
  if (!found) throw new Error(`no report template is named ${template}`);
  return found;
}

export const stateOf = ({ name, template, recipients, zone, weekday, hour, paused }: NewSchedule): { [key: string]: Json } => ({
  name,
  template,
  recipients,
  zone,
  weekday,
  hour,
  paused,
});

const sameTimes = (a: ReportSchedule, b: ReportSchedule): boolean => a.zone === b.zone && a.weekday === b.weekday && a.hour === b.hour && a.paused === b.paused;

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
const present = <T extends object>(members: T): Present<T> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Present<T>;
