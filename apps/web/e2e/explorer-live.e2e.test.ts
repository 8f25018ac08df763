import type { EventRow } from "@daybook/event";
import { launchChromium } from "@daybook/testkit";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fakeEvent, fakeEvents, rowOf } from "../src/testing/fake-events.ts";
import { visit } from "./browser.ts";
import { fakeStreams, holdStreams, openStreams, sendLive, setHidden, turnStream } from "./fake-stream.ts";
import { look } from "./look.ts";

/** How new events come into the list: the page is real, the stream is the test's own. */
const logs = "/o/acme/logs/activity";
const newest = Date.parse("2026-11-20T12:03:10.245Z");
/** How long the rush of events lasts; for a look at what builds up, `DAYBOOK_RUSH_SECONDS=60`. */
const seconds = Number(process.env["DAYBOOK_RUSH_SECONDS"] ?? 10);
const events = fakeEvents(420, newest);
let browser: Browser;
let seq = 10_000;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** New events, a second after each other, the last the newest. */
const fresh = (count: number, change: Partial<EventRow> = {}): EventRow[] =>
  Array.from({ length: count }, () => {
    seq += 1;
    return { ...rowOf(fakeEvent(seq, seq, newest + seq * 1_000)), log_type: "activity" as const, operation_id: null, ...change };
  });

/** Tasks of the page that kept the processor for more than 50 ms. Time on the processor, not on the clock: other work on the machine must not count. */
function longTasks(trace: Buffer): number[] {
  interface Traced {
    name: string;
    pid: number;
    tid: number;
    tdur?: number;
    args: { name?: string };
  }
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: Traced[] };
  const main = traceEvents.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain").map(({ pid, tid }) => `${pid}/${tid}`);
  expect(main.length).toBeGreaterThan(0);
  const tasks = traceEvents
    .filter(({ name, pid, tid }) => name.endsWith("RunTask") && main.includes(`${pid}/${tid}`))
    .map(({ tdur = 0 }) => Math.round(tdur / 1_000));
  expect(tasks.length).toBeGreaterThan(100);
  return tasks.filter((ms) => ms > 50);
}

async function follow(path = logs) {
  const visited = await visit(browser, { path, state: { events }, prepare: fakeStreams });
  await visited.page.waitForSelector("[data-panel=events][data-state=ready]");
  await visited.page.waitForSelector("[data-live=live]");
  return visited;
}
const firstId = (page: Page) =>
  page.locator("[data-scroller]").evaluate((scroller) => {
    const top = scroller.getBoundingClientRect().top + 29;
    const rows = [...scroller.querySelectorAll<HTMLElement>("[data-event-id]")].filter((row) => row.getBoundingClientRect().bottom > top + 1);
    return rows.sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)[0]?.dataset["eventId"];
  });
const shownIds = (page: Page) =>
  page
    .locator("[data-event-id]")
    .evaluateAll((rows) =>
      rows.sort((a, b) => Number(a.getAttribute("aria-rowindex")) - Number(b.getAttribute("aria-rowindex"))).map((row) => row.getAttribute("data-event-id")),
    );

test("at the top new events slide in, each once and in order, and a screen reader hears of them at most every five seconds", async () => {
  const { context, page } = await follow();
  const spoken = await page.evaluateHandle(() => {
    const said: string[] = [];
    const region = document.querySelector("[data-panel=events] > [aria-live]");
    if (region) new MutationObserver(() => said.push(region.textContent ?? "")).observe(region, { childList: true, characterData: true, subtree: true });
    return said;
  });
  const begun = performance.now();
  const arrived: EventRow[] = [];
  for (let batch = 0; batch < 6; batch += 1) {
    const rows = fresh(2);
    arrived.push(...rows);
    await sendLive(page, [...rows, ...rows]);
    await page.waitForTimeout(300);
  }
  await expect.poll(async () => (await shownIds(page)).slice(0, 12)).toEqual(arrived.toReversed().map(({ id }) => id));
  expect(await page.getByRole("grid").getAttribute("aria-rowcount")).toMatch(/^\d+$/);
  const said = (await spoken.jsonValue()).length;
  expect(said).toBeGreaterThan(0);
  expect(said).toBeLessThanOrEqual(1 + Math.floor((performance.now() - begun) / 5_000));
  await page.getByRole("button", { name: /Live · \d+\/s/ }).waitFor();
  await look(page, "live-top");
  await context.close();
});

test("a list that was scrolled does not move while 500 events arrive; the button counts them and shows them", async () => {
  const { context, page } = await follow();
  await page.locator("[data-scroller]").evaluate((scroller) => (scroller.scrollTop = 3_000));
  await page.waitForTimeout(150);
  const before = await firstId(page);
  const arrived = fresh(500);
  for (let at = 0; at < arrived.length; at += 50) {
    await sendLive(page, arrived.slice(at, at + 50));
    await page.waitForTimeout(60);
  }
  await page.waitForSelector("[data-new-events='500']");
  expect(await firstId(page)).toBe(before);
  await look(page, "live-waiting");
  await page.getByRole("button", { name: "500 new events" }).click();
  await expect.poll(async () => (await shownIds(page))[0]).toBe(arrived.at(-1)?.id);
  await page.waitForSelector("[data-new-events]", { state: "detached" });
  await context.close();
});

