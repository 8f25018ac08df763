import { Search } from "lucide-react";
import { expect, test } from "vitest";
import { foundItems } from "./found-items.ts";
import type { PaletteItem } from "./palette-item.ts";
import { searchItems } from "./search-items.ts";

const item = (id: string, title: string, kind: PaletteItem["kind"] = "Pages", words = ""): PaletteItem => ({
  id,
  kind,
  title,
  Icon: Search,
  words,
  run: () => undefined,
});
const items = [
  item("logs", "Activity logs"),
  item("alerts", "Alerts"),
  item("people", "Members", "Pages", "people users"),
  item("dark", "Dark theme", "Theme"),
];
const titles = (typed: string, recent: string[] = []) =>
  foundItems(items, { typed, recent }).map((group) => [group.title, ...group.items.map(({ title }) => title)]);

test("before anything is typed, what was chosen lately comes first and everything by its kind after it", () => {
  expect(titles("", ["dark", "gone", "alerts"])).toEqual([
    ["Recent", "Dark theme", "Alerts"],
    ["Pages", "Activity logs", "Alerts", "Members"],
    ["Theme", "Dark theme"],
  ]);
});

test("of what fits alike, what was chosen before comes first; what is meant by another word is found too", () => {
  expect(titles("a")[0]?.[1]).toBe("Alerts");
  expect(titles("a", ["logs"])[0]?.[1]).toBe("Activity logs");
  expect(titles("people")).toEqual([["Found", "Members"]]);
  expect(titles("zebra")).toEqual([]);
});

test.each([
  ["0193aaaa-0000-7000-8000-0000000000AB", "event 0193aaaa-0000-7000-8000-0000000000ab"],
  ["alice@company.com", "search actor:alice@company.com"],
  ["192.168.1.100", "search ip:192.168.1.100"],
  ["10.0.0.0/8", "search ip:10.0.0.0/8"],
  ["  sales report ", "search sales report"],
])("%s leads to: %s", (typed, leads) => {
  const went: string[] = [];
  const found = searchItems(typed, { openEvent: (id) => went.push(`event ${id}`), searchEvents: (q) => went.push(`search ${q}`) });
  [...found.first, ...found.last][0]?.run();
  expect(went).toEqual([leads]);
});
