import type { Json, Problem } from "@daybook/event";
import { auditCsvHeader, frameAuditCsv } from "./frame-audit-csv.ts";
import { afterSpace, endOfString, endOfValue, lineEndOf } from "./json-span.ts";
import { malformed, readRecord, recordCharsMax, syntaxProblem } from "./read-record.ts";

/** One record of an upload, or why there is none, with the line (from 1) on which it begins. */
export type Frame = { line: number; record: Json } | { line: number; problem: Problem };

/** Where vendors put the list when a file holds one object: CloudTrail, Slack, Google Workspace, Azure Monitor. */
const listKeys = ["Records", "entries", "items", "records", "value"];
/** An object with one of these is a record itself, even when it also has a list of that name. */
const recordKeys = ["action", "eventName", "eventType", "eventID", "uuid", "operationName", "insertId"];

/**
 * Splits an uploaded text into records: NDJSON, one array, one object that wraps a list, objects one after another, indented or not, or a CSV
 * with a column of JSON records.
 * What cannot be read becomes a problem with its line, and the rest still comes.
 */
export function* frameRecords(text: string): Generator<Frame> {
  const cursor = new Cursor(text, text.startsWith("\uFEFF") ? 1 : 0);
  cursor.skipSpace();
  if (cursor.done()) return;
  const header = auditCsvHeader(text, cursor.at);
  if (header !== undefined) yield* frameAuditCsv(text, header, cursor.line);
  else if (isDocument(text, cursor.at)) yield* frameDocument(cursor);
  else yield* frameLines(text);
}

/** Takes one line of NDJSON, for callers that read a large file line by line. A blank line gives nothing; a wrapped list gives many. */
export function frameLine(text: string, line: number): Frame[] {
  const cursor = new Cursor(text, text.startsWith("\uFEFF") ? 1 : 0, line);
  cursor.skipSpace();
  if (cursor.done()) return [];
  const list = wrappedList(text, cursor.at);
  if (list === undefined) return [framed(line, readRecord(text.slice(cursor.at).trimEnd()))];
  return [...frameWrapped(cursor, list)];
}

/** A text is NDJSON when its first line holds a whole value, or cannot be the beginning of one that goes on. */
function isDocument(text: string, start: number): boolean {
  if (text[start] === "[") return true;
  if (text[start] !== "{") return false;
  const lineEnd = lineEndOf(text, start);
  const end = endOfValue(text, start);
  if (end !== undefined && end <= lineEnd) return false;
  const first = text.slice(start, lineEnd).trimEnd();
  return /[{[:]$/.test(first) || (end !== undefined && first.endsWith(","));
}

function* frameLines(text: string): Generator<Frame> {
  let line = 1;
  for (let start = 0; start < text.length; line += 1) {
    const end = lineEndOf(text, start);
    yield* frameLine(text.slice(start, end), line);
    start = end + 1;
  }
}

function* frameDocument(cursor: Cursor): Generator<Frame> {
  const { text } = cursor;
  for (cursor.skipSpace(); !cursor.done(); cursor.skipSpace()) {
    const { line } = cursor;
    const end = endOfValue(text, cursor.at);
    const list = text[cursor.at] === "[" ? cursor.at : wrappedList(text, cursor.at);
    if (list !== undefined) {
      yield* frameWrapped(cursor, list);
      if (end === undefined) return;
    } else if (end === undefined) {
      return yield { line, problem: syntaxProblem(text.slice(cursor.at)) };
    } else {
      yield framed(line, readRecord(text.slice(cursor.at, end)));
      cursor.moveTo(end);
    }
  }
}

/** The list of a wrapper, or the array that a text is; the cursor stands at its beginning and afterwards behind it. */
function* frameWrapped(cursor: Cursor, list: number): Generator<Frame> {
  const end = endOfValue(cursor.text, cursor.at);
  cursor.moveTo(list);
  yield* frameArray(cursor);
  if (end !== undefined) return cursor.moveTo(Math.max(end, cursor.at));
  if (!cursor.done()) yield { line: cursor.line, problem: malformed("The object around the list does not end") };
  else if (cursor.text[cursor.at - 1] === "]") yield { line: cursor.line, problem: malformed("The text ends before the object around the list does") };
}

/** The cursor stands on `[`; afterwards it stands behind `]`, or at the end of a text that was cut off. */
function* frameArray(cursor: Cursor): Generator<Frame> {
  const { text } = cursor;
  let expectsItem = true;
  for (cursor.moveTo(cursor.at + 1); ;) {
    cursor.skipSpace();
    const next = text[cursor.at];
    if (next === undefined) return yield { line: cursor.line, problem: malformed("The text ends before the list does") };
    if (next === "]") return cursor.moveTo(cursor.at + 1);
    if (next === ",") {
      if (expectsItem) yield { line: cursor.line, problem: malformed("A list item is missing before `,`") };
      expectsItem = true;
      cursor.moveTo(cursor.at + 1);
      continue;
    }
    const { line } = cursor;
    const end = endOfValue(text, cursor.at);
    if (end === undefined) {
      yield { line, problem: syntaxProblem(text.slice(cursor.at, cursor.at + recordCharsMax)) };
      return cursor.moveTo(text.length);
    }
    if (!expectsItem) yield { line, problem: malformed("Expected `,` or `]` between list items") };
    expectsItem = false;
    yield framed(line, readRecord(text.slice(cursor.at, end)));
    cursor.moveTo(end);
  }
}

/** Where the wrapped list begins, when the object at `start` is a wrapper and not a record. */
function wrappedList(text: string, start: number): number | undefined {
  if (text[start] !== "{") return undefined;
  let list: number | undefined;
  let at = start + 1;
  for (;;) {
    at = afterSpace(text, at);
    if (text[at] === ",") at = afterSpace(text, at + 1);
    const keyEnd = text[at] === '"' ? endOfString(text, at) : undefined;
    if (keyEnd === undefined) return list;
    const key = text.slice(at + 1, keyEnd - 1);
    at = afterSpace(text, keyEnd);
    if (text[at] !== ":") return list;
    at = afterSpace(text, at + 1);
    if (recordKeys.includes(key)) return undefined;
    if (list === undefined && listKeys.includes(key) && isListOfObjects(text, at)) list = at;
    const end = endOfValue(text, at);
    if (end === undefined) return list;
    at = end;
  }
}

function isListOfObjects(text: string, at: number): boolean {
  if (text[at] !== "[") return false;
  const first = text[afterSpace(text, at + 1)];
  return first === "{" || first === "]" || first === undefined;
}

const framed = (line: number, read: { record: Json } | { problem: Problem }): Frame => ({ line, ...read });

/** A place in the text that knows its line. */
class Cursor {
  readonly text: string;
  at: number;
  line: number;
  /** The next line break, kept because a file of one line would otherwise be searched to its end for every record. */
  private newline: number;

  constructor(text: string, at: number, line = 1) {
    this.text = text;
    this.at = at;
    this.line = line;
    this.newline = lineEndOf(text, at);
  }

  done(): boolean {
    return this.at >= this.text.length;
  }

  skipSpace(): void {
    this.moveTo(afterSpace(this.text, this.at));
  }

  moveTo(target: number): void {
    while (this.newline < target) {
      this.line += 1;
      this.newline = lineEndOf(this.text, this.newline + 1);
    }
    this.at = target;
  }
}
