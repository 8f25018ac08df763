import { gzipSync } from "node:zlib";
import type { BrowserContext, Page } from "playwright-core";

const loadsCounted = 5;
const scrolledMs = 5_000;
const scrolledPixels = 600;
/** Rows that are there before the scrolling is measured: as many as it passes. */
const rowsWanted = 6_500;
const loadingMsMax = 12_000;
const log = "/o/acme/logs/activity";

interface Measured {
  origin: string;
  say: (line: string) => void;
}

interface Marks {
  /** The first row is in the page: what is fetched from here on did not stand between it and the reader. */
  rowInsertedAt: number | null;
  /** It is painted. */
  rowsAt: number | null;
  shift: number;
  longTasks: number;
  interactions: number[];
}

/** Runs in the page before anything else: when the first row came, what jumped, what took long. */
function watch(): void {
  const marks: Marks = { rowInsertedAt: null, rowsAt: null, shift: 0, longTasks: 0, interactions: [] };
  Object.assign(globalThis, { marks });
  const rows = new MutationObserver(() => {
    if (!document.querySelector("[data-event-id]")) return;
    rows.disconnect();
    marks.rowInsertedAt = performance.now();
    // The frame after the one that draws them.
    requestAnimationFrame(() => setTimeout(() => (marks.rowsAt = performance.now())));
  });
  rows.observe(document, { childList: true, subtree: true });
  const see = (type: string, each: (entry: PerformanceEntry & { value: number; hadRecentInput: boolean; interactionId: number }) => void, more = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => each(entry as never))).observe({ type, buffered: true, ...more });
  see("layout-shift", ({ value, hadRecentInput }) => (marks.shift += hadRecentInput ? 0 : value));
  see("longtask", () => (marks.longTasks += 1));
  see("event", ({ interactionId, duration }) => interactionId > 0 && marks.interactions.push(duration), { durationThreshold: 16 });
}

const marksOf = (page: Page): Promise<Marks> => page.evaluate(() => (globalThis as unknown as { marks: Marks }).marks);

async function opened(context: BrowserContext, { origin, search }: { origin: string; search: string }): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript(watch);
  await page.goto(`${origin}${log}${search}`);
  await page.waitForFunction(() => (globalThis as unknown as { marks: Marks }).marks.rowsAt !== null);
  return page;
}

/** Cold each time: the browser forgets what it has fetched, and no row was shown before. */
export async function measureLoads(context: BrowserContext, { origin, say }: Measured) {
  const times: number[] = [];
  const weights = { js: 0, css: 0 };
  let shift = 0;
  for (let turn = -1; turn < loadsCounted; turn += 1) {
    const bodies: { url: string; body: Promise<Buffer> }[] = [];
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.clearBrowserCache");
    await page.addInitScript(watch);
    page.on("response", (response) => /\.(js|css)$/.test(new URL(response.url()).pathname) && bodies.push({ url: response.url(), body: response.body() }));
    await page.goto(`${origin}${log}?range=7d`);
    await page.waitForFunction(() => (globalThis as unknown as { marks: Marks }).marks.rowsAt !== null);
    const { rowInsertedAt, rowsAt } = await marksOf(page);
    await page.waitForTimeout(800);
    shift = Math.max(shift, (await marksOf(page)).shift);
    if (turn >= 0) times.push(rowsAt ?? Number.NaN);
    if (turn === 0) {
      const before = new Set(
        await page.evaluate(
          (until) => performance.getEntriesByType("resource").flatMap(({ name, startTime }) => (startTime < until ? [name] : [])),
          rowInsertedAt ?? 0,
        ),
      );
      for (const { url, body } of bodies) {
        if (before.has(url)) weights[url.endsWith(".css") ? "css" : "js"] += gzipSync(await body).length;
      }
    }
    await page.close();
  }
  times.sort((a, b) => a - b);
  say(`first rows after ${times.map(Math.round).join(", ")} ms`);
  return {
    initial_js_kb_gzip: round(weights.js / 1_000),
    initial_css_kb_gzip: round(weights.css / 1_000),
    first_rows_ms: Math.round(at(times, 0.5)),
    first_rows_p95_ms: Math.round(at(times, 0.95)),
    cls: Math.round(shift * 10_000) / 10_000,
  };
}

