import { reportsQueue, sendDueReports } from "@daybook/services";
import { defineJob } from "../define-job.ts";

export const sendReports = defineJob({
  queue: reportsQueue,
  cron: "* * * * *",
  run: sendDueReports,
});
