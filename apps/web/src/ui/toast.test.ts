import { expect, test } from "vitest";
import { shownWith } from "./toast.tsx";

const act = { label: "Undo", run: () => undefined };
const promoted = { id: 1, text: "Bob is now Admin.", act };
const copied = { id: 2, text: "Link copied." };

test("only the last thing offers to be taken back, and plain news stays", () => {
  const demoted = { id: 3, text: "Bob is now Member.", act };
  expect(shownWith([promoted, copied], demoted)).toEqual([copied, demoted]);
  expect(shownWith([promoted], copied)).toEqual([promoted, copied]);
});

test("the same news is shown once, and no more than three at a time", () => {
  expect(shownWith([copied], { ...copied, id: 4 })).toEqual([{ ...copied, id: 4 }]);
  const more = [5, 6, 7].map((id) => ({ id, text: `News ${id}` }));
  expect(shownWith(more, copied)).toEqual([...more.slice(1), copied]);
});
