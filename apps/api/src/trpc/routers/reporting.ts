import { createSchedule, listReportRuns, listSchedules, previewReport, removeSchedule, sendReportNow, updateSchedule } from "@daybook/services";
import { change, readOf, router } from "../init.ts";

export const reportsRouter = router({
  list: readOf(listSchedules),
  create: change(createSchedule),
  update: change(updateSchedule),
  remove: change(removeSchedule),
  preview: readOf(previewReport),
  sendNow: change(sendReportNow),
  runs: readOf(listReportRuns),
});
