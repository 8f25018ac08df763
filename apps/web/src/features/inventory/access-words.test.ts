import { expect, test } from "vitest";
import { countsInWords, defaultConsequence, lossInWords } from "./access-words.ts";

test("a group's counts name every kind", () => {
  expect(countsInWords({ collection: 3, connection: 1 })).toBe("3 collections · 1 connection");
  expect(countsInWords({})).toBe("0 collections · 0 connections");
});

test.each([
  ["view", 12, 4, "12 members who have no access of their own can then view 4 collections. Who was given more keeps more."],
  ["manage", 1, 1, "1 member who has no access of their own can then manage 1 collection. Who was given more keeps more."],
  ["none", 12, 4, "12 members who have no access of their own can then use none of 4 collections."],
] as const)("a default of %s for %i members and %i collections is told in a sentence", (access, withoutOwn, count, sentence) => {
  expect(defaultConsequence(access, { withoutOwn, objects: [{ type: "collection", count }] })).toBe(sentence);
});

test("the loss of a group is told with who loses what", () => {
  const sentence = "1 member loses what the group gives them: access to 3 collections and 1 connection. What they were given otherwise they keep.";
  expect(lossInWords({ members: 1, objects: { collection: 3, connection: 1 } })).toBe(sentence);
  expect(lossInWords({ members: 2, objects: { connection: 2 } })).toContain("2 members lose what the group gives them: access to 2 connections.");
  const losses: Parameters<typeof lossInWords>[0][] = [
    { members: 0, objects: { collection: 3 } },
    { members: 3, objects: {} },
  ];
  for (const group of losses) expect(lossInWords(group)).toBe("Nobody loses access by that.");
});
