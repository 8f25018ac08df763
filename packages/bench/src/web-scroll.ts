import type { Browser, BrowserContext, Page } from "playwright-core";
import { marksOf, opened, round, type Measured } from "./web-page.ts";

const rowsWanted = 100_000;
const rowHeight = 28;
const scrolledMs = 5_000;
const scrolledPixels = 600;
const emptyMs = 2_000;
/** The browser's own account of each frame costs time itself, so it is taken apart from the count of frames. */
const tracedMs = 1_500;
const loadingMsMax = 20_000;
/** Five times the product's: the rows are there in seconds, and fetching one again while it is scrolled costs no more than a frame. */
const pageRows = 500;

interface ScrollMeasured extends Measured {
  browser: Browser;
}

/** A hundred thousand rows are scrolled through as fast as no hand does; what an empty page manages in the same browser is the measure of it. */
export async function measureScroll(context: BrowserContext, { browser, origin, say }: ScrollMeasured) {
  const empty = await context.newPage();
  await empty.goto(`${origin}/icon.svg`);
  const idle = await scroll(empty, { pixels: 0, ms: emptyMs });
  await empty.close();
  const page = await opened(context, {
    origin,
    search: "?range=all",
    before: (bare) => bare.addInitScript(answerOlderPages, { pageRows, rowsWanted }),
  });
  const rows = await loadRows(page);
  say(`${rows} rows loaded`);
  const before = (await marksOf(page)).longTasks;
  const { fps } = await scroll(page, { pixels: scrolledPixels, ms: scrolledMs });
  const longTasks = (await marksOf(page)).longTasks - before;
  await toTop(page);
  await browser.startTracing(page, { categories: ["devtools.timeline", "toplevel"] });
  const traced = await scroll(page, { pixels: scrolledPixels, ms: tracedMs });
  const spent = spentIn(await browser.stopTracing());
  const session = await context.newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = (await session.send("Runtime.getHeapUsage")) as { usedSize: number };
  await page.close();
  return {
    scroll_fps: round(fps),
    scroll_fps_ratio_to_empty_page: Math.round((fps / idle.fps) * 100) / 100,
    scroll_script_ms_a_frame: round(spent.script / traced.frames),
    scroll_style_layout_ms_a_frame: round(spent.style / traced.frames),
    long_tasks: longTasks,
    heap_mb: round(usedSize / 1_000_000),
    rows_scrolled_over: rows,
  };
}

/** Runs in the page: of the first answer of the real server older ones are made, since it is the browser that is measured and a thousand pages take it half a minute. */
function answerOlderPages({ pageRows: rows, rowsWanted: all }: { pageRows: number; rowsWanted: number }): void {
  const real = globalThis.fetch;
  /** More is asked for where rows had been let go: the one more tells that all are there again. */
  const usual = 100;
  let sample: Record<string, unknown>[] = [];
  const prefix = "bench ";
  const older = (start: number, count: number): Response => {
    const end = Math.min(all, start + count);
    const events = Array.from({ length: end - start }, (_, step) => {
      const index = start + step;
      const occurred = Date.parse(String(sample.at(-1)?.["occurred_at"])) - index * 1_000;
      const id = `00000000-0000-7000-8000-${String(all - index).padStart(12, "0")}`;
      return { ...sample[index % sample.length], id, seq: all - index, occurred_at: new Date(occurred).toISOString(), operation_id: null };
    });
    const data = { events, nextCursor: end < all ? `${prefix}${end}` : null, completeUntil: null, lastSeq: 0, searchedTo: null };
    return Response.json({ result: { data } });
  };
  globalThis.fetch = async (input, init) => {
    const url = new URL(String(input instanceof Request ? input.url : input), location.href);
    if (!url.pathname.endsWith("/events.list")) return real(input, init);
    const { cursor, limit } = JSON.parse(url.searchParams.get("input") ?? "{}") as { cursor?: string; limit: number };
    if (cursor?.startsWith(prefix)) return older(Number(cursor.slice(prefix.length)), limit > usual ? rows + 1 : rows);
    const answer = await real(input, init);
    const page = (await answer.json()) as { result: { data: { events: typeof sample; nextCursor: string | null } } };
    sample = page.result.data.events;
    page.result.data.nextCursor = `${prefix}${sample.length}`;
    return Response.json(page);
  };
}

const toTop = async (page: Page): Promise<void> => {
  await page.evaluate(() => document.querySelector("[data-scroller]")?.scrollTo(0, 0));
  await page.waitForTimeout(400);
};

/** To the end of the list again and again, until it has no more; then back to its top. */
async function loadRows(page: Page): Promise<number> {
  const height = await page.evaluate(
    ({ ms, wanted }) =>
      new Promise<number>((settle) => {
        const [scroller, rows] = [document.querySelector("[data-scroller]"), document.querySelector("[data-rows]")];
        const until = performance.now() + ms;
        const frame = () => {
          const loaded = rows?.clientHeight ?? 0;
          if (loaded >= wanted || performance.now() > until) settle(loaded);
          else {
            scroller?.scrollTo(0, 1e9);
            requestAnimationFrame(frame);
          }
        };
        frame();
      }),
    { ms: loadingMsMax, wanted: rowsWanted * rowHeight },
  );
  await toTop(page);
  return Math.round(height / rowHeight);
}

const scroll = (page: Page, { pixels, ms }: { pixels: number; ms: number }): Promise<{ frames: number; fps: number }> =>
  page.evaluate(
    ({ until, step }) =>
      new Promise<{ frames: number; fps: number }>((settle) => {
        const scroller = document.querySelector("[data-scroller]");
        const started = performance.now();
        let frames = 0;
        const frame = () => {
          frames += 1;
          scroller?.scrollBy(0, step);
          const passed = performance.now() - started;
          if (passed >= until) settle({ frames, fps: (frames / passed) * 1_000 });
          else requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
    { until: ms, step: pixels },
  );

interface Traced {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur: number;
  /** What the thread itself worked, in µs: the time that other programs took from it is not in it. */
  tdur?: number;
}

const scripts = new Set(["FunctionCall", "EventDispatch", "FireAnimationFrame", "RunMicrotasks", "TimerFire", "EvaluateScript", "V8.GC_SCAVENGER"]);
const styles = new Set(["UpdateLayoutTree", "Layout", "PrePaint"]);

/** Milliseconds of the page's main thread in scripts, and in styles and layout, each without what it called of the other. */
function spentIn(trace: Buffer): { script: number; style: number } {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: Traced[] };
  const main = traceEvents.find(({ name }) => name === "FireAnimationFrame");
  const spans = traceEvents.filter(({ ph, pid, tid }) => ph === "X" && pid === main?.pid && tid === main.tid).sort((a, b) => a.ts - b.ts || b.dur - a.dur);
  const open: { span: Traced; own: number }[] = [];
  const spent = { script: 0, style: 0 };
  const close = () => {
    const { span, own } = open.pop() ?? { span: { name: "" }, own: 0 };
    if (scripts.has(span.name)) spent.script += own / 1_000;
    else if (styles.has(span.name)) spent.style += own / 1_000;
  };
  for (const span of spans) {
    for (let last = open.at(-1); last && last.span.ts + last.span.dur <= span.ts; last = open.at(-1)) close();
    const parent = open.at(-1);
    if (parent) parent.own -= span.tdur ?? 0;
    open.push({ span, own: span.tdur ?? 0 });
  }
  while (open.length > 0) close();
  return spent;
}
