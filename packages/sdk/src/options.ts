import { requestBytesMax, requestEventsMax } from "@daybook/event";
import type { Problem } from "./receipt.ts";

export interface DaybookOptions {
  /** Where Daybook is, such as `https://daybook.example.com`. */
  url: string;
  /** A workspace token with the scope to write events. */
  token: string;
  /** Events in one request: 1 to 1000. Default 500. */
  batchEventsMax?: number;
  /** Bytes in one request: 1 kB to just under 1 MiB. Default 900,000. */
  batchBytesMax?: number;
  /** Events in memory: 1 to 1,000,000. Default 10,000. */
  queueEventsMax?: number;
  /** Bytes of events in memory: at least `batchBytesMax`, up to 1 GiB. Default 16 MiB. */
  queueBytesMax?: number;
  /** How long a first event waits for company, in ms: 0 to 60,000. Default 250. */
  flushAfterMs?: number;
  /** How long one request may take, in ms: 100 to 300,000. Default 10,000. */
  timeoutMs?: number;
  /** Hears what went wrong. Default: a line on `console.warn`, at most one a minute for each code. */
  onProblem?: (problem: Problem) => void;
}

export type Settings = Required<Omit<DaybookOptions, "onProblem" | "url">> & { endpoint: string };

const mebibyte = 1_048_576;

/** Unit, smallest, largest and usual value of every bound. */
export const bounds = {
  batchEventsMax: { least: 1, most: requestEventsMax, usual: 500 },
  // The server reads up to 1 MiB; the rest is room for proxies that count headers as well.
  batchBytesMax: { least: 1_000, most: requestBytesMax - 1_024, usual: 900_000 },
  queueEventsMax: { least: 1, most: 1_000_000, usual: 10_000 },
  queueBytesMax: { least: 1_000, most: 1_024 * mebibyte, usual: 16 * mebibyte },
  flushAfterMs: { least: 0, most: 60_000, usual: 250 },
  timeoutMs: { least: 100, most: 300_000, usual: 10_000 },
} as const;

/** Throws at the start of the program, where a wrong setting is seen; later nothing throws. */
export function readOptions(options: DaybookOptions): Settings {
  const settings: Settings = {
    endpoint: endpointOf(options.url),
    token: tokenOf(options.token),
    batchEventsMax: bounded("batchEventsMax", options.batchEventsMax),
    batchBytesMax: bounded("batchBytesMax", options.batchBytesMax),
    queueEventsMax: bounded("queueEventsMax", options.queueEventsMax),
    queueBytesMax: bounded("queueBytesMax", options.queueBytesMax),
    flushAfterMs: bounded("flushAfterMs", options.flushAfterMs),
    timeoutMs: bounded("timeoutMs", options.timeoutMs),
  };
  if (settings.queueBytesMax < settings.batchBytesMax)
    throw new RangeError(`createDaybook: \`queueBytesMax\` (${settings.queueBytesMax}) must hold one batch of \`batchBytesMax\` (${settings.batchBytesMax}).`);
  return settings;
}

export function withinBounds(name: string, value: number, { least, most }: { least: number; most: number }): number {
  if (Number.isFinite(value) && value >= least && value <= most) return Math.floor(value);
  throw new RangeError(`createDaybook: \`${name}\` must be a number from ${least} to ${most}, not ${value}.`);
}

const bounded = (name: keyof typeof bounds, value: number | undefined): number => withinBounds(name, value ?? bounds[name].usual, bounds[name]);

function endpointOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol))
    throw new TypeError("createDaybook: `url` must be an http or https address, such as https://daybook.example.com.");
  if (parsed.username || parsed.password) throw new TypeError("createDaybook: `url` must not hold a user or password; the token goes into `token`.");
  return `${parsed.origin}${parsed.pathname.replace(/\/+$/, "")}/v1/events`;
}

function tokenOf(token: string): string {
  if (typeof token === "string" && /^[\x21-\x7e]+$/.test(token)) return token;
  throw new TypeError("createDaybook: `token` must be the text of a workspace token: is its environment variable set?");
}
