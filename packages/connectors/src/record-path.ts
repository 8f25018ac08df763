import type { Json } from "@daybook/event";
import { isLosslessNumber } from "./lossless-json.ts";
import { at, isObject, textAt, unwrapped } from "./read-json.ts";

/**
 * Where a value stands in a record, as a person writes it: `actor.login`, `events[0].name`, `events[*].name`, `"user.name"` or `claims["a.b"]` for keys
 * with dots, `$` for the whole record where a part of it is read, `'text'` for a constant, `a + '.' + b` for several joined, and
 * `a | b` for the first that has a value.
 */
export interface RecordPath {
  readonly alternatives: readonly (readonly Part[])[];
}

type Part = { constant: string } | { steps: readonly Step[]; fromRoot: boolean };
type Step = { key: string } | { index: number } | "all";

export const recordPathLengthMax = 500;
const alternativesMax = 8;
const partsMax = 8;
const stepsMax = 16;
/** Values that one path with `[*]` may give. */
export const valuesMax = 1_000;
/** Values looked at for one record, by all paths of a mapping together: some 50 ms. The measured mappings need 20,000 for a record of a thousand events. */
const looksMax = 1_000_000;

/** Reads a path; a problem is one sentence. */
export function parseRecordPath(text: string): { path: RecordPath } | { problem: string } {
  if (text.length > recordPathLengthMax) return { problem: `A path has at most ${recordPathLengthMax} characters.` };
  const reader = new PathReader(text);
  const alternatives: Part[][] = [];
  do {
    const parts: Part[] = [];
    do {
      const part = reader.part();
      if ("problem" in part) return part;
      parts.push(part);
    } while (reader.take("+"));
    if (parts.length > partsMax) return { problem: `At most ${partsMax} values can be joined with \`+\`.` };
    alternatives.push(parts);
  } while (reader.take("|"));
  if (!reader.atEnd()) return { problem: `The path cannot be read from \`${reader.rest()}\` on.` };
  if (alternatives.length > alternativesMax) return { problem: `At most ${alternativesMax} alternatives can be named with \`|\`.` };
  return { path: { alternatives } };
}

/** What a path is looked up in: the record, or a part of it inside the whole. */
export interface Scope {
  value: Json;
  root: Json;
  looking: Looking;
}

/** What reading one record has cost, and the texts of it that were opened already: `$.payload.user` of a thousand items parses its payload once. */
export interface Looking {
  left: number;
  opened: Map<string, Json>;
}

export const startLooking = (): Looking => ({ left: looksMax, opened: new Map() });

/** Whether its paths looked at more than one record is worth: what they then found is not all. */
export const isExhausted = ({ left }: Looking): boolean => left < 0;

/** The text of the first alternative that has one; joined alternatives need every value. */
export function textAtPath(scope: Scope, path: RecordPath): string | undefined {
  for (const parts of path.alternatives) {
    let joined = "";
    let complete = true;
    for (const part of parts) {
      const text = "constant" in part ? part.constant : firstText(valuesOf(scope, part));
      if (text === undefined) {
        complete = false;
        break;
      }
      joined += text;
    }
    if (complete && joined !== "") return joined;
  }
  return undefined;
}

/** The first scalar of the first alternative that leads to one, as it is. */
export function valueAtPath(scope: Scope, path: RecordPath): Json | undefined {
  for (const parts of path.alternatives) {
    const [part] = parts;
    if (part === undefined || parts.length > 1) continue;
    if ("constant" in part) return part.constant;
    const value = valuesOf(scope, part).find((each) => each !== "" && (each === null || typeof each !== "object" ? each !== null : isLosslessNumber(each)));
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The items that a path leads to, one more than `valuesMax` at most: a list that it names counts as its items. */
export function itemsAtPath(record: Json, path: RecordPath, looking: Looking = startLooking()): Json[] {
  for (const [part] of path.alternatives) {
    if (part === undefined || "constant" in part) continue;
    const items = valuesOf({ value: record, root: record, looking }, part, valuesMax + 1).flatMap((value) => (Array.isArray(value) ? value : [value]));
    if (items.length > 0) return items.slice(0, valuesMax + 1);
  }
  return [];
}

/** The places that a path reads, in their one spelling; those with `[*]` or an index are left out. */
export const placesOf = (path: RecordPath, fromRoot: boolean): string[] =>
  path.alternatives.flat().flatMap((part) => {
    if ("constant" in part || part.fromRoot !== fromRoot) return [];
    const keys = part.steps.map((step) => (typeof step === "object" && "key" in step ? step.key : null));
    return keys.includes(null) ? [] : [placeOf(keys as string[])];
  });

/** The places of the lists that a path goes through: up to the first `[*]` or index. */
export const listPlacesOf = (path: RecordPath): string[] =>
  path.alternatives.flat().flatMap((part) => {
    if ("constant" in part) return [];
    const keys = part.steps.map((step) => (typeof step === "object" && "key" in step ? step.key : null));
    const end = keys.indexOf(null);
    return end === 0 ? [] : [placeOf((end === -1 ? keys : keys.slice(0, end)) as string[])];
  });

export const placeOf = (keys: readonly string[]): string => keys.join("\0").toLowerCase();

/** A path of keys as a person would write it; null stands for every item of a list. */
export const printRecordPath = (steps: readonly (string | null)[]): string =>
  steps.reduce<string>(
    (text, step) => (step === null ? `${text}[*]` : `${text}${text === "" ? "" : "."}${isPlainKey(step) ? step : `"${step.replace(/["\\]/g, "\\$&")}"`}`),
    "",
  );

