import { defineEvents } from "../define-events.ts";
import { changed, choice, moment, required, text, texts, whole } from "../details.ts";
import { invitedTo, scheduleDetails } from "../shared-details.ts";

export const reports = defineEvents({
  id: "reports",
  title: "Reports",
  sample: { type: "report", name: "Q2 Sales Report" },
  events: {
    report_created: { title: "Report created", sentence: "Created report {resource}", operation: "created" },
    report_updated: { title: "Report updated", sentence: "Updated report {resource}", operation: "updated" },
    report_deleted: { title: "Report deleted", sentence: "Deleted report {resource}", operation: "deleted" },
    report_viewed: { title: "Report viewed", sentence: "Viewed report {resource}", operation: "viewed" },
    report_executed: { title: "Report executed", sentence: "Executed report {resource}", operation: "executed" },
    report_cancelled: { title: "Report cancelled", sentence: "Cancelled report {resource}", operation: "cancelled" },
    report_shared: { title: "Report shared", sentence: "Shared report {resource}", operation: "shared", details: invitedTo },
    report_revoked: { title: "Access to report revoked", sentence: "Revoked access to report {resource}", operation: "revoked", severity: "notable" },
    report_promoted: { title: "Report promoted", sentence: "Promoted report {resource}", operation: "promoted", severity: "notable" },
    report_schedule_created: {
      title: "Report schedule created",
      sentence: "Created report schedule {resource}",
      operation: "created",
      sample: { type: "report_schedule", name: "Weekly revenue" },
      details: scheduleDetails,
    },
    report_schedule_edited: {
      title: "Report schedule edited",
      sentence: "Edited report schedule {resource}",
      operation: "updated",
      sample: { type: "report_schedule", name: "Weekly revenue" },
      details: scheduleDetails,
    },
    report_schedule_deleted: {
      title: "Report schedule deleted",
      sentence: "Deleted report schedule {resource}",
      operation: "deleted",
      sample: { type: "report_schedule", name: "Weekly revenue" },
    },
    report_requested: {
      title: "Report sent by hand",
      sentence: "Asked for report {resource} to be sent now",
      operation: "executed",
      details: { "metadata.recipients": texts("Addresses it goes to", "cfo@company.com") },
    },
    report_sent: {
      title: "Report sent",
      sentence: "Sent report {resource}",
      operation: "completed",
      details: {
        "metadata.recipients": whole("Recipients who got it", 3),
        "metadata.channel": choice("How it went out", "smtp", "mailbox"),
        "metadata.period_from": moment("Beginning of what it tells", "2026-11-09T00:00:00Z"),
        "metadata.period_to": moment("End of what it tells", "2026-11-16T00:00:00Z"),
        "metadata.events_total": whole("Events that it tells of", 1_204),
      },
      logType: "system",
    },
    report_schedule_user_email_added: {
      title: "E-mail address added to schedule",
      sentence: "Added {metadata.email|an e-mail address} to schedule {resource}",
      operation: "updated",
      sample: { type: "report_schedule", name: "Weekly revenue" },
      details: { "metadata.email": required(text("The address", "cfo@company.com", { format: "email" })) },
    },
    report_schedule_user_email_removed: {
      title: "E-mail address removed from schedule",
      sentence: "Removed {metadata.email|an e-mail address} from schedule {resource}",
      operation: "updated",
      sample: { type: "report_schedule", name: "Weekly revenue" },
      details: { "metadata.email": required(text("The address", "cfo@company.com", { format: "email" })) },
    },
    report_schedule_channel_added: {
      title: "Slack channel added to schedule",
      sentence: "Added Slack channel {metadata.channel} to schedule {resource}",
      operation: "updated",
      sample: { type: "report_schedule", name: "Weekly revenue" },
      details: { "metadata.channel": required(text("The channel", "#revenue")) },
    },
    report_schedule_channel_removed: {
      title: "Slack channel removed from schedule",
      sentence: "Removed Slack channel {metadata.channel} from schedule {resource}",
      operation: "updated",
      sample: { type: "report_schedule", name: "Weekly revenue" },
      details: { "metadata.channel": required(text("The channel", "#revenue")) },
    },
    report_visibility_changed: {
      title: "Report's visibility changed",
      sentence: "Changed who can see report {resource}",
      operation: "updated",
      details: { "changes.visibility": required(changed("Who can see it", "private", "shared")) },
      severity: "notable",
    },
  },
});