/** Rows that are loaded are scrolled through as fast as no hand does; what an empty page manages in the same browser is the measure of it. */
export async function measureScroll(context: BrowserContext, { origin, say }: Measured) {
  const empty = await context.newPage();
  await empty.goto(`${origin}/icon.svg`);
  const emptyFps = await framesOf(empty, 0);
  await empty.close();
  const page = await opened(context, { origin, search: "?range=all" });
  const until = Date.now() + loadingMsMax;
  const rows = () => page.evaluate((height) => (document.querySelector("[data-rows]")?.clientHeight ?? 0) / height, 28);
  while ((await rows()) < rowsWanted && Date.now() < until) {
    await page.evaluate(() => document.querySelector("[data-scroller]")?.scrollTo(0, 1e9));
    await page.waitForTimeout(40);
  }
  say(`${Math.round(await rows())} rows loaded`);
  await page.evaluate(() => document.querySelector("[data-scroller]")?.scrollTo(0, 0));
  await page.waitForTimeout(300);
  const before = (await marksOf(page)).longTasks;
  const fps = await framesOf(page, scrolledPixels);
  const longTasks = (await marksOf(page)).longTasks - before;
  const session = await context.newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = (await session.send("Runtime.getHeapUsage")) as { usedSize: number };
  const rowsLoaded = Math.round(await rows());
  await page.close();
  return {
    scroll_fps: round(fps),
    scroll_fps_ratio_to_empty_page: Math.round((fps / emptyFps) * 100) / 100,
    long_tasks: longTasks,
    heap_mb: round(usedSize / 1_000_000),
    rows_scrolled_over: rowsLoaded,
  };
}

const framesOf = (page: Page, pixels: number): Promise<number> =>
  page.evaluate(
    ({ ms, step }) =>
      new Promise<number>((settle) => {
        const scroller = document.querySelector("[data-scroller]");
        const started = performance.now();
        let frames = 0;
        let way = step;
        const frame = () => {
          frames += 1;
          if (scroller && scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - step) way = -step;
          if (scroller && scroller.scrollTop <= 0) way = step;
          scroller?.scrollBy(0, way);
          const passed = performance.now() - started;
          if (passed >= ms) settle((frames / passed) * 1_000);
          else requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
    { ms: pixels === 0 ? scrolledMs / 2 : scrolledMs, step: pixels },
  );

/** Fifty things that a reader does, by hand and by key; each counts from the press to the frame that answers it. */
export async function measureInteractions(context: BrowserContext, { origin, say }: Measured) {
  const page = await opened(context, { origin, search: "?range=30d" });
  await page.locator("[data-panel=histogram][data-state=ready]").waitFor();
  await page.getByRole("checkbox").first().waitFor();
  let done = 0;
  const act = async (does: () => Promise<unknown>) => {
    await does();
    done += 1;
    await page.waitForTimeout(80);
  };
  const press = (key: string) => act(() => page.keyboard.press(key));
  for (const _ of [1, 2, 3, 4, 5, 6, 7, 8]) await press("j");
  for (const _ of [1, 2, 3, 4]) await press("k");
  await press("Enter");
  await page.locator("[data-open-event][data-state=ready]").waitFor();
  for (const _ of [1, 2, 3, 4]) await press("j");
  for (const name of ["Changes", "Related", "Raw", "Details"]) await act(() => page.getByRole("tab", { name: new RegExp(name) }).click());
  await press("Escape");
  for (const _ of [1, 2, 3, 4])
    await act(() =>
      page
        .locator("[data-query-bar]")
        .isVisible()
        .then(() => page.getByRole("checkbox").nth(1).click()),
    );
  await press("d");
  await press("d");
  await press("d");
  await act(() => page.locator("[data-event-id]").nth(3).click());
  await press("Escape");
  await press("/");
  for (const letter of "action:note") await press(letter);
  await press("Escape");
  await press("Escape");
  for (const _ of [1, 2, 3]) await press("PageDown");
  await press("Home");
  const { interactions } = await marksOf(page);
  await page.close();
  // Event Timing names none that took less than 16 ms: those count as that.
  const all = [...interactions, ...Array.from({ length: Math.max(0, done - interactions.length) }, () => 16)].sort((a, b) => a - b);
  say(`${done} interactions, the slowest ${all.slice(-5).join(", ")} ms`);
  return { interactions: done, interaction_p98_ms: Math.round(at(all, 0.98)) };
}

const at = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
const round = (value: number): number => Math.round(value * 10) / 10;
