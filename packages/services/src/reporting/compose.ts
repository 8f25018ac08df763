import { changesAccess } from "@daybook/alerts";
import { definitionOf } from "@daybook/catalog";
import { isForOwnersAlone } from "@daybook/policy";
import { digestOf, localDate, renderMail, weekBefore } from "@daybook/reports";
import type { CountRow, Period, RenderedMail } from "@daybook/reports";
import { organizations, reportFigures } from "@daybook/store";
import type { Executor, HourFigure, ReportSchedule } from "@daybook/store";
import type { Platform } from "../platform.ts";
import { templateOf } from "./schedules.ts";

export interface Composed extends RenderedMail {
  period: Period;
  eventsTotal: number;
}

/**
 * A schedule's report for a period, ready to be shown or sent. It holds counts of the activity log, but for what is for owners alone, and no event, because its recipients
 * were chosen by somebody who may read the log, and may themselves have no account; every link leads to a page that asks who they are.
 */
export async function composeReport(db: Executor, platform: Pick<Platform, "origin">, schedule: ReportSchedule, period: Period): Promise<Composed> {
  const organization = await organizations.find(db, schedule.organizationId);
  if (!organization) throw new Error("a schedule's organization exists");
  const from = new Date(weekBefore(period).from);
  const figures = await reportFigures.read(db, schedule.organizationId, { from, to: new Date(period.to) });
  const digest = digestOf({
    period,
    rows: byDay(
      figures.filter(({ action }) => !isForOwnersAlone(action)),
      period.zone,
    ),
    isPermissionChange: changesAccess,
    titleOf: (action) => definitionOf(action)?.title ?? action,
  });
  const mail = await renderMail(templateOf(schedule), {
    organization: { name: organization.name, slug: organization.slug },
    schedule: { name: schedule.name },
    origin: platform.origin,
    digest,
  });
  return { ...mail, period, eventsTotal: digest.total.now };
}

/** Hours joined to local days. A fortnight has 336 hours and may have a hundred thousand figures, so each hour is placed in its day once. */
function byDay(figures: readonly HourFigure[], zone: string): CountRow[] {
  const days = new Map<number, string>();
  const rows = new Map<string, CountRow>();
  for (const { hour, action, operation, actorId, actorName, status, events } of figures) {
    const at = days.get(hour.getTime()) ?? localDate(hour, zone);
    days.set(hour.getTime(), at);
    const key = JSON.stringify([at, action, operation, actorId, actorName, status]);
    const row = rows.get(key);
    if (row) row.count += events;
    else rows.set(key, { at, action, operation, actorId, actorName, status, count: events });
  }
  return [...rows.values()];
}
