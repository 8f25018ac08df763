import type { Frame } from "./frame-records.ts";
import { lineEndOf } from "./json-span.ts";
import { malformed, readRecord, recordCharsMax } from "./read-record.ts";

/** The column of a Microsoft Purview export in which each row carries the whole record as JSON. */
const recordColumn = "auditdata";
/** Purview writes six columns; a header of this length is none. */
const headerCharsMax = 4_096;
/** A record of the largest size with every quote doubled, and the columns beside it. */
const rowCharsMax = 2 * recordCharsMax + 65_536;
/** A spreadsheet in a language that writes `1,5` saves with semicolons. */
const separators = [",", ";", "\t"];

/** Where the rows of a CSV with a column of records begin; undefined when the text is no such CSV. */
export function auditCsvHeader(text: string, start: number): { separator: string; columns: number; recordAt: number; end: number } | undefined {
  const end = lineEndOf(text, start);
  if (end - start > headerCharsMax) return undefined;
  for (const separator of separators) {
    const row = rowAt(text.slice(start, end), 0, separator);
    const recordAt = "fields" in row ? row.fields.findIndex((field) => field.trim().toLowerCase() === recordColumn) : -1;
    if ("fields" in row && recordAt !== -1) return { separator, columns: row.fields.length, recordAt, end };
  }
  return undefined;
}

/** The records of the column, each with the line on which its row begins. A row that cannot be read costs its first line only. */
export function* frameAuditCsv(text: string, header: NonNullable<ReturnType<typeof auditCsvHeader>>, headerLine: number): Generator<Frame> {
  const { separator, columns, recordAt } = header;
  let line = headerLine + 1;
  for (let at = header.end + 1; at < text.length;) {
    const lineEnd = lineEndOf(text, at);
    if (lineEnd === at || (text[at] === "\r" && lineEnd === at + 1)) {
      at = lineEnd + 1;
      line += 1;
      continue;
    }
    const row = rowAt(text, at, separator);
    if ("wrong" in row) {
      yield { line, problem: malformed(row.wrong) };
      at = lineEnd + 1;
      line += 1;
      continue;
    }
    yield { line, ...recordOf(row.fields, columns, recordAt) };
    line += linesIn(text, at, row.end);
    at = row.end;
  }
}

function recordOf(fields: string[], columns: number, recordAt: number): ReturnType<typeof readRecord> {
  const data = fields[recordAt]?.trim() ?? "";
  if (fields.length !== columns) return { problem: malformed(`The row has ${fields.length} columns, the header has ${columns}`) };
  if (data === "") return { problem: malformed("The column AuditData is empty") };
  return readRecord(data);
}

/** One row by RFC 4180: a field in quotes may hold separators, line breaks and doubled quotes. `end` is the beginning of the next row. */
export function rowAt(text: string, start: number, separator: string): { fields: string[]; end: number } | { wrong: string } {
  const limit = Math.min(text.length, start + rowCharsMax);
  const fields: string[] = [];
  for (let at = start; ; at += 1) {
    const field = text[at] === '"' ? quotedField(text, at, limit) : plainField(text, at, limit, separator);
    if (field === undefined) return { wrong: "A quoted field of the row does not end" };
    fields.push(field.value);
    at = field.end;
    if (at >= text.length) return { fields, end: at };
    if (text[at] === "\r" && (text[at + 1] === "\n" || at + 1 === text.length)) at += 1;
    if (at >= text.length || text[at] === "\n") return { fields, end: at + 1 };
    if (text[at] !== separator)
      return { wrong: at >= limit ? `The row is longer than ${rowCharsMax} characters` : "A quote inside a quoted field of the row is not doubled" };
  }
}

function quotedField(text: string, start: number, limit: number): { value: string; end: number } | undefined {
  for (let at = start + 1; at < limit; at += 1) {
    if (text[at] !== '"') continue;
    if (text[at + 1] !== '"') return { value: text.slice(start + 1, at).replaceAll('""', '"'), end: at + 1 };
    at += 1;
  }
  return undefined;
}

function plainField(text: string, start: number, limit: number, separator: string): { value: string; end: number } {
  let at = start;
  while (at < limit && text[at] !== separator && text[at] !== "\n") at += 1;
  const end = at > start && text[at - 1] === "\r" && (text[at] === "\n" || at === text.length) ? at - 1 : at;
  return { value: text.slice(start, end), end };
}

export function linesIn(text: string, start: number, end: number): number {
  let lines = 0;
  for (let at = text.indexOf("\n", start); at !== -1 && at < end; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
}
