import fc from "fast-check";
import { describe, expect, test } from "vitest";
import csv from "../fixtures/m365-purview-export.csv?raw";
import lines from "../fixtures/m365-unified-audit.ndjson?raw";
import { frameRecords } from "./frame-records.ts";
import { recordCharsMax } from "./read-record.ts";

const framesOf = (text: string) => [...frameRecords(text)];
const recordsOf = (text: string) => framesOf(text).flatMap((frame) => ("record" in frame ? [frame.record] : []));
const problemsOf = (text: string) => framesOf(text).flatMap((frame) => ("problem" in frame ? [[frame.line, frame.problem.message]] : []));
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const row = (record: object) => `id,${quoted(JSON.stringify(record))}`;
const header = "RecordId,AuditData";

test("the Purview export gives the records of its AuditData column, equal to the same records as NDJSON", () => {
  expect(recordsOf(csv)).toHaveLength(19);
  expect(recordsOf(csv)).toEqual(recordsOf(lines));
  expect(framesOf(csv).map(({ line }) => line)).toEqual(Array.from({ length: 19 }, (_, index) => index + 2));
});

test.each([
  ["a byte order mark and CRLF", `\uFEFF${header}\r\n${row({ a: 1 })}\r\n${row({ a: 2 })}\r\n`],
  ["no last line break", `${header}\n${row({ a: 1 })}\n${row({ a: 2 })}`],
  ["CR at the very end", `${header}\r\n${row({ a: 1 })}\r\n${row({ a: 2 })}\r`],
  ["blank lines", `\n${header}\n\n${row({ a: 1 })}\n\r\n${row({ a: 2 })}\n\n`],
  ["semicolons of a spreadsheet", `RecordId;AuditData\nid;${quoted('{"a":1}')}\nid;${quoted('{"a":2}')}`],
  ["quotes around every field and another case", `"RecordId","auditdata"\n"id",${quoted('{"a":1}')}\n"id",${quoted('{"a":2}')}`],
  ["the column first, and others behind", `AuditData,Note\n${quoted('{"a":1}')},"x, y"\n${quoted('{"a":2}')},`],
  ["JSON without quotes where it holds no separator", `${header}\nid,{"a":1}\nid,{"a":2}`],
])("%s", (_name, text) => {
  expect(recordsOf(text)).toEqual([{ a: 1 }, { a: 2 }]);
  expect(problemsOf(text)).toEqual([]);
});

test("line breaks inside quotes belong to the record, and the next row knows its line", () => {
  const text = `${header}\n"a\nb","{""a"":\r\n1}"\n${row({ a: 2 })}`;
  expect(framesOf(text)).toEqual([
    { line: 2, record: { a: 1 } },
    { line: 5, record: { a: 2 } },
  ]);
});

describe("a row that cannot be read is told by its line, and the others come", () => {
  test.each([
    ["a quote that is not doubled", 'id,"{"a":1}"', /not doubled/],
    ["a quote that does not end", 'id,"{""a"":1}', /not doubled/],
    ["a column too many", `id,x,${quoted("{}")}`, /3 columns, the header has 2/],
    ["a column missing", "id", /1 columns, the header has 2/],
    ["no record", "id,", /AuditData is empty/],
    ["JSON that a spreadsheet cut off", `id,${quoted('{"a":[1,2')}`, /\.$/],
    ["a key twice", `id,${quoted('{"a":1,"a":2}')}`, /one key twice/],
    ["a record of more than a megabyte", `id,${quoted(JSON.stringify({ a: "x".repeat(recordCharsMax) }))}`, /longer than/],
  ])("%s", (_name, bad, message) => {
    const text = `${header}\n${row({ a: 1 })}\n${bad}\n${row({ a: 2 })}`;
    expect(problemsOf(text)).toEqual([[3, expect.stringMatching(message)]]);
    expect(recordsOf(text)).toEqual([{ a: 1 }, { a: 2 }]);
  });

  test("a quote that does not end in the last row, and one without end at all", () => {
    expect(problemsOf(`${header}\n${row({ a: 1 })}\nid,"{""a"":1}`)).toEqual([[3, expect.stringMatching(/does not end/)]]);
    const endless = `${header}\nid,"${"x".repeat(3 * recordCharsMax)}\n${row({ a: 2 })}`;
    expect(recordsOf(endless)).toEqual([{ a: 2 }]);
  });

  test("a problem never repeats the text, which may hold a secret", () => {
    expect(JSON.stringify(problemsOf(`${header}\nid,"{""password"": ""hunter2""\nid,"{"hunter2"`))).not.toContain("hunter2");
  });
});

test("text that only mentions the column is no such CSV", () => {
  for (const text of ['{"AuditData":"{}"}', "what,is,NoAuditData\n1,2,3", `${"x".repeat(5_000)},AuditData\n1,2`]) {
    expect(recordsOf(text)).toEqual(text.startsWith("{") ? [{ AuditData: "{}" }] : []);
  }
  expect(framesOf(`${header}\n`)).toEqual([]);
  expect(framesOf(header)).toEqual([]);
});

test("any records come out as they went in, whatever stands in the other columns", () => {
  const cell = fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\0"));
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, fc.dictionary(cell, fc.jsonValue({ depthSize: "small" }), { noNullPrototype: true })), { maxLength: 6 }), (rows) => {
      const expected = rows.map(([, record]) => JSON.parse(JSON.stringify(record)));
      const text = [header, ...rows.map(([note, record]) => `${quoted(note)},${quoted(JSON.stringify(record))}`)].join("\r\n");
      expect(recordsOf(text).map((record) => JSON.parse(JSON.stringify(record)))).toEqual(expected);
      expect(problemsOf(text)).toEqual([]);
    }),
  );
});

test("no text makes it throw, and each line gives at most one frame", () => {
  const pieces = fc.array(fc.constantFrom('"', '""', ",", "\n", "\r\n", "x", "{}", '"{""a"":1}"', "\uFEFF", "\ud800"), { maxLength: 60 });
  fc.assert(
    fc.property(pieces, (parts) => {
      const text = `${header}\n${parts.join("")}`;
      const frames = framesOf(text);
      expect(frames.length).toBeLessThanOrEqual(text.split("\n").length);
      expect(frames.map(({ line }) => line)).toEqual([...new Set(frames.map(({ line }) => line))].toSorted((a, b) => a - b));
    }),
    { numRuns: 1_000 },
  );
});
