import { lastFullWeek, latestRun, nextRun } from "@daybook/reports";
import type { Feature } from "@daybook/policy";
import { plans, reportSchedules } from "@daybook/store";
import type { ReportSchedule } from "@daybook/store";
import type { Platform } from "../platform.ts";
import { composeReport } from "./compose.ts";
import { stateOf } from "./schedules.ts";
import { sendReport } from "./send.ts";

/** Queue of the job that sends what is due. */
export const reportsQueue = "reporting.send_reports";

const schedulesPerBatchMax = 20;
const batchesMax = 1_000;

/**
 * Sends every report whose time has come, each period once: the run, its mails and the schedule's next time are one transaction.
 * After an outage only the newest due period goes out; the run says how many were passed over, because a summary of last month is no news.
 */
export async function sendDueReports(platform: Platform, signal?: AbortSignal): Promise<void> {
  const now = platform.now();
  const failures: unknown[] = [];
  let after: ReportSchedule | undefined;
  for (let batch = 0; batch < batchesMax && !signal?.aborted; batch += 1) {
    const due = await reportSchedules.due(platform.store.platform, { now, after, limit: schedulesPerBatchMax });
    for (const schedule of due) {
      if (signal?.aborted) return;
      // One organization's trouble must not keep the others' reports back.
      await sendDue(platform, schedule, now).catch((error: unknown) => failures.push(error));
    }
    after = due.at(-1);
    if (due.length < schedulesPerBatchMax) break;
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} due reports could not be prepared`);
}

async function sendDue(platform: Platform, seen: ReportSchedule, now: Date): Promise<void> {
  const run = latestRun(now, seen);
  // Reading and drawing come first, so that the transaction is short; what was edited meanwhile is left to the next wake-up.
  const report = await composeReport(platform.store.of(seen.organizationId), platform, seen, lastFullWeek(run, seen));
  await platform.store.transaction(seen.organizationId, async (tx) => {
    const schedule = await reportSchedules.takeDue(tx, seen.organizationId, { id: seen.id, now });
    if (!schedule || !isSame(schedule, seen)) return;
    const lacking = await plans.lacks(tx, schedule.organizationId, "reports" satisfies Feature);
    if (!lacking) await sendReport(tx, platform, { schedule, report, trigger: "schedule", periodsSkipped: weeksBetween(schedule.nextRunAt, run) });
    await reportSchedules.update(tx, schedule.organizationId, { id: schedule.id, nextRunAt: nextRun(now, schedule) });
  });
}

const isSame = (a: ReportSchedule, b: ReportSchedule): boolean =>
  a.nextRunAt.getTime() === b.nextRunAt.getTime() && JSON.stringify(stateOf(a)) === JSON.stringify(stateOf(b));

const weekMs = 7 * 24 * 3_600_000;
/** Rounded, because a week in which clocks change is an hour longer or shorter. */
const weeksBetween = (due: Date, run: Date): number => Math.max(0, Math.round((run.getTime() - due.getTime()) / weekMs));
