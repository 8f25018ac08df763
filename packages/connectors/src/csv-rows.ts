import type { Problem } from "@daybook/event";
import { lineEndOf } from "./json-span.ts";
import { malformed, recordCharsMax } from "./read-record.ts";

/** A record of the largest size with every quote doubled, and the columns beside it. */
const rowCharsMax = 2 * recordCharsMax + 65_536;

/** The rows from a place on, each with the line on which it begins; empty lines are none. A row that cannot be read costs its first line only. */
export function* csvRows(
  text: string,
  { from, line: firstLine, separator }: { from: number; line: number; separator: string },
): Generator<{ line: number; fields: string[] } | { line: number; problem: Problem }> {
  let line = firstLine;
  for (let at = from; at < text.length;) {
    const lineEnd = lineEndOf(text, at);
    const empty = lineEnd === at || (text[at] === "\r" && lineEnd === at + 1);
    const row = empty ? undefined : rowAt(text, at, separator);
    if (row && "fields" in row) {
      yield { line, fields: row.fields };
      line += linesIn(text, at, row.end);
      at = row.end;
      continue;
    }
    if (row) yield { line, problem: malformed(row.wrong) };
    at = lineEnd + 1;
    line += 1;
  }
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
