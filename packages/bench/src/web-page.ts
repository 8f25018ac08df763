import type { BrowserContext, Page } from "playwright-core";

export const log = "/o/acme/logs/activity";

export interface Measured {
  origin: string;
  say: (line: string) => void;
}

export interface Marks {
  /** The first row is in the page: what is fetched from here on did not stand between it and the reader. */
  rowInsertedAt: number | null;
  /** It is painted. */
  rowsAt: number | null;
  shift: number;
  longTasks: number;
  /** By the browser's number of the interaction: one press is several events, and the longest of them is how long the press took. */
  interactions: Record<number, Answered>;
}

export interface Answered {
  /** From the press to the frame that answers it. */
  ms: number;
  what: string;
}

/** Runs in the page before anything else: when the first row came, what jumped, what took long. */
export function watch(): void {
  const marks: Marks = { rowInsertedAt: null, rowsAt: null, shift: 0, longTasks: 0, interactions: {} };
  Object.assign(globalThis, { marks });
  const rows = new MutationObserver(() => {
    if (!document.querySelector("[data-event-id]")) return;
    rows.disconnect();
    marks.rowInsertedAt = performance.now();
    // The frame after the one that draws them.
    requestAnimationFrame(() => setTimeout(() => (marks.rowsAt = performance.now())));
  });
  rows.observe(document, { childList: true, subtree: true });
  type Entry = PerformanceEntry & { value: number; hadRecentInput: boolean; interactionId: number; target: Element | null };
  const see = (type: string, each: (entry: Entry) => void, more = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => each(entry as never))).observe({ type, buffered: true, ...more });
  see("layout-shift", ({ value, hadRecentInput }) => (marks.shift += hadRecentInput ? 0 : value));
  see("longtask", () => (marks.longTasks += 1));
  const noteEvent = ({ interactionId: id, duration: ms, name, target }: Entry) => {
    if (id === 0 || ms <= (marks.interactions[id]?.ms ?? 0)) return;
    marks.interactions[id] = { ms, what: `${name} on ${target?.getAttribute("aria-label")?.slice(0, 40) ?? target?.tagName ?? "what is gone"}` };
  };
  see("event", noteEvent, { durationThreshold: 16 });
}

export const marksOf = (page: Page): Promise<Marks> => page.evaluate(() => (globalThis as unknown as { marks: Marks }).marks);

interface Opened {
  origin: string;
  search: string;
  /** Before the console is there. */
  before?: (page: Page) => Promise<unknown>;
}

export async function opened(context: BrowserContext, { origin, search, before }: Opened): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript(watch);
  await before?.(page);
  await page.goto(`${origin}${log}${search}`);
  await page.waitForFunction(() => (globalThis as unknown as { marks: Marks }).marks.rowsAt !== null);
  return page;
}

export const at = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
export const round = (value: number): number => Math.round(value * 10) / 10;
