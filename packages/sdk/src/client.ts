import type { Ambient } from "./ambient.ts";
import { mergeDefaults, nest, resolve } from "./defaults.ts";
import type { DaybookEvent, DefaultsSource, EventDefaults } from "./event.ts";
import type { Fetch } from "./exchange.ts";
import { readOptions } from "./options.ts";
import type { DaybookOptions, Settings } from "./options.ts";
import { openQueue } from "./queue.ts";
import type { Entry, Queue } from "./queue.ts";
import type { Logged, Problem, Receipt } from "./receipt.ts";
import { openSender } from "./sender.ts";
import { openTell } from "./tell.ts";

export interface Daybook {
  /** Takes the event and returns at once; never throws. The receipt comes when the event is durable in the log, or refused. */
  log(event: DaybookEvent): Logged;
  /** The same client with defaults of its own; they win over those of `runWith`, and the event's own fields over both. */
  with(defaults: DefaultsSource): Daybook;
  /** Runs `work`; what is logged inside, however deep, has these defaults. Nested ones add to each other. */
  runWith<T>(defaults: DefaultsSource, work: () => T): T;
  /** Sends now. Resolves when everything logged so far is settled, or after `timeoutMs` (default 5,000). */
  flush(options?: { timeoutMs?: number }): Promise<{ settled: boolean }>;
  /** As `flush`, then ends the client. What could not be sent stays in the spool, or is told as `unsent`. */
  close(options?: { timeoutMs?: number }): Promise<{ settled: boolean }>;
}

/** What keeps events through crashes: lines on disk. */
export interface Spool {
  /** Writes the entry and queues it; resolves to true when it is durable, to false when it is in memory only or refused. */
  add(entry: Entry): Promise<boolean>;
  /** Writes what was added since the last turn of the event loop, now. */
  drain(): void;
  /** Reads lines that are on disk alone into the queue, as far as it has room. */
  refill(): Promise<void>;
  /** There are lines that are on disk alone. */
  readonly unread: boolean;
  acknowledge(entries: readonly Entry[]): void;
  close(): Promise<void>;
}

export interface SpoolParts {
  settings: Settings;
  queue: Queue;
  tell: (problem: Problem) => void;
  wake: () => void;
  refuse: (entry: Entry, code: "queue_full") => void;
}

/** What differs between Node and a browser, and what a test decides. */
export interface World {
  fetch: Fetch;
  nowMs: () => number;
  random: () => number;
  randomBytes: (bytes: number) => Uint8Array;
  ambient: Ambient;
  openSpool?: (parts: SpoolParts) => Spool;
}

export interface Client extends Daybook {
  readonly settings: Settings;
  readonly queue: Queue;
}

const flushTimeoutUsualMs = 5_000;
const keyBytes = 16;

