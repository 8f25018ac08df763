import { undoImports as run, undoQueue } from "@daybook/services";
import { defineJob } from "../define-job.ts";

/** Woken by whoever asks; the schedule is for what a killed worker left. */
export const undoImports = defineJob({
  queue: undoQueue,
  cron: "* * * * *",
  run,
});