test("more than 5,000 waiting events are counted on, and a refresh is offered for them", async () => {
  const { context, page } = await follow(`${logs}?event=${events[5]?.id}`);
  await sendLive(page, fresh(5_050));
  await page.getByRole("button", { name: "Refresh to see 5,050 new" }).waitFor();
  await context.close();
});

test("an event that comes late lands where it belongs by its time, and says how late it is", async () => {
  const { context, page } = await follow();
  const rows = events.filter(({ log_type: type }) => type === "activity");
  const [above, below] = [rows[4], rows[5]];
  if (!above || !below) throw new Error("There are rows.");
  const occurred = Date.parse(above.occurred_at) - 1_000;
  const [late] = fresh(1, {
    occurred_at: new Date(occurred).toISOString(),
    received_at: new Date(occurred + 4 * 60_000).toISOString(),
    description: "Renamed a late notebook",
  });
  if (!late) throw new Error("There is one.");
  await sendLive(page, [late]);
  await page.locator(`[data-event-id="${late.id}"]`).getByText("late 4 min").waitFor();
  expect((await shownIds(page)).slice(4, 7)).toEqual([above.id, late.id, below.id]);
  await look(page, "live-late");
  await context.close();
});

test("a hidden tab hears nothing and asks nothing; who returns is brought up to date and told by how much", async () => {
  const { context, page } = await follow();
  await sendLive(page, fresh(1));
  const last = seq;
  await expect.poll(async () => (await shownIds(page))[0]).toContain(String(last));
  await setHidden(page, true);
  await expect.poll(() => openStreams(page)).toEqual([]);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.waitForTimeout(2_500);
  expect(asked).toEqual([]);
  await setHidden(page, false);
  await expect.poll(async () => (await openStreams(page)).length).toBe(1);
  expect(decodeURIComponent((await openStreams(page))[0] ?? "")).toContain(`"afterSeq":${last}`);
  await page.waitForSelector("[data-live=live]");
  await sendLive(page, fresh(214));
  await page.getByText("Caught up: 214 events").waitFor();
  await context.close();
});

test("following is switched by l, breaks and returns in words, and says why it cannot be", async () => {
  const { context, page } = await follow();
  await page.keyboard.press("l");
  await page.waitForSelector("[data-live=off]");
  await expect.poll(() => openStreams(page)).toEqual([]);
  await page.keyboard.press("l");
  await page.waitForSelector("[data-live=live]");
  await page.evaluate(() => (globalThis as unknown as { streams: { isOpen: boolean; drop: () => void }[] }).streams.findLast(({ isOpen }) => isOpen)?.drop());
  await page.getByRole("button", { name: "Reconnecting…" }).waitFor();
  await page.goto("http://console.test/o/acme/logs/activity?from=2026-11-01T00:00:00.000Z&to=2026-11-18T00:00:00.000Z");
  await page.getByRole("button", { name: /Not live.*ends in the past/ }).waitFor();
  await context.close();
});

test("while another search is on its way the button keeps its place and does not say that nothing is followed", async () => {
  let answer: (() => void) | undefined;
  const held = new Promise<void>((settle) => (answer = settle));
  const { context, page } = await visit(browser, {
    path: logs,
    prepare: fakeStreams,
    answer: async (path, input) => {
      if (path === "events.list" && JSON.stringify(input).includes("sales")) await held;
      return null;
    },
  });
  await page.waitForSelector("[data-live=live]");
  const button = page.locator("[data-live]");
  const width = await button.evaluate((element) => element.clientWidth);
  await page.getByRole("combobox", { name: "Search events" }).fill("sales");
  await page.keyboard.press("Enter");
  await page.waitForSelector("[data-live=connecting]");
  expect([await button.textContent(), await button.evaluate((element) => element.clientWidth)]).toEqual(["Live…", width]);
  answer?.();
  await page.waitForSelector("[data-live=live]");
  await context.close();
});

/** A page that no stream reaches, and what it asks instead. */
async function followHeldBack(answerTo: (asked: number) => unknown) {
  const asked: { afterSeq: number }[] = [];
  let lists = 0;
  const visited = await visit(browser, {
    path: logs,
    state: { events },
    prepare: async (page) => {
      await page.clock.install({ time: newest + 60_000 });
      await fakeStreams(page);
      await holdStreams(page);
    },
    answer: (path, input) => {
      if (path === "events.list") lists += 1;
      if (path !== "events.since") return null;
      const answer = answerTo(asked.push(input as { afterSeq: number }));
      return answer === null ? { status: 503, body: "{}" } : { status: 200, body: JSON.stringify({ result: { data: answer } }) };
    },
  });
  await visited.page.waitForSelector("[data-panel=events][data-state=ready]");
  await visited.page.waitForSelector("[data-live=connecting]");
  return { ...visited, asked, lists: () => lists };
}

