import { retryWaitMs, slowWaitMs } from "./backoff.ts";
import { exchange } from "./exchange.ts";
import type { Fetch } from "./exchange.ts";
import type { Settings } from "./options.ts";
import type { Entry, Queue } from "./queue.ts";
import type { Problem, Receipt } from "./receipt.ts";

export interface SenderParts {
  queue: Queue;
  settings: Settings;
  world: { fetch: Fetch; nowMs: () => number; random: () => number };
  tell: (problem: Problem) => void;
  /** Brings what waits on disk into the queue, as far as it fits. */
  refill: () => Promise<void>;
  /** These left the queue, in its order, each with its receipt. */
  onSettled: (settled: { entry: Entry; receipt: Receipt }[]) => void;
}

export interface Sender {
  /** There is something to send: at once if it fills a batch, else when its company has had time to come. */
  wake(): void;
  /** Sends what is there now and ends a wait that is our own choice. What the server asked for is kept. */
  hurry(): void;
  /** Ends the request under way; nothing is sent any more. */
  stop(): Promise<void>;
}

/** One batch in flight at a time, so that events arrive in the order in which they were logged. */
export function openSender({ queue, settings, world, tell, refill, onSettled }: SenderParts): Sender {
  let stopped = false;
  let running: Promise<void> | undefined;
  let lingering: ReturnType<typeof setTimeout> | undefined;
  let abort = new AbortController();
  let pause: { end: () => void; ours: boolean } | undefined;
  let hurried = false;
  let failures = 0;
  let eventsMax = settings.batchEventsMax;
  /** What was told and has not been put right since. */
  const told = new Set<string>();

  const full = () => queue.length >= settings.batchEventsMax || queue.bytes >= settings.batchBytesMax;

  function wake(): void {
    if (stopped || running) return;
    if (full() || hurried) return start();
    lingering ??= unref(setTimeout(start, settings.flushAfterMs));
  }

  function start(): void {
    clearTimeout(lingering);
    lingering = undefined;
    if (stopped || running) return;
    running = run()
      .catch(broken)
      .finally(() => {
        running = undefined;
        // Whoever hurried while the run was ending has not been served by it.
        if (queue.length > 0) wake();
        else hurried = false;
      });
  }

  /** A mistake of ours must not end the program that logs; the queue is as it was, and the next turn tries again. */
  function broken(error: unknown): void {
    tell({ code: "internal", message: `Sending broke off: ${(error as Error).message}. Please report it.` });
  }

  async function run(): Promise<void> {
    while (!stopped) {
      await refill();
      const batch = queue.head({ eventsMax, bytesMax: settings.batchBytesMax });
      if (batch.length === 0) return;
      const waitMs = await deliver(batch);
      if (waitMs) await wait(waitMs.ms, waitMs.ours);
    }
  }

  /** Sends one batch; says how long to wait before the next request. */
  async function deliver(batch: Entry[]): Promise<{ ms: number; ours: boolean } | undefined> {
    abort = new AbortController();
    const verdict = await exchange(batch, settings, { ...world, abort });
    switch (verdict.kind) {
      case "settled":
        failures = 0;
        told.clear();
        eventsMax = Math.min(settings.batchEventsMax, eventsMax * 2);
        settle(batch.length, verdict.receipts);
        return undefined;
      case "split":
        eventsMax = Math.ceil(batch.length / 2);
        if (batch.length === 1) settle(1, [refusal(batch[0], verdict)]);
        return undefined;
      case "again":
        if (stopped) return undefined;
        failures += 1;
        tellOnce(verdict);
        if (verdict.smaller && failures > 1) eventsMax = Math.ceil(batch.length / 2);
        return { ms: (verdict.afterMs ?? 0) + retryWaitMs(failures, world.random), ours: verdict.afterMs === undefined };
      case "stuck":
        tellOnce(verdict);
        return { ms: slowWaitMs(world.random), ours: true };
    }
  }

  function settle(count: number, receipts: Receipt[]): void {
    const settled = queue.drop(count).flatMap((entry, at) => (receipts[at] ? [{ entry, receipt: receipts[at] }] : []));
    onSettled(settled);
  }

  function tellOnce({ code, message }: { code: string; message: string }): void {
    if (told.has(code)) return;
    told.add(code);
    tell({ code, message: `${message} Events are kept, within the bounds of the queue, and sent again.` });
  }

  function wait(ms: number, ours: boolean): Promise<void> {
    if (hurried && ours) {
      hurried = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        pause = undefined;
        resolve();
      };
      const timer = unref(setTimeout(end, ms));
      pause = { end, ours };
    });
  }

  return {
    wake,
    hurry() {
      hurried = true;
      if (pause?.ours) {
        hurried = false;
        pause.end();
      }
      start();
    },
    async stop() {
      stopped = true;
      clearTimeout(lingering);
      abort.abort(new Error("the client was closed"));
      pause?.end();
      await running;
    },
  };
}

const refusal = (entry: Entry | undefined, { code, message }: { code: string; message: string }): Receipt => ({
  status: "refused",
  idempotencyKey: entry?.key ?? "",
  code,
  message,
});

/** A process that has nothing else to do may end: what is unsent then is the exit's business. Browsers have no such thing. */
export function unref<T>(timer: T): T {
  (timer as { unref?: () => void }).unref?.();
  return timer;
}
