import { consume, foldOperations as operationsConsumer } from "@daybook/services";
import { defineJob } from "../define-job.ts";

export const foldOperations = defineJob({
  queue: "activity.fold_operations",
  cron: "* * * * *",
  onAppend: true,
  run: (platform, signal) => consume(platform, operationsConsumer, signal),
});
