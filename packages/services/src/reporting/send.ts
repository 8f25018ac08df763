import { reportRuns, wake } from "@daybook/store";
import type { ReportRun, ReportSchedule, Tx } from "@daybook/store";
import { newId } from "../context.ts";
import { deliverMailQueue } from "../delivery/deliver-mail.ts";
import { queueMail } from "../delivery/queue-mail.ts";
import { withoutShutOut } from "../delivery/recipients.ts";
import type { Platform } from "../platform.ts";
import type { Composed } from "./compose.ts";
import { scheduleResource } from "./schedules.ts";

export interface Sending {
  schedule: ReportSchedule;
  report: Composed;
  trigger: ReportRun["trigger"];
  periodsSkipped: number;
}

/** Writes the run and a mail for each recipient, to be delivered after the commit. Null when this period was sent already. */
export async function sendReport(tx: Tx, platform: Platform, { schedule, report, trigger, periodsSkipped }: Sending): Promise<ReportRun | null> {
  const { organizationId } = schedule;
  const recipients = await withoutShutOut(tx, organizationId, schedule.recipients);
  const run: ReportRun = {
    organizationId,
    id: newId(platform),
    scheduleId: schedule.id,
    periodFrom: new Date(report.period.from),
    periodTo: new Date(report.period.to),
    trigger,
    recipients,
    eventsTotal: report.eventsTotal,
    periodsSkipped,
    createdAt: platform.now(),
  };
  if (!(await reportRuns.insert(tx, run))) return null;
  for (const recipient of recipients) {
    await queueMail(tx, organizationId, platform, {
      kind: "report",
      mail: { subject: report.subject, html: report.html, text: report.text },
      to: [recipient],
      about: {
        action: "report_sent",
        resource: { type: "report", id: run.id, name: schedule.name },
        related: [scheduleResource(schedule)],
        metadata: {
          period_from: report.period.from,
          period_to: report.period.to,
          zone: report.period.zone,
          trigger,
          events_total: run.eventsTotal,
          periods_skipped: periodsSkipped,
        },
      },
    });
  }
  await wake(tx, deliverMailQueue);
  return run;
}
