import fc from "fast-check";
import { describe, expect, test } from "vitest";
import cloudtrailContainer from "../fixtures/aws-cloudtrail.records.json?raw";
import cloudtrailLines from "../fixtures/aws-cloudtrail.ndjson?raw";
import githubArray from "../fixtures/github-audit.array.json?raw";
import githubLines from "../fixtures/github-audit.ndjson?raw";
import oktaArray from "../fixtures/okta-system-log.array.json?raw";
import oktaLines from "../fixtures/okta-system.ndjson?raw";
import { frameLine, frameRecords } from "./frame-records.ts";
import { stringifyLossless } from "./lossless-json.ts";
import { recordCharsMax, recordDepthMax } from "./read-record.ts";

const framesOf = (text: string) => [...frameRecords(text)];
const recordsOf = (text: string) => framesOf(text).flatMap((frame) => ("record" in frame ? [frame.record] : []));
const problemsOf = (text: string) => framesOf(text).flatMap((frame) => ("problem" in frame ? [{ line: frame.line, code: frame.problem.code }] : []));

describe("each container gives its records with the line on which they begin", () => {
  test.each([
    ["NDJSON", '{"a":1}\n{"a":2}\n', [1, 2]],
    ["NDJSON with blank lines, CRLF and no last line break", '\r\n{"a":1}\r\n\r\n{"a":2}', [2, 4]],
    ["NDJSON with a byte order mark", '\uFEFF{"a":1}\n{"a":2}', [1, 2]],
    ["an array in one line", '[{"a":1},{"a":2}]', [1, 1]],
    ["an indented array", '[\n  {\n    "a": 1\n  },\n  {\n    "a": 2\n  }\n]\n', [2, 5]],
    ["CloudTrail's Records", '{"Records":[{"a":1},{"a":2}]}', [1, 1]],
    ["Slack's entries with more beside", '{"ok":true,"entries":[\n{"a":1},\n{"a":2}\n],"response_metadata":{"next_cursor":""}}', [2, 3]],
    ["Google's items, indented", '{\n "kind": "admin#reports#activities",\n "items": [\n  {"a":1},\n  {"a":2}\n ]\n}', [4, 5]],
    ["Azure Monitor's records", '{"records":[\n{"a":1},\n{"a":2}]}', [2, 3]],
    ["Azure's and Microsoft Graph's value", '{"@odata.context":"x","value":[{"a":1},{"a":2}],"nextLink":"y"}', [1, 1]],
    ["CloudTrail files one after another", '{"Records":[{"a":1}]}\n{"Records":[{"a":2}]}', [1, 2]],
    ["indented objects one after another", '{\n "a": 1\n}\n{\n "a": 2\n}', [1, 4]],
  ])("%s", (_name, text, lines) => {
    expect(recordsOf(text)).toEqual([{ a: 1 }, { a: 2 }]);
    expect(framesOf(text).map(({ line }) => line)).toEqual(lines);
  });

  test("a single object, in one line or indented, is one record", () => {
    const record = { action: "repo.create", items: [{ not: "a wrapped list" }] };
    expect(recordsOf(JSON.stringify(record))).toEqual([record]);
    expect(recordsOf(JSON.stringify(record, null, 2))).toEqual([record]);
  });

  test("nothing in, nothing out", () => {
    for (const text of ["", " \n\r\n ", "\uFEFF", "[]", "[ ]", '{"Records":[]}']) expect(framesOf(text)).toEqual([]);
  });
});

