import { expect, test } from "vitest";
import { comparedText, countText, leftToDo } from "./review-words.ts";

test.each([
  [{ count: 49, before: 46 }, "3 more than the week before (46)"],
  [{ count: 1_000, before: 2_500 }, "1,500 fewer than the week before (2,500)"],
  [{ count: 7, before: 7 }, "As many as the week before (7)"],
  [{ count: 0, before: 0 }, "None the week before either"],
  [{ count: 10_000, before: 4, capped: true }, "4 the week before"],
  [{ count: 4, before: 10_000, beforeCapped: true }, "10,000+ the week before"],
])("%j reads %s", (figure, words) => {
  expect(comparedText({ capped: false, beforeCapped: false, ...figure })).toBe(words);
});

test("a count that was broken off says that there are more", () => {
  expect(countText(10_000, true)).toBe("10,000+");
  expect(countText(1_234, false)).toBe("1,234");
});

test("what nobody looked at is left to do", () => {
  const item = { item: "a", q: "", count: 0, capped: false, before: 0, beforeCapped: false, title: "", about: "" };
  expect(
    leftToDo({
      items: [
        { ...item, checked: null },
        { ...item, item: "b", checked: { by: "Alice", at: "", note: "" } },
      ],
    }).map((each) => each.item),
  ).toEqual(["a"]);
});
