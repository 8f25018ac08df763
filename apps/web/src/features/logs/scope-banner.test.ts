import { expect, test } from "vitest";
import { teamValues } from "./filters/all-filters.tsx";
import { scopeWords } from "./scope-banner.tsx";

test.each([
  [{ seesAll: true, teams: ["Finance"] }, null],
  [{ seesAll: false, teams: [] }, "You see only your own events: what you did, and what was done on your behalf."],
  [{ seesAll: false, teams: ["Finance"] }, "You see your own events and those of Finance."],
  [{ seesAll: false, teams: ["Finance", "Sales", "Data"] }, "You see your own events and those of Finance, Sales and Data."],
])("who sees a part of the log is told which part: %j", (standing, words) => {
  expect(scopeWords(standing)).toBe(words);
});

test("teams with events come first, then the others that exist, and a chosen one never leaves the list", () => {
  const counted = [
    { value: "t1", label: "Old name", count: 7 },
    { value: "t9", label: "Deleted team", count: 2 },
  ];
  const known = [
    { id: "t1", name: "Finance" },
    { id: "t2", name: "Sales" },
  ];
  expect(teamValues(counted, known, ["t1", "t7"])).toEqual([
    { value: "t1", label: "Finance", count: 7 },
    { value: "t9", label: "Deleted team", count: 2 },
    { value: "t2", label: "Sales", count: 0 },
    { value: "t7", label: "t7", count: 0 },
  ]);
});
