import { defineEvents } from "../define-events.ts";

export const reports = defineEvents({
  id: "reports",
  title: "Reports",
  events: {
    report_schedule_created: { title: "Report schedule created", sentence: "Created report schedule {resource}", operation: "created" },
    report_schedule_edited: { title: "Report schedule edited", sentence: "Edited report schedule {resource}", operation: "updated" },
    report_schedule_deleted: { title: "Report schedule deleted", sentence: "Deleted report schedule {resource}", operation: "deleted" },
    report_requested: { title: "Report sent by hand", sentence: "Asked for report {resource} to be sent now", operation: "executed" },
    report_sent: { title: "Report sent", sentence: "Sent report {resource}", operation: "completed", logType: "system" },
  },
});
