import { quoted } from "./quoted.ts";

/** One line of printed JSON. */
export interface JsonLine {
  depth: number;
  /** As it is shown: without its indent, and cut where a value is very long. */
  text: string;
  /** The whole line, where `text` is cut. */
  full?: string;
  /** The line that closes what this one opens; its own place when it opens nothing. */
  end: number;
  /** How many things lie between. */
  count: number;
}

/** A line this long is cut on screen: a text of a megabyte in one line takes a second to lay out. */
const lineMax = 2_000;

/** JSON with sorted keys, a line a step, so that printing can pause. Returns all lines. */
export function* jsonLines(value: unknown): Generator<undefined, JsonLine[]> {
  const lines: JsonLine[] = [];
  const put = (depth: number, line: string): JsonLine => {
    const made: JsonLine = { depth, text: line, end: lines.length, count: 0 };
    if (line.length > lineMax) {
      made.full = line;
      made.text = `${line.slice(0, lineMax)}…`;
    }
    lines.push(made);
    return made;
  };
  function* print(each: unknown, depth: number, before: string, after: string): Generator<undefined, void> {
    yield;
    const inside = partsOf(each);
    if (inside === null) return void put(depth, `${before}${quoted(each)}${after}`);
    const [open, close] = Array.isArray(each) ? ["[", "]"] : ["{", "}"];
    if (inside.length === 0) return void put(depth, `${before}${open}${close}${after}`);
    const first = put(depth, `${before}${open}`);
    for (const [index, [name, part]] of inside.entries()) yield* print(part, depth + 1, name, index === inside.length - 1 ? "" : ",");
    put(depth, `${close}${after}`);
    first.end = lines.length - 1;
    first.count = inside.length;
  }
  yield* print(value, 0, "", "");
  return lines;
}

/** What lies in a list or an object, an object's keys in their order; null for everything that holds nothing. */
function partsOf(value: unknown): [string, unknown][] | null {
  if (Array.isArray(value)) return value.map((each) => ["", each]);
  if (typeof value !== "object" || value === null) return null;
  const entries = Object.entries(value);
  return entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [`${quoted(key)}: `, each]);
}

/** Places of the lines that show while some are folded. */
export function shownLines(lines: readonly JsonLine[], folded: ReadonlySet<number>): number[] {
  const shown: number[] = [];
  for (let place = 0; place < lines.length; place += 1) {
    shown.push(place);
    const end = lines[place]?.end ?? place;
    if (end > place && folded.has(place)) place = end;
  }
  return shown;
}

/** Places of the lines that hold a text, in upper or lower case. */
export function* findIn(lines: readonly JsonLine[], text: string): Generator<undefined, number[]> {
  const wanted = text.toLowerCase();
  const found: number[] = [];
  for (const [place, line] of lines.entries()) {
    yield;
    if ((line.full ?? line.text).toLowerCase().includes(wanted)) found.push(place);
  }
  return found;
}

export const printed = (lines: readonly JsonLine[]): string => lines.map(({ depth, full, text }) => `${"  ".repeat(depth)}${full ?? text}`).join("\n");
