export { createSchedule, listSchedules, recipientsMax, removeSchedule, updateSchedule } from "./schedules.ts";
export type { ScheduleView } from "./schedules.ts";
export { listReportRuns } from "./runs.ts";
export type { ReportRunView } from "./run-view.ts";
export { reportsQueue, sendDueReports } from "./send-due.ts";
export { previewReport, sendReportNow } from "./send-now.ts";
export { startReporting } from "./starter.ts";
