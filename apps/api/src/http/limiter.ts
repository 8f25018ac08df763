import { Refusal } from "@daybook/event";

/** Counts within fixed windows, in this process only: each instance gives its own share. Memory is bounded by the number of keys. */
export interface Limiter {
  /** Counts one more, and returns how many seconds to wait: 0 unless it is one too many. */
  take(key: string): number;
}

/** The refusal that says when to come back. */
export class TooMany extends Refusal {
  readonly retryAfterSeconds: number;
  constructor(sentence: string, retryAfterSeconds: number) {
    super("rate_limited", `${sentence} Try again in ${retryAfterSeconds} seconds.`);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The same for who has shown nothing but wrong tokens: coming back with one of them is of no use. */
export class TooManyFailures extends TooMany {}

const keysMax = 50_000;

export function openLimiter({ max, windowMs, now = Date.now }: { max: number; windowMs: number; now?: () => number }): Limiter {
  const windows = new Map<string, { count: number; endsAt: number }>();
  return {
    take(key) {
      const at = now();
      const known = windows.get(key);
      if (known && at < known.endsAt) {
        known.count += 1;
        return known.count <= max ? 0 : Math.ceil((known.endsAt - at) / 1_000);
      }
      windows.delete(key);
      windows.set(key, { count: 1, endsAt: at + windowMs });
      // Insertion order is the order of ends, so the first key is the one that is worth least.
      if (windows.size > keysMax) for (const oldest of windows.keys()) if (windows.delete(oldest) && windows.size <= keysMax) break;
      return 0;
    },
  };
}

/** Whoever has one IPv6 address has 2^64 of them. */
export function networkOf(ip: string): string {
  if (!ip.includes(":") || ip.startsWith("::ffff:")) return ip;
  const [left = [], right = []] = ip.split("::").map((half) => half.split(":").filter(Boolean));
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => "0");
  return [...left, ...zeros, ...right].slice(0, 4).join(":");
}