describe("what cannot be read is told by line, and the rest still comes", () => {
  test("a malformed line between good ones", () => {
    const text = '{"a":1}\n{"a":\n{"a":2}\nBITBUCKET|audit|line\n{"a":3}';
    expect(recordsOf(text)).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
    expect(problemsOf(text)).toEqual([
      { line: 2, code: "malformed_json" },
      { line: 4, code: "malformed_json" },
    ]);
  });

  test("a malformed or foreign first line does not hide the others", () => {
    for (const first of ['{"a":"never closed', '{"a":1', "date|user|action", '"just a text"}', "}"]) {
      expect(recordsOf(`${first}\n{"a":2}\n{"a":3}`).slice(-2)).toEqual([{ a: 2 }, { a: 3 }]);
      expect(problemsOf(`${first}\n{"a":2}\n{"a":3}`)[0]?.line).toBe(1);
    }
  });

  test("a malformed item of an array or a wrapped list costs that item only", () => {
    expect(recordsOf('[{"a":1},\n{a:2},\n{"a":3}]')).toEqual([{ a: 1 }, { a: 3 }]);
    expect(problemsOf('[{"a":1},\n{a:2},\n{"a":3}]')).toEqual([{ line: 2, code: "malformed_json" }]);
    expect(recordsOf('{"Records":[{"a":1},{"a":tru},{"a":3}]}')).toEqual([{ a: 1 }, { a: 3 }]);
    expect(problemsOf('[{"a":1} {"a":2},,{"a":3}]')).toHaveLength(2);
  });

  test("a file that was cut off gives its whole records and says so once", () => {
    const whole = JSON.stringify({ Records: [{ a: 1 }, { a: 2 }] }, null, 1);
    for (const text of [whole.slice(0, -12), '[{"a":1},{"a":2}', '[{"a":1},{"a":2},', '{"Records":[{"a":1},{"a":2}]']) {
      expect(recordsOf(text)[0]).toEqual({ a: 1 });
      expect(problemsOf(text)).toHaveLength(1);
    }
  });

  test.each([
    ["NUL in a text", String.raw`{"a":"x\u0000"}`, "unsafe_text"],
    ["NUL in a key", String.raw`{"a\u0000":1}`, "unsafe_text"],
    ["half a surrogate pair", String.raw`{"a":"\ud800"}`, "unsafe_text"],
    ["a key twice", '{"a":1,"b":{"c":1,"c":2}}', "duplicate_key"],
    ["a number of ten thousand digits", `{"a":${"9".repeat(10_000)}}`, "unsafe_number"],
    ["an exponent that would fill a disk", '{"a":1e999999}', "unsafe_number"],
    ["nesting without end", `{"a":${"[".repeat(recordDepthMax)}${"]".repeat(recordDepthMax)}}`, "event_too_large"],
    ["a record of more than a megabyte", `{"a":"${"x".repeat(recordCharsMax)}"}`, "event_too_large"],
  ])("%s is refused, and the record beside it is not", (_name, bad, code) => {
    expect(problemsOf(`{"ok":1}\n${bad}\n{"ok":2}`)).toEqual([{ line: 2, code }]);
    expect(recordsOf(`[{"ok":1},${bad},{"ok":2}]`)).toEqual([{ ok: 1 }, { ok: 2 }]);
  });

  test("a problem never repeats the text, which may hold a secret", () => {
    expect(JSON.stringify(framesOf('{"password":"hunter2"'))).not.toContain("hunter2");
  });

  test("a hundred thousand open brackets end in a problem and not in a stack", () => {
    expect(framesOf("[".repeat(100_000)).every((frame) => "problem" in frame)).toBe(true);
    expect(problemsOf(`{"a":1}\n${'{"a":'.repeat(100_000)}`)).toHaveLength(1);
  });
});

test("a line is framed alone as it is within the whole text", () => {
  expect(frameLine('{"a":1}', 7)).toEqual([{ line: 7, record: { a: 1 } }]);
  expect(frameLine("  ", 7)).toEqual([]);
  expect(frameLine('{"Records":[{"a":1},{"a":2}]}', 7)).toEqual([
    { line: 7, record: { a: 1 } },
    { line: 7, record: { a: 2 } },
  ]);
  expect(frameLine("nonsense", 7)).toMatchObject([{ line: 7, problem: { code: "malformed_json" } }]);
});

test("a record keeps integers above 2^53 as they came", () => {
  const line = '{"actor_id":9007199254740993,"nested":[12345678901234567890]}';
  expect(recordsOf(line).map(stringifyLossless)).toEqual([line]);
});

test.each([
  ["aws-cloudtrail.records.json", cloudtrailContainer, 196],
  ["github-audit.array.json", githubArray, 25],
  ["okta-system-log.array.json", oktaArray, 20],
  ["aws-cloudtrail.ndjson", cloudtrailLines, 509],
  ["github-audit.ndjson", githubLines, 43],
  ["okta-system.ndjson", oktaLines, 36],
])("every record of %s comes out equal to what went in", (name, text, count) => {
  const expected: unknown[] = name.endsWith(".ndjson")
    ? text
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line))
    : listIn(JSON.parse(text));
  expect(expected).toHaveLength(count);
  expect(recordsOf(text)).toEqual(expected);
  expect(recordsOf(text).map((record) => JSON.parse(stringifyLossless(record)))).toEqual(expected);
});

const listIn = (value: { Records: unknown[] } | unknown[]): unknown[] => (Array.isArray(value) ? value : value.Records);

test("any list of objects comes out of every container as it went in", () => {
  const objects = fc.array(fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue({ depthSize: "small" }), { minKeys: 1, noNullPrototype: true }), {
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(objects, fc.constantFrom(0, 2), (records, indent) => {
      fc.pre(records.every((record) => !["Records", "entries", "items"].some((key) => Object.hasOwn(record, key))));
      const expected = records.map((record) => JSON.stringify(record));
      for (const text of [
        expected.join("\n"),
        JSON.stringify(records, null, indent),
        JSON.stringify({ Records: records }, null, indent),
        JSON.stringify({ kind: "list", items: records, etag: "x" }, null, indent),
      ]) {
        expect(recordsOf(text).map(stringifyLossless)).toEqual(expected.map((record) => stringifyLossless(JSON.parse(record))));
        expect(problemsOf(text)).toEqual([]);
      }
    }),
  );
});

test("no text makes it throw or go on for ever", () => {
  const pieces = fc.array(fc.constantFrom("{", "}", "[", "]", ",", ":", '"', "\\", "\n", " ", '"Records"', '"a"', "1", "null", "\0", "\ud800", "é"), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(pieces, (parts) => {
      const text = parts.join("");
      expect(framesOf(text).length).toBeLessThanOrEqual(2 * text.length + 1);
    }),
    { numRuns: 3_000 },
  );
});
