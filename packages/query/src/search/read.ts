import type { EventPart } from "../ast.ts";
import { boundsOf } from "./amount.ts";
import type { Clause, SearchValue, Span } from "./clause.ts";
import { keyInfo, keyOf } from "./key-info.ts";
import type { SearchKey } from "./key-info.ts";
import type { KeyName, NumberKey } from "./keys.ts";
import { itemsOf } from "./lex.ts";
import type { Item, KeyItem, Word, WordItem } from "./lex.ts";
import { searchClausesMax, searchLengthMax, searchProblemsMax, searchValuesMax } from "./limits.ts";
import { identityOf, merged } from "./merge.ts";
import type { ProblemWords } from "./problems.ts";
import { isOddValue, isOddWord, isPlausible, unquotedValue } from "./value.ts";

/** A part that is not understood: where it stands, and what `problems.ts` says of it in words. */
export type Finding = { [Why in keyof ProblemWords]: Span & { why: Why; about: Parameters<ProblemWords[Why]> } }[keyof ProblemWords];

export interface Read {
  clauses: Clause[];
  parts: (Span & { clause: Clause })[];
  findings: Finding[];
}

/**
 * What a search text says, without the words for what is not understood: those weigh as much as the reading, and nobody needs them before somebody types.
 * It never throws: what is not understood is left out and noted with its place. A text over the limits is not read at all.
 */
export function readSearch(text: string): Read {
  const findings: Finding[] = [];
  const note: Note = (why, place, ...more) => {
    findings.push({ from: place.from, to: place.to, why, about: [place, ...more] } as Finding);
    return [];
  };
  if (text.length > searchLengthMax) {
    note("tooLong", { from: searchLengthMax, to: text.length });
    return { clauses: [], parts: [], findings };
  }
  const parts: (Span & { clause: Clause })[] = [];
  const items = itemsOf(text);
  for (const [at, item] of items.entries()) {
    if (findings.length >= searchProblemsMax) break;
    const found = partsOf(item, { items, at, note });
    if (parts.length + found.length > searchClausesMax) {
      note("tooManyParts", { from: item.from, to: text.length });
      break;
    }
    parts.push(...found);
  }
  const clauses = merged(parts.map(({ clause }) => clause));
  return { clauses: withinValues(clauses, parts, note), parts, findings };
}

/** It returns no clauses, so that a reader can return what it returns. */
type Note = <Why extends keyof ProblemWords>(why: Why, ...about: Parameters<ProblemWords[Why]>) => never[];

interface Place {
  items: readonly Item[];
  at: number;
  note: Note;
}

type Parts = (Span & { clause: Clause })[];

function partsOf(item: Item, place: Place): Parts {
  const { note } = place;
  switch (item.is) {
    case "group":
      return note("group", item);
    case "stray":
      return note("stray", item);
    case "word":
      return wordParts(item, place);
    case "changed":
      return changedParts(item, note);
    case "key":
      return keyParts(item, place);
  }
}

function wordParts(item: WordItem, { items, at, note }: Place): Parts {
  const { word, negated } = item;
  if (!word.closed) return note("unclosedQuote", item);
  if (!word.quoted && !negated) {
    // Between words they may be words; beside a key nobody means them so.
    const isBesideKey = [items[at - 1], items[at + 1]].some((each) => each && each.is !== "word");
    const operator = isBesideKey ? word.text.toUpperCase() : word.text;
    // All parts hold anyway.
    if (operator === "AND") return [];
    if (operator === "OR" || operator === "||") return note("or", item, items, at);
    if (operator === "NOT") return note("not", item, items, at);
  }
  // With a letter of what is quoted behind it: `resource="orders table"`.
  if (word.bare > 0 && isOddWord(word.text.slice(0, word.bare + 1))) return note("oddWord", item, items, at);
  if (word.text === "-" && !word.quoted) return note("loneMinus", item);
  let leading = 0;
  while (word.stars[leading] === leading) leading += 1;
  let trailing = 0;
  while (trailing < word.stars.length - leading && word.stars.at(-1 - trailing) === word.text.length - 1 - trailing) trailing += 1;
  if (leading + trailing < word.stars.length) return note("starWithin", item, word);
  const text = word.text.slice(leading, word.text.length - trailing);
  if (text === "") return note("fitsAll", item);
  return [{ from: item.from, to: item.to, clause: { is: "text", negated, text, anywhere: leading > 0 } }];
}

