import { purgeExpired as run, purgeQueue } from "@daybook/services";
import { defineJob } from "../define-job.ts";

/** At a quiet hour of UTC; also makes the partitions of the months ahead, for which a day's delay is nothing. */
export const purgeExpired = defineJob({
  queue: purgeQueue,
  cron: "10 2 * * *",
  run,
});
