import { consume, rollUp } from "@daybook/services";
import { defineJob } from "../define-job.ts";

export const rollUpActivity = defineJob({
  queue: "activity.roll_up",
  cron: "* * * * *",
  onAppend: true,
  run: (platform, signal) => consume(platform, rollUp, signal),
});
