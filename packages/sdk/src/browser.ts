/**
 * The same client without Node: no spool, and defaults of `runWith` that hold up to the first `await`.
 * A token in a page is public: read what README.md says about it first.
 */
import { openSynchronousAmbient } from "./ambient.ts";
import { openClient } from "./client.ts";
import type { Daybook } from "./client.ts";
import type { DaybookOptions } from "./options.ts";
import { openKeepalive } from "./page-exit.ts";

export type { Daybook } from "./client.ts";
export type * from "./event.ts";
export type * from "./receipt.ts";
export type { DaybookOptions } from "./options.ts";
export { diff } from "./diff.ts";

/** Throws when an option is out of its bounds; after that, nothing throws. */
export function createDaybook(options: DaybookOptions): Daybook {
  const send = (url: string, init: RequestInit) => fetch(url, init);
  const { queue, settings, ...daybook } = openClient(options, {
    fetch: send,
    nowMs: () => Date.now(),
    random: Math.random,
    randomBytes: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
    ambient: openSynchronousAmbient(),
  });
  const forget = openKeepalive({ queue, settings, send, nowMs: () => Date.now() });
  return {
    ...daybook,
    close(closing) {
      forget();
      return daybook.close(closing);
    },
  };
}
