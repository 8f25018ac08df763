import { sevenDaysThrough } from "@daybook/reports";
import { reportSchedules } from "@daybook/store";
import { z } from "zod";
import { defineChange, defineRead } from "../verb.ts";
import { composeReport } from "./compose.ts";
import { lockSchedule, noSuchSchedule, scheduleResource } from "./schedules.ts";
import { sendReport } from "./send.ts";

/**
 * Sends a report without waiting for its time, about the seven days that end with today: who asks now wants to see now, and a young log
 * has no full week behind it. A scheduled period is a full week before today, so neither takes the place of the other.
 */
export const sendReportNow = defineChange({
  name: "reports.sendNow",
  needs: "reports:write",
  feature: "reports",
  records: "report_requested",
  input: z.object({ scheduleId: z.uuid() }),
  async run(tx, { viewer }, { scheduleId }, platform) {
    const schedule = await lockSchedule(tx, viewer.organizationId, scheduleId);
    const report = await composeReport(tx, platform, schedule, sevenDaysThrough(platform.now(), schedule.zone));
    const run = await sendReport(tx, platform, { schedule, report, trigger: "send_now", periodsSkipped: 0 });
    if (!run) throw new Error("a report that is sent by hand is no scheduled period");
    return {
      result: { runId: run.id },
      event: {
        resource: scheduleResource(schedule),
        metadata: { run_id: run.id, recipients: run.recipients, period_from: report.period.from, period_to: report.period.to },
      },
    };
  },
});

/** What "send now" would send this moment, by the same code; nothing is stored. */
export const previewReport = defineRead({
  name: "reports.preview",
  needs: "reports:read",
  feature: "reports",
  input: z.object({ scheduleId: z.uuid() }),
  async run(platform, { viewer }, { scheduleId }) {
    const db = platform.store.of(viewer.organizationId);
    const schedule = await reportSchedules.find(db, viewer.organizationId, scheduleId);
    if (!schedule) throw noSuchSchedule();
    const { subject, html, text, period } = await composeReport(db, platform, schedule, sevenDaysThrough(platform.now(), schedule.zone));
    return { subject, html, text, period: { from: period.from, to: period.to } };
  },
});
