import { appendedChannel, roles, textOf, wakeChannel } from "@daybook/store";
import type { Platform } from "@daybook/services";
import { PgBoss } from "pg-boss";
import type { Job } from "./define-job.ts";

/** Queues whose worker died are taken over after this; the effects are guarded by row locks, so an early take-over does no harm. */
const heartbeatSeconds = 10;
const expireSeconds = 600;
const retriesMax = 1_000;
const retryDelayMaxSeconds = 300;
const pollingSeconds = 2;
const stopTimeoutMs = 15_000;
/**
 * The driver below takes these though pg-boss does not name them. A half-open socket must not hold a query for ever; and the queue becomes the role that
 * owns its schema, and sees nothing of ours.
 */
const driver = { query_timeout: 30_000, options: `-c role=${roles.queue}` };
/** Appends come in bursts; one wake-up serves all that arrive within this. */
const wakeDelayMs = 25;

export interface QueueHost {
  stop(): Promise<void>;
}

/** Runs the jobs on pg-boss: schedule, retry and one waiting wake-up per queue; what is to be done is in our own tables. */
export async function openQueueHost({ url, platform, jobs }: { url: string; platform: Platform; jobs: readonly Job[] }): Promise<QueueHost> {
  const { log } = platform;
  const boss = new PgBoss({
    connectionString: url,
    application_name: "daybook-queue",
    ...driver,
    // The migrations made it.
    createSchema: false,
    monitorIntervalSeconds: 5,
    superviseIntervalSeconds: 5,
    useListenNotify: true,
  });
  boss.on("error", (error) => log.warn({ error: error.message }, "the queue had an error and goes on"));
  await boss.start();
  const stopping = new AbortController();
  for (const job of jobs) await openQueue(boss, job, platform, stopping.signal);
  const wake = openWaker(boss, platform);
  const appended = await platform.store.listen(
    appendedChannel,
    () => wakeAppended(),
    () => wakeAppended(),
  );
  const asked = await platform.store.listen(
    wakeChannel,
    (queue) => wake(queue),
    () => jobs.forEach(({ queue }) => wake(queue)),
  );
  return {
    async stop() {
      stopping.abort();
      await Promise.allSettled([appended.stop(), asked.stop()]);
      await boss.stop({ graceful: true, timeout: stopTimeoutMs });
    },
  };

  function wakeAppended(): void {
    for (const job of jobs) if (job.onAppend) wake(job.queue);
  }
}

async function openQueue(boss: PgBoss, job: Job, platform: Platform, signal: AbortSignal): Promise<void> {
  await boss.createQueue(job.queue, {
    // One wake-up waits; a second says nothing new.
    policy: "short",
    retryLimit: retriesMax,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: retryDelayMaxSeconds,
    heartbeatSeconds,
    expireInSeconds: expireSeconds,
    notify: true,
  });
  await boss.schedule(job.queue, job.cron);
  await boss.work(job.queue, { pollingIntervalSeconds: pollingSeconds, notifyPollingIntervalSeconds: pollingSeconds, batchSize: 1 }, async () => {
    try {
      await job.run(platform, signal);
    } catch (error) {
      const told = textOf(error);
      platform.log.error({ queue: job.queue, error: told }, "a job failed and will be tried again");
      // The queue keeps what it is thrown, whole: so no more than what the log is told.
      throw Object.assign(new Error(told), { stack: told });
    }
  });
}

function openWaker(boss: PgBoss, { log }: Platform): (queue: string) => void {
  const waiting = new Map<string, NodeJS.Timeout>();
  return (queue) => {
    if (waiting.has(queue)) return;
    waiting.set(
      queue,
      setTimeout(() => {
        waiting.delete(queue);
        boss.send(queue, null).catch((error: unknown) => log.warn({ queue, error: String(error) }, "a wake-up was lost; the schedule will make up for it"));
      }, wakeDelayMs),
    );
  };
}
