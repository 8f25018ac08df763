import type { EventRow } from "@daybook/event";
import type { Page } from "playwright-core";

interface FakeStream {
  url: string;
  isOpen: boolean;
  send: (rows: unknown[]) => void;
  drop: () => void;
  /** The first bytes come through. */
  connect: () => void;
  /** Somebody on the way answers what is no stream, and the browser does not try again. */
  fail: () => void;
}
type WithStreams = typeof globalThis & { streams: FakeStream[]; hidden?: boolean; heldBack?: boolean };

/** Replaces the browser's event stream by one that the test writes to, and its idea of being seen. Runs in the page. */
export const fakeStreams = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const here = globalThis as WithStreams;
    here.streams = [];
    Object.defineProperty(document, "visibilityState", { get: () => (here.hidden ? "hidden" : "visible") });
    class Stream extends EventTarget {
      static readonly CONNECTING = 0;
      static readonly OPEN = 1;
      static readonly CLOSED = 2;
      readonly CONNECTING = 0;
      readonly OPEN = 1;
      readonly CLOSED = 2;
      readyState = 0;
      url: string;
      constructor(url: string) {
        super();
        this.url = url;
        const stream: FakeStream = {
          url,
          isOpen: true,
          send: (rows) => {
            for (const row of rows as { seq: number }[])
              this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(row), lastEventId: String(row.seq) }));
          },
          drop: () => {
            this.readyState = 0;
            this.dispatchEvent(new Event("error"));
          },
          connect: () => {
            this.readyState = 1;
            this.dispatchEvent(new Event("open"));
            this.dispatchEvent(new MessageEvent("connected", { data: "{}" }));
          },
          fail: () => {
            this.readyState = 2;
            stream.isOpen = false;
            this.dispatchEvent(new Event("error"));
          },
        };
        here.streams.push(stream);
        if (!here.heldBack) setTimeout(stream.connect);
      }
      close(): void {
        this.readyState = 2;
        const own = here.streams.find(({ url, isOpen }) => isOpen && url === this.url);
        if (own) own.isOpen = false;
      }
    }
    here.EventSource = Stream as unknown as typeof EventSource;
  });

/** The streams that are open now. */
export const openStreams = (page: Page): Promise<string[]> =>
  page.evaluate(() => (globalThis as WithStreams).streams.filter(({ isOpen }) => isOpen).map(({ url }) => url));

export const sendLive = (page: Page, rows: readonly EventRow[]): Promise<void> =>
  page.evaluate((sent) => (globalThis as WithStreams).streams.findLast(({ isOpen }) => isOpen)?.send(sent), rows as unknown[]);

/** The reader looks elsewhere, or comes back. */
export const setHidden = (page: Page, hidden: boolean): Promise<void> =>
  page.evaluate((isHidden) => {
    (globalThis as WithStreams).hidden = isHidden;
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);

/** From now on no stream says anything by itself, as behind a proxy that holds answers back until they end. */
export const holdStreams = (page: Page): Promise<unknown> => page.addInitScript(() => Object.assign(globalThis, { heldBack: true }));

/** What becomes of the stream that is open. */
export const turnStream = (page: Page, how: "connect" | "fail"): Promise<void> =>
  page.evaluate((wanted) => (globalThis as WithStreams).streams.findLast(({ isOpen }) => isOpen)?.[wanted](), how);
