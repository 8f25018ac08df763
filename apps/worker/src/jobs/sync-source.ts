import { runSyncs, syncQueue } from "@daybook/services";
import { defineJob } from "../define-job.ts";

export const syncSource = defineJob({
  queue: syncQueue,
  cron: "* * * * *",
  run: runSyncs,
});
