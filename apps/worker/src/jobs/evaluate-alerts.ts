import { consume, evaluateAlerts as alerts } from "@daybook/services";
import { defineJob } from "../define-job.ts";

export const evaluateAlerts = defineJob({
  queue: "alerting.evaluate_alerts",
  cron: "* * * * *",
  onAppend: true,
  run: (platform, signal) => consume(platform, alerts, signal),
});
