import { clausesToQuery, matches, parseSearch } from "@daybook/query";
import { expect, test } from "vitest";
import { brokenParts, nothingText } from "./broken-parts.ts";

test("a search that is understood has no broken part, and neither has none", () => {
  expect([brokenParts(undefined), brokenParts("status:failed actor:alice"), brokenParts(nothingText)]).toEqual([[], [], []]);
});

test("what is not understood is named as it stands, each part once", () => {
  expect(brokenParts("status:failed colour:red shape:round colour:red")).toEqual(["colour:red", "shape:round"]);
});

test("the search that stands in for it matches no event", () => {
  const query = clausesToQuery(parseSearch(nothingText).clauses, {});
  expect(matches(query, { id: "0193aaaa-0000-7000-8000-000000000001" } as never)).toBe(false);
});