export function openClient(options: DaybookOptions, world: World): Client {
  const settings = readOptions(options);
  const tell = openTell(options.onProblem, world.nowMs);
  const queue = openQueue({ eventsMax: settings.queueEventsMax, bytesMax: settings.queueBytesMax });
  const waiting = new Set<() => void>();
  let lastNumber = 0;
  let doneNumber = 0;
  let closing: Promise<{ settled: boolean }> | undefined;

  const sender = openSender({
    queue,
    settings,
    world,
    tell,
    refill: async () => spool?.refill(),
    onSettled(settled) {
      spool?.acknowledge(settled.map(({ entry }) => entry));
      for (const { entry, receipt } of settled) {
        doneNumber = Math.max(doneNumber, entry.number);
        if (receipt.status === "refused") tell(problemOf(entry, receipt));
        entry.settle(receipt);
      }
      for (const check of waiting) check();
    },
  });
  const refuse = (entry: Entry, code: "queue_full" | "closed" | "invalid_event", message: string = sentences[code]) => {
    const receipt = { status: "refused", idempotencyKey: entry.key, code, message } as const;
    tell(problemOf(entry, receipt));
    entry.settle(receipt);
    return false;
  };
  const spool = world.openSpool?.({ settings, queue, tell, wake: sender.wake, refuse });
  if (spool?.unread) sender.hurry();

  const keep = (entry: Entry): boolean => {
    if (!queue.fits(entry)) return refuse(entry, "queue_full");
    queue.push(entry);
    sender.wake();
    return false;
  };

  function log(event: DaybookEvent, bound: DefaultsSource | undefined): Logged {
    let settle: (receipt: Receipt) => void = () => {};
    const receipt = new Promise<Receipt>((done) => (settle = done));
    const entry = entryOf(event, bound, settle);
    const refused = closing ? "closed" : entry.text === "" ? "invalid_event" : undefined;
    if (refused) return Object.assign(receipt, { spooled: Promise.resolve(refuse(entry, refused)) });
    if (entry.bytes + 2 > settings.batchBytesMax) {
      const message = `The event has ${entry.bytes} bytes, more than \`batchBytesMax\` lets into one request.`;
      return Object.assign(receipt, { spooled: Promise.resolve(refuse(entry, "invalid_event", message)) });
    }
    return Object.assign(receipt, { spooled: spool ? spool.add(entry) : Promise.resolve(keep(entry)) });
  }

  /** Time and key are given here, once, so that a retry minutes later is the same event. An empty text says that there is no event. */
  function entryOf(event: DaybookEvent, bound: DefaultsSource | undefined, settle: (receipt: Receipt) => void): Entry {
    const number = ++lastNumber;
    const key = hex(world.randomBytes(keyBytes));
    try {
      const occurred_at = new Date(world.nowMs()).toISOString();
      const whole = mergeDefaults<DaybookEvent>(
        { ...defaultsNow(bound) },
        { ...event, occurred_at: event.occurred_at ?? occurred_at, idempotency_key: event.idempotency_key || key },
      );
      const text = typeof whole.action === "string" && whole.action !== "" ? JSON.stringify(whole) : "";
      return { key: String(whole.idempotency_key), action: whole.action, text, bytes: utf8.encode(text).length, number, settle };
    } catch {
      // What has no JSON form (a circle, a BigInt) is told by the refusal.
      return { key, action: "unknown", text: "", bytes: 0, number, settle };
    }
  }

  function defaultsNow(bound: DefaultsSource | undefined): EventDefaults {
    const ambient = world.ambient.current();
    return mergeDefaults(ambient ? found(ambient) : {}, bound ? found(bound) : {});
  }

  function found(source: DefaultsSource): EventDefaults {
    try {
      return resolve(source) ?? {};
    } catch (error) {
      tell({ code: "defaults_failed", message: `The function for defaults threw: ${(error as Error | undefined)?.message ?? "no message"}` });
      return {};
    }
  }

  function flush({ timeoutMs = flushTimeoutUsualMs } = {}): Promise<{ settled: boolean }> {
    spool?.drain();
    const target = lastNumber;
    const settled = () => (target > 0 && doneNumber >= target) || (queue.length === 0 && !spool?.unread);
    return new Promise((done) => {
      const check = () => {
        if (settled()) end(true);
      };
      const end = (value: boolean) => {
        clearTimeout(timer);
        waiting.delete(check);
        done({ settled: value });
      };
      // Not unref'd: whoever waits for a flush wants the process to live that long.
      const timer = setTimeout(() => end(settled()), timeoutMs);
      waiting.add(check);
      sender.hurry();
      check();
    });
  }

  async function end(options?: { timeoutMs?: number }): Promise<{ settled: boolean }> {
    const result = await flush(options);
    await sender.stop();
    const left = queue.drop(queue.length);
    await spool?.close();
    const lost = left.filter(({ place }) => place === undefined);
    const message = `The client was closed before the server took ${lost.length} ${lost.length === 1 ? "event" : "events"}.`;
    if (lost.length > 0) tell({ code: "unsent", message });
    for (const { key, place, settle } of left)
      settle(place ? { status: "spooled", idempotencyKey: key } : { status: "refused", idempotencyKey: key, code: "unsent", message });
    return result;
  }

  const clientWith = (bound: DefaultsSource | undefined): Daybook => ({
    log: (event) => log(event, bound),
    with: (defaults) => clientWith(nest(bound, defaults)),
    runWith: (defaults, work) => world.ambient.run(nest(world.ambient.current(), defaults), work),
    flush,
    close: (closeOptions) => (closing ??= end(closeOptions)),
  });
  return { ...clientWith(undefined), settings, queue };
}

const sentences = {
  queue_full: "The event was dropped: the server has not taken events for so long that the queue is full. Raise `queueEventsMax` or give a `spoolFolder`.",
  closed: "The event was dropped: it was logged after `close()`.",
  invalid_event: "The event was dropped: it has no JSON form (a circle, a BigInt) or no action.",
} as const;

const problemOf = ({ action, key }: Entry, { code, message, path }: { code: string; message: string; path?: string }): Problem => ({
  code,
  message: `${action}: ${message}`,
  event: { action, idempotency_key: key },
  ...(path !== undefined && { path }),
});

const utf8 = new TextEncoder();
const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
