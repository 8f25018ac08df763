import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { timeLines } from "../../../ui/time-card.tsx";
import { clockName, exactText } from "../../../ui/zone-time.ts";
import { addMonths, dayByKey, dayKey, weeksOf } from "./calendar-days.ts";
import { HistogramLegend, HistogramTable } from "../histogram/histogram-words.tsx";
import type { Bar } from "../histogram/histogram-scale.ts";
import { seriesOf } from "../histogram/histogram-series.ts";
import { purgedWords } from "../grid/purged-edge.tsx";
import { lookBackProblem } from "./range-panel.tsx";
import { shownZone } from "./shown-zone.ts";
import { momentText } from "./time-range.ts";
import { keptBy } from "./use-kept.ts";

const zone = "Europe/Paris";
const now = Date.parse("2026-11-20T12:00:00Z");
const moment = (instant: number) => momentText(instant, zone, now);

test.each([
  ["1", null],
  ["30", null],
  ["0", "At least 1 day: today is the first."],
  ["-1", "At least 1 day: today is the first."],
  ["−1", "At least 1 day: today is the first."],
  ["31", "The policy keeps 30 days, so nothing is older."],
  ["1.5", "A whole number of days, such as 14."],
  ["", "A whole number of days, such as 14."],
  ["soon", "A whole number of days, such as 14."],
])("under a policy of 30 days, a look back by “%s” is answered with %j", (typed, problem) => {
  expect(lookBackProblem(typed, 30, true)).toBe(problem);
});

test("without a policy the bound is ten years, and says so", () => {
  expect(lookBackProblem("3650", 3650, false)).toBeNull();
  expect(lookBackProblem("3651", 3650, false)).toBe("At most 3,650 days.");
});

const purge = (change: object) => ({
  id: "p",
  at: "2026-11-20T01:00:00.000Z",
  before: "2026-10-20T22:00:00.000Z",
  count: 1,
  partitionsDropped: 0,
  trigger: "policy" as const,
  finishedAt: "x",
  ...change,
});

test("the edge of what was purged is told exactly where it lies, and by the policy that put it there", () => {
  // The policy became longer since: the purge went by the one of its day.
  const kept = keptBy({
    days: 90,
    purges: [purge({ at: "2026-11-19T22:00:00.000Z" }), purge({ at: "2026-10-19T22:00:00.000Z", before: "2026-09-19T22:00:00.000Z" })] as never,
  });
  expect(purgedWords(kept, {}, moment)).toBe("Events before 21 Oct were purged by the policy of 30 days.");
  expect(purgedWords(kept, { from: "2026-10-20T21:59:59.999Z" }, moment)).toContain("before 21 Oct");
  expect(purgedWords(kept, { from: "2026-10-20T22:00:00.000Z" }, moment)).toBeNull();
});

test("where nothing was purged, or a purge is under way, there is no edge", () => {
  expect(purgedWords(keptBy({ days: 30, purges: [] }), {}, moment)).toBeNull();
  expect(purgedWords(keptBy({ days: 30, purges: [purge({ finishedAt: null })] as never }), {}, moment)).toBeNull();
});

test("the card tells one instant on every clock, the same way as the drawer", () => {
  const instant = Date.parse("2026-11-20T12:03:10.245Z");
  expect(exactText(instant, zone)).toBe("2026-11-20 13:03:10.245 (UTC+1)");
  expect(timeLines(instant, { home: zone, mine: "America/New_York", now: instant + 120_000 }).map(({ text }) => text)).toEqual([
    "2026-11-20T12:03:10.245Z",
    "2026-11-20 13:03:10.245 (UTC+1) Europe/Paris",
    "2026-11-20 07:03:10.245 (UTC-5) America/New_York".replace("-5", "−5"),
    "2 minutes ago",
    String(instant),
  ]);
});

test("clocks have the names that people there use, and an offset where there is no name", () => {
  expect(clockName(Date.parse("2026-07-01T00:00:00Z"), zone)).toBe("CEST");
  expect(clockName(now, "America/New_York")).toBe("EST");
  expect(clockName(now, "Asia/Kathmandu")).toBe("UTC+5:45");
});

test("the zone of a link is the organization's unless it names another", () => {
  expect([shownZone(undefined, zone), shownZone("utc", zone)]).toEqual([zone, "UTC"]);
});

test("a calendar month stands in whole weeks from Monday, and its keys walk over its borders", () => {
  const weeks = weeksOf({ year: 2026, month: 11, day: 1 });
  expect(weeks.map((week) => week.map((day) => day?.day ?? 0))).toEqual([
    [0, 0, 0, 0, 0, 0, 1],
    [2, 3, 4, 5, 6, 7, 8],
    [9, 10, 11, 12, 13, 14, 15],
    [16, 17, 18, 19, 20, 21, 22],
    [23, 24, 25, 26, 27, 28, 29],
    [30, 0, 0, 0, 0, 0, 0],
  ]);
  const from = { year: 2026, month: 11, day: 30 };
  const by = (key: string) => dayKey(dayByKey(from, key) ?? from);
  expect([by("ArrowRight"), by("ArrowUp"), by("Home"), by("End"), by("PageUp"), by("PageDown")]).toEqual([
    "2026-12-01",
    "2026-11-23",
    "2026-11-30",
    "2026-12-06",
    "2026-10-30",
    "2026-12-30",
  ]);
  expect(dayKey(addMonths({ year: 2026, month: 1, day: 31 }, 1))).toBe("2026-02-28");
  expect(dayByKey(from, "a")).toBeNull();
});

test("what the bars show stands in a table and in words, nothing by colour alone", () => {
  const bars: Bar[] = [
    { start: 0, end: 1, counts: { success: 12, failed: 2 } },
    { start: 1, end: 2, counts: {} },
  ];
  const series = seriesOf("status", bars);
  const html = renderToStaticMarkup(<HistogramTable bars={bars} series={series} by="Status" label={(index) => `hour ${index}`} />);
  expect(html).toContain('<th scope="row">hour 0</th><td>14: 12 success · 2 failed</td>');
  expect(html).not.toContain("hour 1");
  const legend = renderToStaticMarkup(<HistogramLegend series={series} shaded="Purged" />);
  for (const word of ["Success", "In progress", "Pending", "Failed", "Purged"]) expect(legend).toContain(word);
});
