import { networkOf } from "../address.ts";
import type { Span } from "./clause.ts";

/** Quoted pieces and bare runs, joined as a shell joins them: `"sales "*`. */
export interface Word extends Span {
  text: string;
  /** How much of `text` stands before the first quotation mark. */
  bare: number;
  /** Where in `text` an asterisk stands that was not quoted. */
  stars: number[];
  /** Part of it, or all, stood in quotation marks: it is meant exactly as it is written. */
  quoted: boolean;
  closed: boolean;
}

export type Item = Span & { negated: boolean } & (
    | { is: "word"; word: Word }
    | { is: "key"; key: Key; values: Word[]; list: List | null }
    | { is: "changed"; key: Key; path: Word; before: Word | null; after: Word | null; hasValues: boolean; hasArrow: boolean }
    /** Parentheses without a key. */
    | { is: "group"; closed: boolean }
    | { is: "stray" }
  );

export type KeyItem = Extract<Item, { is: "key" }>;
export type WordItem = Extract<Item, { is: "word" }>;

interface Key extends Span {
  /** As it was written, without the colon; `metadata` has a path besides. */
  name: string;
  path: Word | null;
}

interface List {
  closed: boolean;
  /** Two values stand beside each other without `OR`. */
  lacksOr: boolean;
  nested: boolean;
}

const space = /\s/;
const namePattern = /[A-Za-z_][\w-]*/y;
const addressPattern = /[0-9A-Fa-f:./]+(?=\s|$)/y;

/** What a text consists of. Every character is looked at a fixed number of times, and nothing is refused here. */
export function itemsOf(text: string): Item[] {
  const items: Item[] = [];
  let at = 0;
  while (at < text.length) {
    if (space.test(text[at] ?? "")) {
      at += 1;
      continue;
    }
    const item = readItem(text, at);
    items.push(item);
    at = item.to;
  }
  return items;
}

function readItem(text: string, from: number): Item {
  const negated = text[from] === "-" && from + 1 < text.length && !space.test(text[from + 1] ?? "");
  const at = negated ? from + 1 : from;
  if (text[at] === ")") return { is: "stray", negated, from, to: at + 1 };
  if (text[at] === "(") {
    const end = endOfGroup(text, at);
    return { is: "group", negated, from, to: end.at, closed: end.closed };
  }
  const key = isAddress(text, at) ? null : readKey(text, at);
  if (!key) {
    const word = readWord(text, at, "");
    return { is: "word", negated, word, from, to: word.to };
  }
  const valueAt = key.to + 1;
  if (key.name.toLowerCase() === "changed" && text[valueAt] !== "(") return readChanged(text, { from, negated, key, valueAt });
  if (text[valueAt] === "(") return readList(text, { from, negated, key, valueAt });
  const word = readWord(text, valueAt, "");
  return { is: "key", negated, key, values: word.to === word.from ? [] : [word], list: null, from, to: word.to };
}

/** Colons of an address of version 6 follow no key. */
function isAddress(text: string, at: number): boolean {
  addressPattern.lastIndex = at;
  const found = addressPattern.exec(text)?.[0];
  return found !== undefined && found.includes(":") && networkOf(found) !== null;
}

/** A name and a colon; after `metadata.` a path. */
function readKey(text: string, from: number): Key | null {
  namePattern.lastIndex = from;
  const name = namePattern.exec(text)?.[0];
  if (name === undefined) return null;
  const to = from + name.length;
  if (text[to] === ":") return { name, path: null, from, to };
  if (text[to] !== ".") return null;
  const path = readWord(text, to + 1, ":");
  return text[path.to] === ":" && path.to > path.from ? { name, path, from, to: path.to } : null;
}

interface Head {
  from: number;
  negated: boolean;
  key: Key;
  valueAt: number;
}

function readList(text: string, { from, negated, key, valueAt }: Head): Item {
  const values: Word[] = [];
  const list: List = { closed: false, lacksOr: false, nested: false };
  let at = valueAt + 1;
  let mayFollow = true;
  while (at < text.length && !list.closed) {
    const letter = text[at] ?? "";
    if (letter === ")") list.closed = true;
    else if (letter === "(") list.nested = true;
    if (letter === ")" || letter === "(" || space.test(letter)) {
      at += 1;
      continue;
    }
    const word = readWord(text, at, ")");
    at = word.to;
    if (!word.quoted && /^or$/i.test(word.text)) mayFollow = true;
    else {
      list.lacksOr ||= !mayFollow;
      mayFollow = false;
      values.push(word);
    }
  }
  return { is: "key", negated, key, values, list, from, to: at };
}

/** `changed:path`, `changed:path:before→after`; `->` is an arrow as well. */
function readChanged(text: string, { from, negated, key, valueAt }: Head): Item {
  const path = readWord(text, valueAt, ":");
  const hasValues = text[path.to] === ":";
  const item = { is: "changed" as const, negated, key, path, hasValues, from };
  if (!hasValues) return { ...item, before: null, after: null, hasArrow: false, to: path.to };
  const before = readWord(text, path.to + 1, "→");
  const arrow = text[before.to] === "→" ? 1 : text.startsWith("->", before.to) ? 2 : 0;
  if (arrow === 0) return { ...item, before: notEmpty(before), after: null, hasArrow: false, to: before.to };
  const after = readWord(text, before.to + arrow, "");
  return { ...item, before: notEmpty(before), after: notEmpty(after), hasArrow: true, to: after.to };
}

const notEmpty = (word: Word): Word | null => (word.to === word.from ? null : word);

/** Up to white space or the character at which it stops; the arrow stops as `->` too. */
export function readWord(text: string, from: number, stop: string): Word {
  const word: Word = { text: "", bare: 0, stars: [], quoted: false, closed: true, from, to: from };
  let at = from;
  while (at < text.length) {
    const letter = text[at] ?? "";
    if (isQuote(letter)) {
      at = readQuoted(text, at, word);
      continue;
    }
    if (space.test(letter) || letter === stop || (stop === "→" && text.startsWith("->", at))) break;
    if (letter === "*") word.stars.push(word.text.length);
    word.text += letter;
    if (!word.quoted) word.bare += 1;
    at += 1;
  }
  word.to = at;
  return word;
}

/** Phones and documents curl the marks by themselves, and so do Daybook's own sentences. */
const isQuote = (letter: string): boolean => /["“”„]/.test(letter);

/** A backslash stands before a quotation mark or another backslash; before anything else it is one. What a straight mark opens, only a straight one closes. */
function readQuoted(text: string, from: number, word: Word): number {
  word.quoted = true;
  for (let at = from + 1; at < text.length; at += 1) {
    const letter = text[at] ?? "";
    if (letter === '"' || (text[from] !== '"' && isQuote(letter))) return at + 1;
    const next = text[at + 1];
    if (letter === "\\" && (next === '"' || next === "\\")) at += 1;
    word.text += text[at] ?? "";
  }
  word.closed = false;
  return text.length;
}

function endOfGroup(text: string, from: number): { at: number; closed: boolean } {
  let depth = 0;
  let isQuoted = false;
  for (let at = from; at < text.length; at += 1) {
    const letter = text[at];
    if (isQuoted && letter === "\\") at += 1;
    else if (letter === '"') isQuoted = !isQuoted;
    else if (letter === "(" && !isQuoted) depth += 1;
    else if (letter === ")" && !isQuoted && (depth -= 1) === 0) return { at: at + 1, closed: true };
  }
  return { at: text.length, closed: false };
}
