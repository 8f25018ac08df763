import { csvRows, rowAt } from "./csv-rows.ts";
import type { Frame } from "./frame-records.ts";
import { lineEndOf } from "./json-span.ts";
import { malformed, readRecord } from "./read-record.ts";

/** The column of a Microsoft Purview export in which each row carries the whole record as JSON. */
const recordColumn = "auditdata";
/** Purview writes six columns; a header of this length is none. */
const headerCharsMax = 4_096;
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
  const { separator, columns, recordAt, end } = header;
  for (const row of csvRows(text, { from: end + 1, line: headerLine + 1, separator })) {
    yield "fields" in row ? { line: row.line, ...recordOf(row.fields, columns, recordAt) } : row;
  }
}

function recordOf(fields: string[], columns: number, recordAt: number): ReturnType<typeof readRecord> {
  const data = fields[recordAt]?.trim() ?? "";
  if (fields.length !== columns) return { problem: malformed(`The row has ${fields.length} columns, the header has ${columns}`) };
  if (data === "") return { problem: malformed("The column AuditData is empty") };
  return readRecord(data);
}
