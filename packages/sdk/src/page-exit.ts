import { requestOf } from "./exchange.ts";
import type { Fetch } from "./exchange.ts";
import type { Settings } from "./options.ts";
import type { Entry, Queue } from "./queue.ts";

/** Browsers let 64 KiB of request bodies outlive a page, all together; the rest is room for the brackets and for other scripts. */
export const keepaliveBytesMax = 60_000;

interface Page {
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
  document?: { visibilityState: string; addEventListener: Page["addEventListener"]; removeEventListener: Page["removeEventListener"] };
}

/**
 * When the page is hidden, which is the last thing that a phone surely tells, what fits is sent in a request that outlives it. The
 * queue keeps everything: should the page come back, the usual way sends it again and the keys make one event of both.
 */
export function openKeepalive({ queue, settings, send, nowMs }: { queue: Queue; settings: Settings; send: Fetch; nowMs: () => number }): () => void {
  const page = globalThis as unknown as Partial<Page>;
  if (!page.addEventListener || !page.removeEventListener) return () => {};
  const sent = new WeakSet<Entry>();
  const sendNow = () => {
    const eventsMax = settings.batchEventsMax;
    const batch = queue.head({ eventsMax, bytesMax: keepaliveBytesMax }).filter((entry) => !sent.has(entry) && entry.bytes < keepaliveBytesMax);
    if (batch.length === 0) return;
    for (const entry of batch) sent.add(entry);
    send(settings.endpoint, { ...requestOf(batch, settings, nowMs()), keepalive: true }).catch(() => {
      for (const entry of batch) sent.delete(entry);
    });
  };
  const whenHidden = () => {
    if (page.document?.visibilityState === "hidden") sendNow();
  };
  page.addEventListener("pagehide", sendNow);
  page.document?.addEventListener("visibilitychange", whenHidden);
  return () => {
    page.removeEventListener?.("pagehide", sendNow);
    page.document?.removeEventListener("visibilitychange", whenHidden);
  };
}