function changedParts(item: Extract<Item, { is: "changed" }>, note: Note): Parts {
  const { path, before, after, negated, hasArrow, hasValues } = item;
  const words = [path, before, after].filter((word) => word !== null);
  if (words.some(({ closed }) => !closed)) return note("unclosedQuote", item);
  if (path.text === "") return note("changedNothing", item);
  if (path.stars.length > 0 && path.text === "*") return note("changedAnything", item);
  if (words.some(({ stars }) => stars.length > 0)) return note("exact", item, words);
  if (hasValues && !hasArrow) return note("noArrow", item, before);
  if (hasArrow && before?.text === undefined && after?.text === undefined) return note("bareArrow", item);
  const clause: Clause = { is: "changed", negated, path: path.text, ...(before && { before: before.text }), ...(after && { after: after.text }) };
  return [{ from: item.from, to: item.to, clause }];
}

function keyParts(item: KeyItem, { items, at, note }: Place): Parts {
  const name = keyOf(item.key.name);
  if (name === undefined || (name === "metadata") !== (item.key.path !== null)) return note("unknownKey", item);
  if (item.values.some(({ closed }) => !closed)) return note("unclosedQuote", item);
  if (item.key.path !== null && (!item.key.path.closed || item.key.path.text === "")) return note("unknownKey", item);
  if (item.list?.nested) return note("nested", item);
  if (item.list && !item.list.closed) return note("unclosedList", item);
  if (item.values.length === 0 || item.values.some(({ text }) => text === "")) return note("noValue", item, name, items, at);
  if (item.list?.lacksOr) return note("lacksOr", item, name);
  const odd = isNumberKey(name) ? undefined : item.values.find(({ text, bare }) => isOddValue(text.slice(0, bare)));
  if (odd) return note("oddValue", item, odd, items, at);
  if (name === "has") return hasParts(item, note);
  if (name === "changed") return note("changedSeveral", item);
  if (isNumberKey(name)) return compareParts(item, name, note);
  const values: SearchValue[] = [];
  for (const word of item.values) {
    const value = valueFrom(name, word);
    if (typeof value === "string") return note("badValue", item, { key: name, word, why: value });
    values.push(value);
  }
  const { negated, from, to } = item;
  const clause: Clause = name === "metadata" ? { is: "metadata", negated, path: item.key.path?.text ?? "", values } : { is: "key", negated, key: name, values };
  return [{ from, to, clause }];
}

const isNumberKey = (key: SearchKey): key is NumberKey => key === "duration" || key === "rows" || key === "seq";

/** The value, or why it is none. */
function valueFrom(key: KeyName | "metadata", { text, stars, quoted }: Word): SearchValue | "glob" | "mixed" | "implausible" {
  const glob = stars.length > 0;
  if (glob && (key === "metadata" || key === "tag")) return "glob";
  if (glob && stars.length < text.split("*").length - 1) return "mixed";
  const meant = quoted ? text : unquotedValue(key, text);
  return quoted || glob || isPlausible(key, meant) ? { text: meant, glob } : "implausible";
}

function hasParts(item: KeyItem, note: Note): Parts {
  const [word, ...more] = item.values;
  if (!word || more.length > 0) return note("oneEach", item, "has");
  const part = keyInfo.has.values?.find(({ value }) => value === word.text.toLowerCase())?.value;
  if (part === undefined) return note("badValue", item, { key: "has", word, why: "implausible" });
  return [{ from: item.from, to: item.to, clause: { is: "has", negated: item.negated, part: part as EventPart } }];
}

function compareParts(item: KeyItem, key: NumberKey, note: Note): Parts {
  const [word, ...more] = item.values;
  if (!word || more.length > 0) return note("oneNumber", item, key);
  const bounds = boundsOf(key, word.text);
  if (bounds === null) return note("badValue", item, { key, word, why: "implausible" });
  if (item.negated && bounds.length > 1) return note("rangeExcluded", item, key);
  // Two clauses stand side by side in the text, so that each part has its own place.
  const middle = bounds.length > 1 ? word.from : item.to;
  return bounds.map((bound, at) => ({
    from: at === 0 ? item.from : middle,
    to: at === 0 ? middle : item.to,
    clause: { is: "compare", negated: item.negated, key, ...bound },
  }));
}

function withinValues(clauses: Clause[], parts: Parts, note: Note): Clause[] {
  return clauses.map((clause) => {
    if (!("values" in clause) || clause.values.length <= searchValuesMax) return clause;
    const place = parts.find((part) => identityOf(part.clause) === identityOf(clause));
    note("tooManyValues", { from: place?.from ?? 0, to: place?.to ?? 0 }, clause.is === "key" ? clause.key : `metadata.${clause.path}`);
    return { ...clause, values: clause.values.slice(0, searchValuesMax) };
  });
}