const isPlainKey = (key: string): boolean => key !== "" && key !== "$" && !/[.[\]|+"'\\]/.test(key) && key.trim() === key;

function valuesOf({ value, root, looking }: Scope, { steps, fromRoot }: Extract<Part, { steps: unknown }>, countMax = valuesMax): Json[] {
  let found: Json[] = [fromRoot ? root : value];
  for (const step of steps) {
    const next: Json[] = [];
    for (const each of found) {
      looking.left -= 1;
      if (looking.left < 0) return [];
      const inside = openedIn(looking, each);
      if (step === "all") {
        if (Array.isArray(inside)) next.push(...inside.slice(0, countMax - next.length));
      } else if ("index" in step) {
        const item = Array.isArray(inside) ? inside.at(step.index) : undefined;
        if (item !== undefined) next.push(item);
      } else {
        const member = isObject(inside) ? at(inside, step.key) : undefined;
        if (member !== undefined) next.push(member);
        // A key that is not there was compared with every other.
        else if (isObject(inside)) looking.left -= Object.keys(inside).length >> 3;
      }
      if (next.length >= countMax) break;
    }
    found = next;
  }
  return found;
}

function openedIn({ opened }: Looking, value: Json): Json {
  if (typeof value !== "string") return value;
  const known = opened.get(value);
  if (known !== undefined) return known;
  const inside = unwrapped(value) ?? null;
  opened.set(value, inside);
  return inside;
}

function firstText(values: Json[]): string | undefined {
  for (const value of values) {
    const text = textAt(value) ?? (isLosslessNumber(value) ? value.rawJSON : undefined);
    if (text !== undefined) return text;
  }
  return undefined;
}

class PathReader {
  private readonly text: string;
  private index = 0;

  constructor(text: string) {
    this.text = text;
  }

  atEnd(): boolean {
    this.skipSpace();
    return this.index >= this.text.length;
  }

  rest(): string {
    return this.text.slice(this.index, this.index + 20);
  }

  take(sign: string): boolean {
    this.skipSpace();
    if (this.text[this.index] !== sign) return false;
    this.index += 1;
    return true;
  }

  part(): Part | { problem: string } {
    this.skipSpace();
    if (this.text[this.index] === "'") {
      const constant = this.quoted("'");
      return constant === undefined ? { problem: "A constant begins with `'` and does not end." } : { constant };
    }
    const steps: Step[] = [];
    let fromRoot = false;
    for (let first = true; ; first = false) {
      const step = this.step(first);
      if (step === undefined) break;
      if (typeof step === "object" && "problem" in step) return step;
      if (first && typeof step === "object" && "key" in step && step.key === "$" && this.text[this.index - 1] === "$") fromRoot = true;
      else steps.push(step);
      if (steps.length > stepsMax) return { problem: `A path leads at most ${stepsMax} levels deep.` };
    }
    return steps.length === 0 && !fromRoot ? { problem: "A path names a field, such as `actor.login`." } : { steps, fromRoot };
  }

  private step(first: boolean): Step | { problem: string } | undefined {
    if (this.text[this.index] === "[") return this.bracket();
    if (!first) {
      if (this.text[this.index] !== ".") return undefined;
      this.index += 1;
    }
    if (this.text[this.index] === '"') {
      const key = this.quoted('"');
      return key === undefined ? { problem: 'A key begins with `"` and does not end.' } : { key };
    }
    const start = this.index;
    while (this.index < this.text.length && !".[]|+\"'".includes(this.text.charAt(this.index))) this.index += 1;
    const key = this.text.slice(start, this.index).trim();
    if (key !== "") return { key };
    return first ? undefined : { problem: `A key is missing at \`${this.text.slice(Math.max(0, start - 10), start + 1)}\`.` };
  }

  private bracket(): Step | { problem: string } {
    const end = /^\[\s*(?:(\*)|(-?\d{1,6}))\s*\]/.exec(this.text.slice(this.index, this.index + 20));
    if (end) {
      this.index += end[0].length;
      return end[1] === undefined ? { index: Number(end[2]) } : "all";
    }
    if (this.text[this.index + 1] === '"') {
      this.index += 1;
      const key = this.quoted('"');
      if (key !== undefined && this.take("]")) return { key };
    }
    return { problem: 'Brackets hold a number, `*` or a key in double quotes: `[0]`, `[*]`, `["a.b"]`.' };
  }

  /** Behind the closing quote afterwards. A backslash keeps the sign behind it. */
  private quoted(quote: string): string | undefined {
    let text = "";
    for (let index = this.index + 1; index < this.text.length; index += 1) {
      const sign = this.text.charAt(index);
      if (sign === quote) {
        this.index = index + 1;
        return text;
      }
      if (sign === "\\") index += 1;
      text += this.text.charAt(index);
    }
    return undefined;
  }

  private skipSpace(): void {
    while (this.text[this.index] === " ") this.index += 1;
  }
}