test("where no stream comes through, the log is asked every ten seconds behind what it knows, and says so, until a stream does", async () => {
  const rows = fresh(3);
  const at = (index: number) => rows[index]?.seq ?? 0;
  const steps = [
    null,
    { events: rows.slice(0, 1), lastSeq: at(0), hasMore: true },
    { events: rows.slice(1, 2), lastSeq: at(1) + 1_000, hasMore: false },
    { events: [], lastSeq: at(1) + 1_000, hasMore: false },
  ];
  const { page, context, asked, lists } = await followHeldBack((turn) => steps[Math.min(turn, steps.length) - 1]);
  await page.clock.fastForward(8_000);
  await expect.poll(() => asked.length).toBe(1);
  // The server does not answer either: then nothing is live.
  expect(await page.locator("[data-live=polling]").count()).toBe(0);
  await page.clock.fastForward(10_000);
  await page.getByRole("button", { name: "Live (every 10 s)" }).waitFor();
  await page.clock.fastForward(500);
  await expect.poll(async () => (await shownIds(page)).slice(0, 2)).toEqual([rows[1]?.id, rows[0]?.id]);
  await page.clock.fastForward(10_000);
  await expect.poll(() => asked.map(({ afterSeq }) => afterSeq)).toEqual([0, 0, at(0), at(1) + 1_000]);
  await look(page, "live-polling");
  await turnStream(page, "connect");
  await page.waitForSelector("[data-live=live]");
  await sendLive(page, rows);
  await page.clock.fastForward(30_000);
  await expect.poll(async () => (await shownIds(page)).slice(0, 3)).toEqual(rows.toReversed().map(({ id }) => id));
  expect([asked.length, lists()]).toEqual([4, 1]);
  await context.close();
});

test("a stream that something on the way answers is followed by asking at once, tried again after a minute, and the list is not read anew", async () => {
  const { page, context, lists } = await followHeldBack(() => ({ events: [], lastSeq: 0, hasMore: false }));
  await turnStream(page, "fail");
  await page.waitForSelector("[data-live=polling]");
  expect(await openStreams(page)).toEqual([]);
  await page.keyboard.press("l");
  await page.waitForSelector("[data-live=off]");
  await page.keyboard.press("l");
  await expect.poll(async () => (await openStreams(page)).length).toBe(1);
  await turnStream(page, "fail");
  await page.waitForSelector("[data-live=polling]");
  await page.clock.fastForward(60_000);
  await expect.poll(async () => (await openStreams(page)).length).toBe(1);
  await turnStream(page, "connect");
  await page.waitForSelector("[data-live=live]");
  expect(lists()).toBe(1);
  await context.close();
});

test("200 events a second are shown without a long task, and bars and counts are asked again at most every two seconds", async () => {
  const { context, page } = await follow();
  // By the clock of the page: on a busy machine word of a request comes here late.
  const askedAt = () =>
    page.evaluate(() => performance.getEntriesByType("resource").flatMap(({ name, startTime }) => (name.includes("events.histogram") ? [startTime] : [])));
  const countedBefore = (await askedAt()).length;
  const heap = async () => {
    const session = await context.newCDPSession(page);
    await session.send("HeapProfiler.collectGarbage");
    const { usedSize } = (await session.send("Runtime.getHeapUsage")) as { usedSize: number };
    return usedSize;
  };
  const before = await heap();
  await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"] });
  const [template] = fresh(1);
  if (!template) throw new Error("There is one.");
  // Made in the page, as a stream would bring them: the test's own work must not be taken for the console's.
  await page.evaluate(
    ([row, from, total]) => {
      const { streams } = globalThis as unknown as { streams: { isOpen: boolean; send: (rows: unknown[]) => void }[] };
      let sent = 0;
      const timer = setInterval(() => {
        for (let at = 0; at < 5 && sent < total; at += 1, sent += 1) {
          const number = from + sent;
          const id = `01930000-0000-7000-8000-${String(number).padStart(12, "0")}`;
          streams
            .findLast(({ isOpen }) => isOpen)
            ?.send([{ ...row, id, seq: number, occurred_at: new Date(Date.parse(row.occurred_at) + sent * 5).toISOString() }]);
        }
        if (sent >= total) clearInterval(timer);
      }, 25);
    },
    [template, seq + 1, seconds * 200] as const,
  );
  seq += seconds * 200;
  const lastId = `01930000-0000-7000-8000-${String(seq).padStart(12, "0")}`;
  await page.waitForSelector(`[data-event-id="${lastId}"]`, { timeout: (seconds + 30) * 1_000 });
  await page.waitForTimeout(500);
  expect(longTasks(await browser.stopTracing())).toEqual([]);
  expect(((await heap()) - before) / 1e6).toBeLessThan(30);
  const counted = (await askedAt()).slice(countedBefore);
  expect(counted.length).toBeGreaterThan(0);
  for (let at = 1; at < counted.length; at += 1) expect((counted[at] ?? 0) - (counted[at - 1] ?? 0)).toBeGreaterThan(1_800);
  expect(await page.locator("[data-event-id]").count()).toBeLessThan(80);
  await context.close();
});
