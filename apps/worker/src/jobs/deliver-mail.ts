import { deliverMail as deliver, deliverMailQueue } from "@daybook/services";
import { defineJob } from "../define-job.ts";

/** Woken by whoever queues a mail; the schedule serves the retries. */
export const deliverMail = defineJob({
  queue: deliverMailQueue,
  cron: "* * * * *",
  run: deliver,
});
