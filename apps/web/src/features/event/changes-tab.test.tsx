import type { AuditEvent } from "@daybook/event";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fakeEvent } from "../../testing/fake-events.ts";
import { htmlInConsole } from "../../testing/in-console.tsx";
import { changeGroups, changeLines, changeText } from "./change-list.ts";
import { ChangesTab } from "./changes-tab.tsx";
import { matchLists } from "./match-lists.ts";
import { wordDiff } from "./word-diff.ts";

const base = fakeEvent(0, 1, Date.parse("2026-11-20T12:00:00Z"));
const event = (change: Partial<AuditEvent>): AuditEvent => ({ ...base, ...change });
const changed = event({
  changes: {
    fields: [
      { path: "title", before: "Report", after: "Q2 Sales Report" },
      { path: "tags.2", after: "finance" },
      { path: "legacy_id", before: 42 },
      { path: "password", before: "[REDACTED]", after: "[REDACTED]" },
      { path: "owner", before: null, after: { id: 1 } },
    ],
  },
  redactions: [
    { path: "changes.fields.3.before", rule: "key" },
    { path: "changes.fields.3.after", rule: "key" },
  ],
});

test("changed, added and removed fields read as in a ticket", () => {
  expect(changeLines(changed).map(changeText)).toEqual([
    '~ title "Report" → "Q2 Sales Report"',
    '+ tags.2 "finance"',
    "− legacy_id 42",
    '~ password "[REDACTED]" → "[REDACTED]"',
    '~ owner null → { "id": 1 }',
  ]);
});

test("each line says its kind in a word and a glyph, not by colour alone", () => {
  const html = htmlInConsole(<ChangesTab event={changed} />);
  for (const [kind, glyph] of [
    ["changed", "~"],
    ["added", "+"],
    ["removed", "−"],
  ])
    expect(html).toMatch(new RegExp(`data-change="${kind}".*?>${glyph === "+" ? "\\+" : glyph}</span>${kind}`));
});

test("a value that was taken out is not shown, and its rule is named; one that was taken out in part shows the rest", () => {
  const partly = event({
    changes: { fields: [{ path: "url", before: "https://a/[REDACTED]", after: "https://b/[REDACTED]" }] },
    redactions: [{ path: "changes.fields.0.after", rule: "key" }],
  });
  expect(changeLines(changed).map(({ isRedacted, rule }) => [isRedacted, rule])).toContainEqual([true, "key"]);
  expect(htmlInConsole(<ChangesTab event={changed} />)).toContain("taken out by rule “key”");
  const html = htmlInConsole(<ChangesTab event={partly} />);
  expect(html).toContain("https://b/[REDACTED]");
  expect(html).toContain("in part taken out by rule “key”");
});

test("each line leads to everybody who ever changed the same field of the same resource", () => {
  const html = htmlInConsole(<ChangesTab event={changed} />);
  const search = decodeURIComponent((/href="[^"]*q=([^"]*)"/.exec(html)?.[1] ?? "").replaceAll("+", " "));
  expect(search).toContain("changed:title");
  expect(search).toContain("resource:sales_db");
  expect(html).toContain('aria-label="Who else changed title of sales_db"');
});

test("no change recorded is said as such, and a state that was not sent is something else", () => {
  expect(htmlInConsole(<ChangesTab event={event({ changes: null })} />)).toContain("No change was recorded");
  const html = htmlInConsole(<ChangesTab event={event({ changes: { after: { a: 1 }, fields: [{ path: "a", after: 1 }] } })} />);
  expect(html).toContain("No state from before the change was sent");
  expect(html).not.toContain("No change was recorded");
  expect(htmlInConsole(<ChangesTab event={event({ changes: { before: {}, after: {}, fields: [] } })} />)).toContain("Before and after are equal");
});

const listed = (before: unknown, after: unknown) =>
  changeLines(event({ changes: { fields: [{ path: "items", before: before as never, after: after as never }] }, redactions: [] })).map(changeText);

test("items of a list are told by their id or key, whatever their order", () => {
  expect(
    listed(
      [
        { id: 7, name: "a" },
        { id: 8, name: "b" },
      ],
      [
        { id: 8, name: "B" },
        { id: 7, name: "a" },
        { id: 9, name: "c" },
      ],
    ),
  ).toEqual(['~ items[id=8].name "b" → "B"', '+ items[id=9] { "id": 9, "name": "c" }']);
  expect(listed([{ key: "x", on: true }], [])).toEqual(['− items[key=x] { "key": "x", "on": true }']);
});

test("items without a name are told by their order: one put in at the front is one line", () => {
  expect(listed(["pii", "finance"], ["new", "pii", "finance"])).toEqual(['+ items[0] "new"']);
  expect(listed(["a", "b", "c"], ["a", "x", "c"])).toEqual(['~ items[1] "b" → "x"']);
  expect(listed(["a", "b"], ["b"])).toEqual(['− items[0] "a"']);
});

test("a list is matched without losing or making up an item", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 9 }),
      fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 9 }),
      (before, after) => {
        const items = matchLists(before, after) ?? [];
        const gone = items.flatMap(({ before: was }) => (was === undefined ? [] : [was]));
        const come = items.flatMap(({ after: is }) => (is === undefined ? [] : [is]));
        const count = (list: readonly unknown[], value: string) => list.filter((each) => each === value).length;
        for (const value of ["a", "b", "c", "d"]) expect(count(before, value) - count(gone, value) + count(come, value)).toBe(count(after, value));
      },
    ),
  );
});

