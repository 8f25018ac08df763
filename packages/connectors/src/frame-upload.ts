import type { Json } from "@daybook/event";
import { csvRows, linesIn, rowAt } from "./csv-rows.ts";
import { auditCsvHeader } from "./frame-audit-csv.ts";
import { frameRecords } from "./frame-records.ts";
import type { Frame } from "./frame-records.ts";
import { afterSpace, endOfString, endOfValue, lineEndOf } from "./json-span.ts";
import { malformed } from "./read-record.ts";

const columnsMax = 1_000;
const columnNameLengthMax = 200;
const headerCharsMax = 65_536;
const separators = [",", ";", "\t", "|"];

/**
 * Splits any upload into records: what `frameRecords` knows, an object around a list of any name, and a table with a header row, whose rows become
 * objects of texts. Of the beginning of a file, `isCut`, the last list may go on behind it.
 */
export function* frameUpload(text: string, { isCut = false }: { isCut?: boolean } = {}): Generator<Frame> {
  const start = afterSpace(text, text.startsWith("\uFEFF") ? 1 : 0);
  const table = tableHeader(text, start);
  if (table) return yield* frameTable(text, table, 1 + linesIn(text, 0, start));
  const list = wrapped(text, start, isCut);
  if (!list) return yield* frameRecords(text);
  const above = linesIn(text, 0, list.from);
  for (const frame of frameRecords(text.slice(list.from, list.to))) yield { ...frame, line: frame.line + above };
}

/** Whether the beginning of a file shows one JSON value a line, so that it can be read line by line however large it is. */
export function isLineByLine(head: string): boolean {
  const start = afterSpace(head, head.startsWith("\uFEFF") ? 1 : 0);
  const lineEnd = lineEndOf(head, start);
  if (head[start] !== "{" || lineEnd === head.length) return false;
  const end = endOfValue(head, start);
  return end !== undefined && end <= lineEnd && head.slice(end, lineEnd).trim() === "";
}

interface Table {
  separator: string;
  columns: string[];
  end: number;
}

/** The first row, when it is one of distinct names and no JSON. A table of records as JSON is not for here. */
function tableHeader(text: string, start: number): Table | undefined {
  if (text[start] === "{" || text[start] === "[" || auditCsvHeader(text, start)) return undefined;
  const end = lineEndOf(text, start);
  if (end - start > headerCharsMax) return undefined;
  const line = text.slice(start, end);
  const found = separators.flatMap((separator): Table[] => {
    const row = rowAt(line, 0, separator);
    if (!("fields" in row)) return [];
    const names = row.fields.map((field) => field.trim());
    if (names.length < 2 || names.length > columnsMax || names.some((name) => name.length > columnNameLengthMax || name.includes("\0"))) return [];
    // Spreadsheets leave a column without a name, joins give two the same; a row of mostly such is no header.
    const distinct = new Set(names.filter((name) => name !== ""));
    return distinct.size > 1 && distinct.size * 2 > names.length ? [{ separator, columns: distinctNames(names), end }] : [];
  });
  return found.toSorted((a, b) => b.columns.length - a.columns.length)[0];
}

/** Every column gets a name of its own: the first of two alike keeps it, and one without is named by its place. */
function distinctNames(names: readonly string[]): string[] {
  const taken = new Set(names);
  const seen = new Set<string>();
  return names.map((name, at) => {
    const isFree = name !== "" && !seen.has(name);
    const own = isFree ? name : freeName(name === "" ? `column ${at + 1}` : `${name} ${at + 1}`, taken);
    taken.add(own);
    seen.add(own);
    return own;
  });
}

const freeName = (name: string, taken: ReadonlySet<string>): string => (taken.has(name) ? freeName(`${name}'`, taken) : name);

function* frameTable(text: string, { separator, columns, end }: Table, headerLine: number): Generator<Frame> {
  for (const row of csvRows(text, { from: end + 1, line: headerLine + 1, separator })) {
    yield "fields" in row ? recordOf(row.fields, columns, row.line) : row;
  }
}

function recordOf(fields: string[], columns: string[], line: number): Frame {
  if (fields.length !== columns.length) return { line, problem: malformed(`The row has ${fields.length} columns, the header has ${columns.length}`) };
  if (fields.some((field) => field.includes("\0") || !field.isWellFormed()))
    return { line, problem: { code: "unsafe_text", message: "A field of the row holds a character that no database keeps." } };
  // An empty field of a table says nothing; kept, it would hide what another alternative of a path has.
  const members = fields.flatMap((field, at): [string, Json][] => (field === "" ? [] : [[columns[at] ?? "", field]]));
  return { line, record: Object.fromEntries(members.filter(([key]) => key !== "__proto__")) };
}

/**
 * The list inside a text that is one object: the longest list of objects among its members, when it is more than half of the text and no record has
 * been found to look like that.
 */
function wrapped(text: string, start: number, isCut: boolean): { from: number; to: number } | undefined {
  if (text[start] !== "{") return undefined;
  const whole = endOfValue(text, start) ?? (isCut ? text.length : undefined);
  if (whole === undefined || afterSpace(text, whole) < text.length) return undefined;
  let longest: { from: number; to: number } | undefined;
  for (let at = afterSpace(text, start + 1); text[at] === '"';) {
    const keyEnd = endOfString(text, at);
    const colon = keyEnd === undefined ? undefined : afterSpace(text, keyEnd);
    if (colon === undefined || text[colon] !== ":") return isCut ? longest : undefined;
    const from = afterSpace(text, colon + 1);
    const to = endOfValue(text, from) ?? (isCut ? text.length : undefined);
    if (to === undefined) return undefined;
    const isList = text[from] === "[" && text[afterSpace(text, from + 1)] === "{";
    if (isList && to - from > (longest ? longest.to - longest.from : (whole - start) / 2)) longest = { from, to };
    at = afterSpace(text, to);
    if (text[at] === ",") at = afterSpace(text, at + 1);
  }
  return longest;
}
