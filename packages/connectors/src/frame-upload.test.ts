import type { Json } from "@daybook/event";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { frameRecords } from "./frame-records.ts";
import { frameUpload, isLineByLine } from "./frame-upload.ts";

const framesOf = (text: string) => [...frameUpload(text)];
const recordsOf = (text: string): Json[] => framesOf(text).flatMap((frame) => ("record" in frame ? [frame.record] : []));

describe("a table", () => {
  test.each([
    ["commas", "when,who\n2026-10-01,Mona\n"],
    ["semicolons", "when;who\r\n2026-10-01;Mona\r\n"],
    ["tabs", "when\twho\n2026-10-01\tMona"],
    ["pipes", "\uFEFF\nwhen|who\n\n2026-10-01|Mona\n"],
  ])("with %s gives one object a row", (_title, text) => {
    expect(recordsOf(text)).toEqual([{ when: "2026-10-01", who: "Mona" }]);
  });

  test("may have columns without a name and two of one name, and loses none of their values", () => {
    expect(recordsOf("when,who,note,who,\n2026-10-01,Mona,n,Alice,x\n")).toEqual([
      { when: "2026-10-01", who: "Mona", note: "n", "who 4": "Alice", "column 5": "x" },
    ]);
    expect(recordsOf("who 3,who,who\n1,2,3\n")).toEqual([{ "who 3": "1", who: "2", "who 3'": "3" }]);
  });

  test("may hold separators, quotes and line breaks in quoted fields, and leaves empty fields out", () => {
    const text = 'id,"full name",note\n1,"Chen, Alice","said ""hi""\nand left"\n2,Bob,\n';
    expect(framesOf(text)).toEqual([
      { line: 2, record: { id: "1", "full name": "Chen, Alice", note: 'said "hi"\nand left' } },
      { line: 4, record: { id: "2", "full name": "Bob" } },
    ]);
  });

  test("tells of each row that cannot be read with its line, and reads on", () => {
    const frames = framesOf('a,b\n1,2,3\n4,5\n6,"7\n8,9\n');
    expect(frames.map(({ line, ...rest }) => [line, "record" in rest ? rest.record : "problem"])).toEqual([
      [2, "problem"],
      [3, { a: "4", b: "5" }],
      [4, "problem"],
      [5, { a: "8", b: "9" }],
    ]);
  });

  test("of any texts comes back as it was written", () => {
    const cell = fc.string({ maxLength: 8, unit: fc.constantFrom(...'ab,;\t|"\n é') }).filter((text) => text !== "");
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }), (rows) => {
        const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const text = ["first,second", ...rows.map((row) => row.map(quote).join(","))].join("\r\n");
        expect(recordsOf(text)).toEqual(rows.map(([first, second]) => ({ first, second })));
      }),
    );
  });
});

describe("an object around a list", () => {
  test.each([
    ["", ""],
    ['"total": 3000, ', ""],
    ['"total": 3000, ', '"next": "x", '],
  ])("of any name is found in the beginning of a file too, wherever that is cut off: {%s…}", (before, behind) => {
    const text = `{${before}"hits": [${Array.from({ length: 40 }, (_, at) => `{"event": "e${at}", "tags": ["a", {"b": 1}]}`).join(",")}], ${behind}"end": 1}`;
    for (let end = 200; end < text.length; end += 7) {
      const records = [...frameUpload(text.slice(0, end), { isCut: true })].flatMap((frame) => ("record" in frame ? [frame.record] : []));
      expect(records.length).toBeGreaterThan(1);
      expect(records).toEqual(recordsOf(text).slice(0, records.length));
    }
  });

  test("of any name gives the list, with the lines of the file", () => {
    const text = '{\n  "total": 2,\n  "data": [\n    {"id": 1},\n    {"id": 2, "x": "yyyyyyyyyyyyyyyyyyyyyyyyyyyy"}\n  ],\n  "next": null\n}\n';
    expect(framesOf(text)).toEqual([
      { line: 4, record: { id: 1 } },
      { line: 5, record: { id: 2, x: "yyyyyyyyyyyyyyyyyyyyyyyyyyyy" } },
    ]);
  });

  test("is one record when the list is the smaller part of it", () => {
    const text = '{"id": "r1", "note": "much longer than the list that stands beside it", "tags": [{"a": 1}]}';
    expect(recordsOf(text)).toHaveLength(1);
  });
});

test("everything else is split as before", () => {
  for (const text of ["", '{"a":1}\n{"a":2}', '[{"a":1},{"a":2}]', '{"Records":[{"a":1}]}', "not json", '{"a":', "[1,2"])
    expect(framesOf(text)).toEqual([...frameRecords(text)]);
});

test("one value a line is known by its first line", () => {
  expect(['{"a":1}\n{"b', '\n {"a":{"b":"\\n"}} \r\n'].map(isLineByLine)).toEqual([true, true]);
  expect(['{"a":1}', '{\n"a":1}\n', '[{"a":1}]\n', "a,b\n1,2\n", '{"a":1},\n{"b":1}\n', ""].map(isLineByLine)).toEqual([
    false,
    false,
    false,
    false,
    false,
    false,
  ]);
});

test("no text makes it throw", () => {
  fc.assert(fc.property(fc.string({ maxLength: 60, unit: fc.constantFrom(...'{}[]",:;|a1\n\r\t ') }), (text) => void framesOf(text)));
});
