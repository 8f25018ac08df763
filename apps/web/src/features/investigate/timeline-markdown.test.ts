import { expect, test } from "vitest";
import { fakeCase } from "../../testing/fake-investigations.ts";
import { timelineMarkdown } from "./timeline-markdown.ts";

test("a timeline reads in the order of its moments, in the reader's zone, with what is not visible at the end", () => {
  const text = timelineMarkdown({ ...fakeCase, conclusion: "A stolen laptop", state: "closed" }, "Europe/Paris");
  expect(text.split("\n").slice(0, 5)).toEqual([
    "# Case 12: Leak of orders",
    "",
    "Closed · Data leak · times in Europe/Paris",
    "",
    "**Conclusion:** A stolen laptop",
  ]);
  const lines = text.split("\n").filter((line) => line.startsWith("- "));
  expect(lines).toHaveLength(fakeCase.timeline.length + fakeCase.unseen.length);
  expect(lines[0]).toMatch(/^- 2026-11-\d\d \d\d:\d\d:\d\d \(UTC\+1\) – .+ \(`[0-9a-f-]+`\)/);
  expect(lines.find((line) => line.includes("Note by"))).toContain("Note by Alice Chen: Asked Bob");
  expect(lines.at(-1)).toContain("not visible to you, or was purged");
});

test("names and notes that look like Markdown or HTML stay what they are, on one line", () => {
  const [note] = fakeCase.timeline.filter((entry) => entry.kind === "note");
  if (!note) throw new Error("the fake case has a note");
  const text = timelineMarkdown({ ...fakeCase, title: "<img src=x> [a](b)", timeline: [{ ...note, text: "# One\n\n- two | `three` **four**" }] }, "UTC");
  expect(text).toContain("# Case 12: \\<img src=x\\> \\[a\\](b)");
  expect(text).toContain("Note by Alice Chen: \\# One - two \\| \\`three\\` \\*\\*four\\*\\*");
});

test("an empty case says so", () => {
  expect(timelineMarkdown({ ...fakeCase, timeline: [], unseen: [] }, "UTC")).toContain("Nothing is pinned or noted yet.");
});