test("a list too long to be matched is shown whole", () => {
  const long = Array.from({ length: 300 }, (_, index) => index);
  expect(matchLists(long, [])).toBeNull();
  expect(listed(long, [])).toHaveLength(1);
});

test("more than fifty changes are grouped by the top of their paths", () => {
  const fields = Array.from({ length: 51 }, (_, index) => ({ path: `${index % 2 === 0 ? "settings" : "owners"}.f${index}`, after: index }));
  const groups = changeGroups(changeLines(event({ changes: { fields }, redactions: [] })));
  expect(groups.map(({ key, lines }) => [key, lines.length])).toEqual([
    ["settings", 26],
    ["owners", 25],
  ]);
  expect(changeGroups(changeLines(event({ changes: { fields: fields.slice(0, 50) }, redactions: [] })))).toHaveLength(1);
});

test("of many changes those that share nothing with another stand in one plain list", () => {
  const lone = Array.from({ length: 60 }, (_, index) => ({ path: `f${index}`, before: index, after: -1 }));
  const fields = [...lone, { path: "owner.id", after: 1 }, { path: "owner.name", after: "Ann" }];
  expect(changeGroups(changeLines(event({ changes: { fields }, redactions: [] }))).map(({ key, lines }) => [key, lines.length])).toEqual([
    ["", 60],
    ["owner", 2],
  ]);
});

test("Hebrew before and after keep their sides of the arrow, and a character that turns text around is told by its number", () => {
  const fields = [
    { path: "title", before: "דוח ישן", after: "דוח רבעוני" },
    { path: "note", after: "\u202egnp.exe" },
    { path: "text", before: `word ${"same ".repeat(8)}`, after: `\u200bword ${"same ".repeat(8)}` },
  ];
  const hostile = event({ changes: { fields }, redactions: [] });
  expect(htmlInConsole(<ChangesTab event={hostile} />)).toMatch(
    /<del dir="auto"[^>]*>&quot;דוח ישן&quot;<\/del>.*?→.*?<ins dir="auto"[^>]*>&quot;דוח רבעוני&quot;<\/ins>/,
  );
  expect(changeLines(hostile).map(changeText)[1]).toBe('+ note "\\u202egnp.exe"');
  expect(htmlInConsole(<ChangesTab event={hostile} />)).not.toMatch(/[\u202e\u200b]/);
});

test("in long texts the words that differ are marked, by more than a colour", () => {
  const [before, after] = ["The quarterly report of the sales team", "The yearly report of the whole sales team"];
  const diff = wordDiff(before, after);
  expect(diff?.before.filter(({ same }) => !same).map(({ text }) => text)).toEqual(["quarterly"]);
  expect(diff?.after.filter(({ same }) => !same).map(({ text }) => text.trim())).toEqual(["yearly", "whole"]);
  const html = htmlInConsole(<ChangesTab event={event({ changes: { fields: [{ path: "note", before, after }] }, redactions: [] })} />);
  expect(html).toMatch(/<mark class="[^"]*line-through[^"]*">quarterly<\/mark>/);
  expect(html).toMatch(/<mark class="[^"]*underline[^"]*">yearly<\/mark>/);
});

test("marked or not, the pieces of a text are the text, and short or foreign texts have no marks", () => {
  expect(wordDiff("Report", "Q2 Sales Report")).toBeNull();
  expect(wordDiff("a".repeat(40), "b".repeat(40))).toBeNull();
  const words = fc.array(fc.constantFrom("one", "two", "three", "ümlaut", ",", "  ", "\n", "😀"), { maxLength: 40 }).map((parts) => parts.join(" "));
  fc.assert(
    fc.property(words, words, (before, after) => {
      const diff = wordDiff(before, after);
      if (diff === null) return;
      expect(diff.before.map(({ text }) => text).join("")).toBe(before);
      expect(diff.after.map(({ text }) => text).join("")).toBe(after);
      const kept = (pieces: typeof diff.before) => pieces.flatMap(({ text, same }) => (same ? [text] : [])).join("");
      expect(kept(diff.before)).toBe(kept(diff.after));
    }),
  );
});

test("a text of megabytes on both sides is compared in no time", () => {
  const long = "word ".repeat(200_000);
  // The time of our own core: a busy machine must not fail it.
  const begin = process.cpuUsage();
  wordDiff(`${long}a`, `b ${long}`);
  expect(process.cpuUsage(begin).user / 1_000).toBeLessThan(3_000);
});
