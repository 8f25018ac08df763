import { gzipSync } from "node:zlib";
import type { BrowserContext, Response } from "playwright-core";
import { at, log, marksOf, opened, round, watch, type Answered, type Marks, type Measured } from "./web-page.ts";

const loadsCounted = 5;
/** What still jumps comes with the histogram and the counts, just behind the rows. */
const jumpsSeenMs = 300;

/** Cold each time: the browser forgets what it has fetched, and no row was shown before. */
export async function measureLoads(context: BrowserContext, { origin, say }: Measured) {
  const times: number[] = [];
  const weights = { js: 0, css: 0 };
  let shift = 0;
  for (let turn = -1; turn < loadsCounted; turn += 1) {
    // Bodies are asked for below, while the page is there: one that comes while it closes is an error.
    const responses: Response[] = [];
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.clearBrowserCache");
    await page.addInitScript(watch);
    page.on("response", (response) => /\.(js|css)$/.test(new URL(response.url()).pathname) && responses.push(response));
    await page.goto(`${origin}${log}?range=7d`);
    await page.waitForFunction(() => (globalThis as unknown as { marks: Marks }).marks.rowsAt !== null);
    const { rowInsertedAt, rowsAt } = await marksOf(page);
    await page.waitForTimeout(jumpsSeenMs);
    shift = Math.max(shift, (await marksOf(page)).shift);
    if (turn >= 0) times.push(rowsAt ?? Number.NaN);
    if (turn === 0) {
      const before = new Set(
        await page.evaluate(
          (until) => performance.getEntriesByType("resource").flatMap(({ name, startTime }) => (startTime < until ? [name] : [])),
          rowInsertedAt ?? 0,
        ),
      );
      for (const response of responses) {
        if (before.has(response.url())) weights[response.url().endsWith(".css") ? "css" : "js"] += gzipSync(await response.body()).length;
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

/** Of one turn's fifty, the 98th of a hundred would be the slowest one, whatever slowed it; of three turns' it is the third slowest. */
const interactionTurns = 3;

export async function measureInteractions(context: BrowserContext, measured: Measured) {
  let interactions = 0;
  let nodes = 0;
  const slow: Answered[] = [];
  for (let turn = 0; turn < interactionTurns; turn += 1) {
    const turned = await interact(context, measured);
    interactions += turned.done;
    // A turn chooses a density, so only the first finds the list as everybody does who has chosen nothing.
    if (turn === 0) nodes = turned.nodes;
    slow.push(...turned.slow);
  }
  slow.sort((a, b) => a.ms - b.ms);
  // Event Timing names none that took less than 16 ms: those count as that.
  const all = [...Array.from({ length: Math.max(0, interactions - slow.length) }, () => 16), ...slow.map(({ ms }) => ms)];
  const slowest = slow.slice(-6).map(({ ms, what }) => `${ms} ms ${what}`);
  measured.say(`${interactions} interactions, the slowest: ${slowest.join("; ")}`);
  return { interactions, interaction_p98_ms: Math.round(at(all, 0.98)), interaction_worst_ms: Math.round(at(all, 1)), dom_nodes_with_drawer: nodes };
}

/** Fifty things that a reader does, by hand and by key; each counts from the press to the frame that answers it. */
async function interact(context: BrowserContext, { origin }: Measured) {
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
  const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
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
  const slow: Answered[] = Object.values((await marksOf(page)).interactions);
  await page.close();
  return { done, nodes, slow };
}
